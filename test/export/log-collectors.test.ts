import { describe, expect, it } from 'vitest';
import { LOG_COLLECTOR_CHECKS } from '../../server/src/export/checks/log-collectors.ts';
import { rules } from '../../server/src/rules/index.ts';
import { checkText } from '../support/check-text.ts';
import { type ApiObject, admits, isAskedAbout } from './admission.ts';

/** The policies about collectors of logs beside their rules, on spellings of the same outputs. */

const RULES = ['log-forwarding-plaintext', 'log-destination-mutable'];

function compared(object: ApiObject) {
  return RULES.map((id) => ({
    text: `${id}: ${JSON.stringify(object)}`,
    isFlagged:
      checkText(JSON.stringify(object), { rules: rules.filter((rule) => rule.id === id), isolated: true })
        .length > 0,
    isRefused: LOG_COLLECTOR_CHECKS.some(
      (check) => check.rule === id && isAskedAbout(object, check) && !admits(check, object),
    ),
  }));
}
const refusedAlone = (objects: readonly ApiObject[]) =>
  objects
    .flatMap(compared)
    .flatMap(({ text, isFlagged, isRefused }) => (isRefused && !isFlagged ? [text] : []));
const admittedAlone = (objects: readonly ApiObject[]) =>
  objects
    .flatMap(compared)
    .flatMap(({ text, isFlagged, isRefused }) => (isFlagged && !isRefused ? [text] : []));

const file = (text: string): ApiObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'a' },
  ...{ data: { 'fluent-bit.conf': text } },
});
const INPUT = '[INPUT]\n  Name tail\n  Path /var/log/audit.log\n';
const output = (...lines: string[]) => `[OUTPUT]\n${lines.map((line) => `    ${line}\n`).join('')}`;

const HOSTS = ['logs.example.com', '127.0.0.1', 'localhost', '10.0.0.1', 'x.localhost', 'LOGS.example.com'];
const NAMES = ['es', 'ES', 'forward', 'syslog', 'stdout', 's3', 'esx', 'loki'];
const TLS = [
  '',
  'tls On',
  'TLS  off',
  'tls.verify Off',
  'tls yes',
  '# tls On',
  'Mode tls',
  'mode udp',
  'tls off\n    tls on',
];

describe('Fluent Bit', () => {
  it('is judged by its outputs', () => {
    const objects = HOSTS.flatMap((host) =>
      NAMES.flatMap((name) =>
        TLS.map((tls) => file(INPUT + output(`Name ${name}`, `Host   ${host}`, 'Match *', tls))),
      ),
    );
    expect(refusedAlone(objects)).toEqual([]);
    const plain = ['', 'TLS  off', '# tls On', 'tls.verify Off'].map((tls) =>
      file(`${output('name s3')}${INPUT}${output('name ES', 'HOST logs.example.com', '', tls)}`),
    );
    expect(admittedAlone(plain)).toEqual([]);
    expect(plain.flatMap(compared).filter(({ isRefused }) => isRefused)).toHaveLength(4);
  });

  it('in files of all shapes', () => {
    const one = output('Name es', 'Host logs.example.com');
    const objects = [
      ...[
        one,
        one.replaceAll('\n', '\r\n'),
        `${one}[FILTER]\n  Name x\n  tls On\n`,
        `${one}[1, 2]\n    tls On\n`,
      ],
      ...[`[OUTPUT] # es\n${one}`, `# [OUTPUT]\n${one}    tls On\n`, `${one}  [ OUTPUT ]\n  tls On\n`],
      ...[
        `${INPUT}${one}${output('Name s3')}`,
        `${INPUT}${one}${output('Name stdout', 'Name s3')}`,
        `a\n\n${one}`,
      ],
      ...[
        `${one}\u00a0[OUTPUT]\n  Name s3\n`,
        `- ${one}`,
        one.replace('Host', '@Host'),
        `${INPUT}${output('Host a.b')}`,
      ],
    ].map(file);
    expect(refusedAlone(objects)).toEqual([]);
    expect(objects.flatMap(compared).filter(({ isRefused }) => isRefused).length).toBeGreaterThan(4);
  });
});

const ADDRESSES = [
  ...[
    'http://logs.example.com:4318',
    'https://logs.example.com',
    'logs.example.com:4317',
    'http://localhost:1',
  ],
  ...[
    'localhost:4317',
    'tcp://a@10.0.0.1',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell writes it
    'http://${HOST}',
    '',
    'http://',
    'HTTP://logs.example.com',
    '[::1]:4317',
  ],
  ...['http://127.0.0.1', 'dns:///logs:4317', 'udp://x,localhost'],
];
describe('custom resources', () => {
  it('are judged by the addresses in their outputs', () => {
    const collector = (config: unknown): ApiObject => ({
      apiVersion: 'opentelemetry.io/v1beta1',
      kind: 'OpenTelemetryCollector',
      metadata: { name: 'a', namespace: 'a' },
      ...{ spec: { config } },
    });
    const forwarder = (item: object): ApiObject => ({
      apiVersion: 'observability.openshift.io/v1',
      kind: 'ClusterLogForwarder',
      metadata: { name: 'a', namespace: 'a' },
      ...{ spec: { outputs: [item] } },
    });
    const objects = ADDRESSES.flatMap((address) => [
      forwarder({ name: 'a', type: 'syslog', syslog: { url: address } }),
      forwarder({ name: 'a', type: 'loki', url: address }),
      ...[undefined, { insecure: true }, { insecure: false }, { insecure: 'true' }].flatMap((tls) =>
        ['logs', 'logs/2', 'traces', 'logsx'].map((pipeline) =>
          collector({
            exporters: { 'otlp/a': { endpoint: address, ...(tls && { tls }) } },
            service: { pipelines: { [pipeline]: { exporters: ['otlp/a'] } } },
          }),
        ),
      ),
    ]);
    expect(refusedAlone(objects)).toEqual([]);
    expect(objects.flatMap(compared).filter(({ isRefused }) => isRefused).length).toBeGreaterThan(30);
    expect(admittedAlone(objects).filter((text) => !/\$\{HOST\}|dns:/.test(text))).toEqual([]);
    expect(
      refusedAlone([collector('a: 1'), collector([1]), collector({ exporters: [1], service: 1 })]),
    ).toEqual([]);
  });

  it('are judged by the outputs of Beats', () => {
    const beat = (config: unknown): ApiObject => ({
      apiVersion: 'beat.k8s.elastic.co/v1beta1',
      kind: 'Beat',
      metadata: { name: 'a', namespace: 'a' },
      ...{ spec: { type: 'filebeat', config } },
    });
    const plain = ADDRESSES.flatMap((address) =>
      ['elasticsearch', 'logstash', 'kafka', 'console'].flatMap((name) => [
        beat({ [`output.${name}`]: { hosts: [address] } }),
        beat({ output: { [name]: { hosts: [address, 'localhost'] } } }),
      ]),
    );
    const told = [
      ...[{ ssl: { enabled: true } }, { 'ssl.enabled': true }, { SSL: { certificate: 'a' } }],
      ...[{ enabled: false }, { enabled: 'false' }, { hosts: 'a' }, { hosts: [] }, { hosts: {} }],
    ].map((more) => beat({ 'output.logstash': { hosts: ['logs.example.com:5044'], ...more } }));
    expect(refusedAlone([...plain, ...told, beat('a: 1'), beat([1]), beat({ output: 'a' })])).toEqual([]);
    expect(admittedAlone(plain).filter((text) => !/\$\{HOST\}|dns:/.test(text))).toEqual([]);
    expect(plain.flatMap(compared).filter(({ isRefused }) => isRefused).length).toBeGreaterThan(20);
  });
});
