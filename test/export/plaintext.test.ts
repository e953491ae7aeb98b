import { describe, expect, it } from 'vitest';
import { MOST_IN_ADDRESSES, PLAINTEXT_CHECKS } from '../../server/src/export/checks/plaintext.ts';
import { rules } from '../../server/src/rules/index.ts';
import { checkText } from '../support/check-text.ts';
import { type ApiObject, admits, isAskedAbout } from './admission.ts';

/** The policies about connections in clear text beside the rule, on names and addresses of all kinds. */

const RULE = rules.filter(({ id }) => id === 'plaintext-endpoint');
type Verdict = 'nothing' | 'advised' | 'told';

const pod = (container: object): ApiObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'phi' },
  ...{ spec: { containers: [{ name: 'a', ...container }] } },
});
const map = (data: object): ApiObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'phi' },
  ...{ data },
});

function verdicts(object: ApiObject): { rule: Verdict; policy: Verdict } {
  const found = checkText(JSON.stringify(object), { rules: RULE, isolated: true });
  const refusing = PLAINTEXT_CHECKS.filter((check) => isAskedAbout(object, check) && !admits(check, object));
  const isTold = refusing.some(({ isAdvice }) => isAdvice !== true);
  return {
    rule: found.length > 0 ? 'told' : 'nothing',
    policy: isTold ? 'told' : refusing.length > 0 ? 'advised' : 'nothing',
  };
}

/** Objects with a finding that no policy minds, and objects without one that a policy refuses. */
function differing(objects: readonly ApiObject[]) {
  const seen = objects.map((object) => ({ text: JSON.stringify(object), ...verdicts(object) }));
  return {
    told: seen.filter(({ rule }) => rule === 'told').length,
    admitted: seen.flatMap(({ text, rule, policy }) =>
      rule === 'told' && policy === 'nothing' ? [text] : [],
    ),
    refused: seen.flatMap(({ text, rule, policy }) =>
      rule === 'nothing' && policy !== 'nothing' ? [text] : [],
    ),
  };
}

const places = (name: string, value: string): ApiObject[] => [
  pod({ env: [{ name, value }] }),
  pod({ args: [`--${name}=${value}`] }),
  map({ [name]: value }),
  map({ 'app.yaml': `a: 1\n${name}: ${value}\nb: 2\n` }),
  map({
    'app.yml': `a:\n  - { b: 1, ${name}: "${value}" } # http://a.example.com\n# ${name}: http://a.example.com\n`,
  }),
  map({ 'app.json': `{\n  "${name}": "${value}",\n  "b": 1\n}\n` }),
];

const NAMES = [
  ...[
    'LAB_URL',
    'labUrl',
    'endpoint',
    'HTTP_PROXY',
    'httpProxy',
    'http-Proxy',
    'proxy.Url',
    'noproxy',
    'proxies',
  ],
  ...[
    'CORS_ORIGIN',
    'corsOrigin',
    'CORSOrigin',
    'allowedORIGINS',
    'userAgent',
    'user__Agent',
    'DOCKER_URL',
    'docs',
  ],
  ...['schema-location', 'schemaLocation', '$schema', '@Context', 'listen', 'realmUrl', 'x.See', 'Seen'],
];
const HOSTS = [
  ...[
    'lab.example.com',
    'LAB.EXAMPLE.COM.',
    'records',
    'records.phi',
    'records.phi.svc',
    'records.svc.cluster.local',
  ],
  ...[
    '10.0.0.1',
    '8.8.8.8',
    '127.0.0.1',
    '127.1',
    'localhost',
    'localhost.',
    'x.localhost',
    '[::1]',
    '[2001:db8::1]',
    '0.0.0.0',
  ],
  ...[
    '$(LAB_HOST)',
    '$LAB_HOST',
    '{{host}}',
    'LAB_HOST',
    'metadata.google.internal',
    'a,localhost',
    'localhost,a.example.com',
  ],
  ...['www.w3.org', 'json-schema.org', 'redis.storage', 'db.internal', '*', ''],
];
const URLS = [
  ...[
    'http://HOST',
    'http://HOST:80/a?b=c',
    'HTTP://HOST/',
    'http://user:pw@HOST/',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell writes it
    'http://$(USER):${PW}@HOST',
    'https://HOST',
  ],
  ...[
    'redis://HOST:6379/0',
    'rediss://HOST',
    'ldap://HOST',
    'smtp://HOST:587',
    'nats://HOST:4222',
    'tcp://HOST:1883',
    'tcp://HOST:80',
  ],
  ...[
    'mongodb://HOST/a',
    'mongodb://HOST/a?tls=true',
    'mongodb+srv://HOST/a',
    'PLAINTEXT://HOST:9092',
    'unix://HOST',
    'xhttp://HOST',
  ],
];
const STRINGS = [
  ...[
    'postgres://a:b@HOST:5432/x?sslmode=disable',
    'postgres://HOST/x?a=b&sslmode=disable&c=d',
    'postgres://HOST/x?sslmode=require',
  ],
  ...[
    'jdbc:postgresql://HOST/x?ssl=false',
    'jdbc:mysql://HOST/x?useSSL=false',
    'jdbc:sqlserver://HOST:1433;a=b;encrypt=false',
  ],
  ...[
    'foo://HOST/x?ssl=false',
    'clickhouse://HOST:9000/a?secure=false',
    'a@tcp(HOST:3306)/x?a=b&tls=false',
    'a:b@tcp(HOST)/x?tls=true',
  ],
  ...[
    'host=HOST dbname=x sslmode=disable',
    'host=HOST sslmode=disable',
    'sslmode=disable',
    'Server=tcp:HOST,1433;Database=a;Encrypt=False',
  ],
  ...[
    'Driver={PostgreSQL};Server=HOST;SSLmode=disable',
    'Host=HOST;Database=a;SSL Mode=Disable',
    'Server=HOST;Encrypt=True',
  ],
];

describe('connections in clear text', () => {
  it.each(NAMES)('by the name %s', (name) => {
    const { admitted, refused } = differing(places(name, 'http://lab.example.com/a'));
    expect({ admitted, refused }).toEqual({ admitted: [], refused: [] });
  });

  it.each(HOSTS)('to the host %j', (host) => {
    const objects = [...URLS, ...STRINGS].flatMap((text) => places('LAB', text.replace('HOST', host)));
    expect(differing(objects).refused).toEqual([]);
  });

  it('are refused where their server is written out', () => {
    const plain = URLS.flatMap((text) => places('LAB', text.replace('HOST', 'lab.example.com')));
    const own = STRINGS.filter((text) => text.includes('HOST')).flatMap((text) =>
      places('LAB', text.replace('HOST', 'lab.example.com')).slice(0, 3),
    );
    const { told, admitted } = differing([...plain, ...own]);
    expect(told).toBeGreaterThan(80);
    expect(admitted).toEqual([]);
  });

  it('are told of alone where the mesh may encrypt them', () => {
    expect(verdicts(pod({ env: [{ name: 'A', value: 'http://records.phi.svc' }] })).policy).toBe('advised');
    expect(verdicts(pod({ env: [{ name: 'A', value: 'http://lab.example.com' }] })).policy).toBe('told');
  });

  it('by settings beside hosts', () => {
    const settings = ['DB_SSLMODE=disable', 'DB_SSL_MODE=require', 'KAFKA_SECURITY_PROTOCOL=SASL_PLAINTEXT'];
    const objects = [...settings, 'OTEL_EXPORTER_OTLP_INSECURE=true'].flatMap((setting) => {
      const [name = '', value = ''] = setting.split('=');
      const prefix = name.split('_')[0] ?? '';
      return HOSTS.flatMap((host) => [
        pod({
          env: [
            { name, value },
            { name: `${prefix}_HOST`, value: host },
          ],
        }),
        map({ [name]: value, [`${prefix}_BROKERS`]: host }),
        map({ [name]: value, OTHER_HOST: host }),
      ]);
    });
    expect(differing(objects).refused).toEqual([]);
    expect(differing([pod({ env: [{ name: 'DB_SSLMODE', value: 'disable' }] })])).toEqual({
      told: 1,
      admitted: [],
      refused: [],
    });
  });

  it('that turn to TLS by a setting beside them', () => {
    const objects = ['LDAP_STARTTLS', 'MAIL_TLS', 'USE_SSL', 'OTHER'].flatMap((name) =>
      ['true', 'false', 'required'].flatMap((value) => [
        pod({
          env: [
            { name: 'A', value: 'ldap://directory.example.com' },
            { name, value },
          ],
        }),
        map({ A: 'smtp://mail.example.com', [name]: value }),
      ]),
    );
    expect(differing(objects)).toEqual({ told: expect.any(Number), admitted: [], refused: [] });
  });

  it('whose server a variable beside them brings', () => {
    const servers = [
      'lab.example.com',
      'lab.example.com:8080',
      'LOCALHOST',
      '127.0.0.1',
      'records',
      'records.svc',
      'http://lab.example.com',
      'THE_HOST',
      '$(OTHER)',
      '',
    ];
    const addresses = [
      'http://$(HOST)',
      `http://$${'{HOST}'}:8080/x`,
      'redis://u:$(HOST)@$HOST/0',
      'http://$(HOST).example',
      'http://a.$(HOST)',
      'http://$(OTHER)',
      'jdbc:mysql://$(HOST):3306/db?useSSL=false',
      'http://$HOSTS',
    ];
    const objects = servers.flatMap((value) =>
      addresses.flatMap((url) => [
        pod({
          env: [
            { name: 'HOST', value },
            { name: 'A', value: url },
          ],
        }),
        pod({ env: [{ name: 'HOST', value }], args: [`--url=${url}`] }),
        pod({
          env: [
            { name: 'HOST', value },
            { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
          ],
          args: [`--url=${url}`],
        }),
        map({ HOST: value, A: url }),
        map({ HOST: value, 'app.yaml': `a: 1\nurl: ${url}\n` }),
      ]),
    );
    const { admitted, ...others } = differing(objects);
    expect(others).toEqual({ told: expect.any(Number), refused: [] });
    expect(others.told).toBeGreaterThan(20);
    expect(admitted).toEqual([]);
  });

  it('are looked for as far as an API server allows', () => {
    // https://github.com/kubernetes/apiserver/blob/master/pkg/apis/cel/config.go: 1,000,000 for an expression.
    for (const { expression } of PLAINTEXT_CHECKS) {
      const patterns = [
        ...expression.matchAll(/e\.value(?:\.lowerAscii\(\))?\.(?:matches|find)\('((?:[^'\\]|\\.)*)'\)/g),
      ].map(([, pattern = '']) => Math.ceil(pattern.length / 4));
      const cost = patterns.reduce((sum, length) => sum + length, 0) * (MOST_IN_ADDRESSES / 10);
      expect(patterns.length).toBeGreaterThan(5);
      expect(cost).toBeLessThan(800_000);
    }
    const urls = (count: number) => pod({ args: Array(count).fill('http://lab.example.com') });
    expect(verdicts(urls(100)).policy).toBe('told');
    expect(verdicts(urls(101)).policy).toBe('nothing');
    expect(verdicts(map({ a: `url: http://lab.example.com\n${'#'.repeat(50_000)}` })).policy).toBe('nothing');
  });
});
