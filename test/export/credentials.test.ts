/** The policies about credentials beside the detector that the rules ask. */

import { describe, expect, it } from 'vitest';
import { detectCredentials, type Place } from '../../server/src/detect/index.ts';
import { LONGEST_FILE, LONGEST_TEXT } from '../../server/src/export/checks/credentials/text.ts';
import { secretChecks } from '../../server/src/export/checks/secrets.ts';
import type { DetectorSettings } from '../../server/src/rules/detection.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { type ApiObject, admits } from './admission.ts';

function checksWith(credentials: Partial<DetectorSettings> = {}) {
  const { detection } = DEFAULT_RULE_SETTINGS;
  const settings = {
    ...DEFAULT_RULE_SETTINGS,
    detection: { ...detection, credentials: { ...detection.credentials, ...credentials } },
  };
  const native = secretChecks(settings).filter(({ looksUp }) => !looksUp);
  return new Map(native.map((check) => [check.rule, check]));
}

const pod = (container: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  spec: { containers: [{ name: 'a', ...container }] },
});
const configMap = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', data });

function isRefused(rule: string, object: ApiObject, checks = checksWith()): boolean {
  const check = checks.get(rule);
  if (check === undefined) throw new Error(`no check for ${rule}`);
  return !admits(check, object);
}

const isFound = (text: string, place: Place, keys: readonly string[]) =>
  detectCredentials(text, { keys, place }).length > 0;

const NAMES = [
  ...[
    'DB_PASSWORD',
    'dbPassword',
    'db-password',
    'DBPASSWORD',
    'dbpassword',
    'PassWord',
    'password',
    'PGPASSWORD',
  ],
  ...[
    'PASSWORD_1',
    'passwordValue2',
    'passwordFile',
    'PASSWORD_FILE',
    'existingPassword',
    'USE_PASSWORD',
    'PW_1',
  ],
  ...[
    'JWT_SECRET',
    'client_secret_value',
    'clientSecret',
    'encryption-key',
    'API_KEY',
    'xapi-key',
    'apiKey',
    'TOKEN',
  ],
  ...[
    'TOKEN_URL',
    'public_key',
    'TLS_KEY',
    'csrfSecret',
    'hash-salt',
    'hash_password',
    'KEY',
    'PAT',
    'LOG_LEVEL',
  ],
];
const VALUES = [
  ...[
    'hunter2',
    'S3cureHorse',
    'changeme',
    'db-password',
    'correct-horse',
    'sk8erboi',
    '5432',
    'true',
    '30s',
    'aaaa',
  ],
  ...['kT9vQ2mZx8LpR4wB', '9f86d081884c7d659a2feaa0c55ad015', 'kJHgfDSaqWErTYuIopZX', 'aGVsbG8gd29ybGQhISEh'],
  ...[
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell writes it
    '${X}',
    '/run/secrets/a',
    'vault:secret/data',
    'DB_PASSWORD',
    'x9K#mP2$vL5@nQ8!',
    'two words',
    'Ünsicher1',
  ],
];
/** What needs decoding, or a count of more than ASCII. */
const NOT_IN_CEL = ['aGVsbG8gd29ybGQhISEh', 'Ünsicher1'];

describe('credentials that are told by their names', () => {
  it.each(NAMES)('%s', (name) => {
    for (const value of VALUES) {
      const inEnv = isRefused('secret-in-env', pod({ env: [{ name, value }] }));
      const inData = isRefused('secret-in-configmap', configMap({ [name]: value }));
      const isKnown = !NOT_IN_CEL.includes(value);
      expect({ value, inEnv, inData }).toEqual({
        value,
        inEnv: isKnown && isFound(value, 'env', ['env', name]),
        inData: isKnown && isFound(value, 'configmap', ['data', name]),
      });
    }
  });
});

const URL = 'postgres://app:S3cureHorse@db:5432/records';
describe('credentials inside of texts', () => {
  it.each([
    ['a: 1\npassword: S3cureHorse\nb: 2\n', true],
    ['password: changeme\n# password: S3cureHorse\n', false],
    ['password: "correct horse"\n', false],
    ['[db]\npassword = S3cureHorse\r\nuser = app\r\n', true],
    ['{ "user": "app",\n  "password": "S3cureHorse",\n  "port": 1 }', true],
    ['<a><password>S3cureHorse</password></a>', true],
    [`url=${URL}`, true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell writes it
    [URL.replace('S3cureHorse', '${PASSWORD}'), false],
    ['Server=db;User Id=sa;Password=S3cureHorse;Encrypt=true', true],
    ['run --db-password S3cureHorse --verbose', true],
    ['run --db-password $DB_PASSWORD --password-file S3cureHorse', false],
    ['mysqldump -u root -pS3cureHorse records', true],
    ['mysqldump -u root -p$PASSWORD records', false],
    ['curl -u app:S3cureHorse https://api.internal/', true],
    ['Authorization: Bearer x7Kp2mQ9vTz4LwR8nB3c', true],
    ['Authorization: Bearer the-token-of-the-app', false],
    ['-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----', false],
    [
      `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0B\n'.repeat(60)}-----END PRIVATE KEY-----`,
      true,
    ],
    // The word of one line says nothing about the token of another.
    [`# an example\ntoken: ghp_${'a1B2'.repeat(9)}`, true],
  ])('%j', (text, isCredential) => {
    expect(isFound(text, 'configmap', ['data', 'file'])).toBe(isCredential);
    expect(isRefused('secret-in-configmap', configMap({ file: text }))).toBe(isCredential);
    expect(isRefused('secret-in-args', pod({ command: ['sh', '-c', text] }))).toBe(isCredential);
  });

  it('in words that follow each other, and in probes', () => {
    const isIn = (container: object) => isRefused('secret-in-args', pod(container));
    expect(isIn({ args: ['--user', 'app', '--password', 'S3cureHorse'] })).toBe(true);
    expect(isIn({ args: ['--password', '--user', 'S3cureHorse'] })).toBe(false);
    expect(isIn({ lifecycle: { preStop: { exec: { command: ['redis-cli', '-a S3cureHorse'] } } } })).toBe(
      false,
    );
    expect(
      isIn({ livenessProbe: { exec: { command: ['sh', '-c', 'redis-cli -a S3cureHorse ping'] } } }),
    ).toBe(true);
    expect(isIn({ readinessProbe: { httpGet: { path: '/ready?token=kT9vQ2mZx8LpR4wB' } } })).toBe(true);
  });
});

describe('what the configuration lets pass', () => {
  const env = [{ name: 'DEMO_PASSWORD', value: 'S3cureHorse' }];

  it.each(['demo_*', 'env/DEMO_PASSWORD'])('the key %s', (key) => {
    expect(isRefused('secret-in-env', pod({ env }), checksWith({ allowedKeys: [key] }))).toBe(false);
    const other = [{ name: 'PASSWORD', value: 'S3cureHorse' }];
    expect(isRefused('secret-in-env', pod({ env: other }), checksWith({ allowedKeys: [key] }))).toBe(true);
  });

  it('kinds of credentials', () => {
    const isIn = (settings: Partial<DetectorSettings>, value = 'S3cureHorse') =>
      isRefused('secret-in-env', pod({ env: [{ name: 'DEMO_PASSWORD', value }] }), checksWith(settings));
    expect(isIn({ disabledKinds: ['password'] })).toBe(false);
    expect(isIn({ severities: { password: 'information' } })).toBe(false);
    expect(isIn({ disabledKinds: ['password'] }, URL)).toBe(true);
    expect(isIn({ disabledKinds: ['password', 'connection-string'] }, URL)).toBe(false);
  });
});

describe('cost', () => {
  // https://github.com/kubernetes/apiserver/blob/master/pkg/apis/cel/config.go, and the costs of regular expressions in cel-go and in pkg/cel/library.
  const PER_EXPRESSION = 1_000_000;
  const PER_POLICY = 10_000_000;
  /** What it costs to look for all that is looked for in a text. */
  const costOf = (expression: string, text: string, size: number) => {
    const scans = expression.split(`${text}.findAll('`).slice(1);
    const patterns = scans.map((rest) => /^(?:[^'\\]|\\.)*/.exec(rest)?.[0].length ?? 0);
    return patterns.reduce((sum, length) => sum + Math.ceil(size / 10) * Math.ceil(length / 4), 0);
  };

  it.each([
    ['secret-in-env', 'e.value'],
    ['secret-in-args', 't'],
    ['secret-in-configmap', 'object.data[k]'],
  ])('%s stays within what an API server allows', (rule, text) => {
    const { expression = '', also = [] } = checksWith().get(rule) ?? {};
    const costs = [
      costOf(expression, text, LONGEST_FILE),
      ...also.map((form) => costOf(form, text, LONGEST_TEXT)),
    ];
    expect(costs.every((cost) => cost > 0)).toBe(true);
    // Names and values cost more with each that is found.
    expect(costs[0]).toBeLessThan(PER_EXPRESSION / 2);
    expect(Math.max(...costs)).toBeLessThan(PER_EXPRESSION);
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeLessThan(PER_POLICY);
  });

  it('bounds how many names of secrets are read', () => {
    const env = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `DB_TOKEN_${i}`, value: 'correct-horse-battery' }));
    const secret = { name: 'DB_PASSWORD', value: 'S3cureHorse' };
    expect(isRefused('secret-in-env', pod({ env: [...env(40), secret] }))).toBe(true);
    expect(isRefused('secret-in-env', pod({ env: [...env(120), secret] }))).toBe(false);
  });

  it('bounds what is read', () => {
    const line = 'setting: value of it\n';
    const long = line.repeat(Math.ceil(LONGEST_FILE / line.length));
    expect(isRefused('secret-in-configmap', configMap({ a: `password: S3cureHorse\n${long}` }))).toBe(false);
    expect(isRefused('secret-in-configmap', configMap({ a: `${long}token: ghp_${'a1B2'.repeat(9)}` }))).toBe(
      true,
    );
  });
});
