import { describe, expect, it } from 'vitest';
import { VERIFICATION_CHECKS } from '../../server/src/export/checks/verification.ts';
import { rules } from '../../server/src/rules/index.ts';
import { checkText } from '../support/check-text.ts';
import { admits, isAskedAbout } from './admission.ts';

const RULE = rules.filter(({ id }) => id === 'tls-verification-disabled');
const metadata = { name: 'a', namespace: 'clinic' };

const podOf = (container: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: { containers: [{ name: 'a', image: 'registry.example/a:1', ...container }] },
});
const mapOf = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });

/** Objects about which the policies and the rule say different things, as they are written. */
function differing(objects: readonly Pick<ReturnType<typeof mapOf>, 'apiVersion' | 'kind' | 'metadata'>[]) {
  const admitted: string[] = [];
  const refused: string[] = [];
  for (const object of objects) {
    const text = JSON.stringify(object);
    const isFlagged = checkText(text, { rules: RULE, isolated: true }).some(
      ({ finding }) => finding.severity !== 'information',
    );
    const isRefused = VERIFICATION_CHECKS.some(
      (check) => check.isAdvice !== true && isAskedAbout(object, check) && !admits(check, object),
    );
    if (isFlagged !== isRefused) (isFlagged ? admitted : refused).push(text);
  }
  return { admitted, refused };
}

const all = <A, B, R>(as: readonly A[], bs: readonly B[], make: (a: A, b: B) => R[]): R[] =>
  as.flatMap((a) => bs.flatMap((b) => make(a, b)));

const NAMES = [
  ...[
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'GIT_SSL_NO_VERIFY',
    'VAULT_SKIP_VERIFY',
    'insecureSkipVerify',
    'SKIP_TLS_VERIFY',
  ],
  ...[
    'NO_CHECK_CERTIFICATE',
    'KUBERNETES_TRUST_CERTIFICATES',
    'ES_SSL_VERIFY',
    'NO_SSL_VERIFY',
    'EMAIL_VERIFY',
  ],
  ...[
    'ES_SSL_VERIFICATIONMODE',
    'KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM',
    'CACHE_SSL_CERT_REQS',
    'DB_SSL_MODE',
  ],
];
const VALUES = [
  '0',
  '1',
  'true',
  'False',
  'no',
  'none',
  'optional',
  'CERT_NONE',
  'require',
  'prefer',
  'disabled',
  '',
  'x',
];
const HOSTS = ['db.example.com', 'localhost', '127.0.0.1', '$(DB_HOST)', 'db', ''];
const CONNECTIONS = [
  ...['postgres://a:b@HOST:5432/x?a=b&sslmode=prefer', 'postgres://HOST/x?sslmode=require&sslrootcert=/a'],
  ...['host=HOST port=1 sslmode=require', 'Server=tcp:HOST,1433;Encrypt=True;Trust Server Certificate=True'],
  ...[
    'a@tcp(HOST:3306)/x?tls=skip-verify',
    'jdbc:mysql://HOST/x?sslMode=REQUIRED',
    'rediss://HOST?ssl_cert_reqs=none',
  ],
  ...[
    '# postgres://HOST/x?sslmode=prefer',
    'jdbc:postgresql://HOST/x?sslfactory=org.postgresql.ssl.NonValidatingFactory',
  ],
];
const COMMANDS = [
  ...[
    'curl -k https://lab.example/x',
    'curl -sSk https://localhost/x',
    'curl -o k https://lab.example',
    'curl -okay https://a.example',
  ],
  ...[
    'echo "curl -k https://a.example"',
    "echo 'x; curl -k https://a.example'",
    '# curl -k https://a',
    'set -e\ncurl -fk "$URL"\n',
  ],
  ...[
    'kubectl --insecure-skip-tls-verify get pods',
    'kubectl exec x -- curl -k https://a.example',
    'X=$(curl -k https://a.example)',
  ],
  ...[
    'wget -q https://a && b --no-check-certificate',
    'curl \\\n  -k https://a.example',
    'tar -k -xf a.tar',
    'curl -k "$LAB_URL"',
  ],
  ...[
    'curl -k https://$POD_IP:80/',
    'curl -k https://user:pw@localhost:8443/x?y=z',
    'http --verify=no https://a.example',
  ],
];
const FLAGS = [
  ...[
    '--insecure',
    '--insecure=false',
    '--x.insecure-skip-verify=1',
    '--verify-ssl=false',
    '--skip-tls-verify=false',
    ' --kubelet-insecure-tls ',
  ],
  ...['--insecure-port=0', '--no-verify-ssl', '--tls-verify=true', '--tls-skip-verify=yes'],
];
const LINES = [
  ...[
    'insecure_skip_verify: true',
    '{ insecure_skip_verify: true }',
    '# insecure_skip_verify: true',
    '{"a":{"tlsSkipVerify":true}}',
  ],
  ...[
    'ssl.endpoint.identification.algorithm=',
    'ssl_verify: false',
    'proxy_ssl_verify = off',
    'sslmode=require',
    'sslmode: prefer',
  ],
  ...[
    'strict-ssl=false',
    'skip_verify_email: true',
    'no_check_certificate: true',
    'ssl_verify_depth: 0',
    "tls_skip_verify: 'true'",
  ],
];
const ENVIRONMENTS = [
  [],
  [{ name: 'LAB_URL', value: 'localhost' }],
  [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
];

describe('what keeps programs from verifying anybody', () => {
  it('in variables is refused where the rule flags it, and nowhere else', () => {
    const variables = all(NAMES, VALUES, (name, value) => [podOf({ env: [{ name, value }] })]);
    const beside = all(HOSTS, ['ES_HOST', 'ES_URL', 'OTHER_HOST'], (value, name) => [
      podOf({
        env: [
          { name: 'ES_SSL_VERIFY', value: 'false' },
          { name, value },
        ],
      }),
      podOf({
        env: [
          { name: 'DB_SSL_MODE', value: 'require' },
          { name: 'CA_FILE', value: '/a' },
        ],
      }),
    ]);
    expect(differing([...variables, ...beside])).toEqual({ admitted: [], refused: [] });
  });

  it('in commands and flags is refused where the rule flags it, and nowhere else', () => {
    const commands = all(COMMANDS, ENVIRONMENTS, (command, env) => [
      podOf({ command: ['sh', '-c', command], env }),
      podOf({ args: command.split(' '), env }),
      mapOf({ 'a.sh': command }),
      mapOf({ 'a.txt': command }),
    ]);
    const flags = all(FLAGS, ['https://localhost', 'https://a.example'], (flag, address) => [
      podOf({ args: ['server', flag] }),
      podOf({ command: ['curl', flag, address] }),
    ]);
    expect(differing([...commands, ...flags])).toEqual({ admitted: [], refused: [] });
  });

  it('in connection strings is refused where the rule flags it, and nowhere else', () => {
    const connections = all(CONNECTIONS, HOSTS, (pattern, host) => {
      const value = pattern.replace('HOST', host);
      const own = { name: 'DB_HOST', value: 'localhost' };
      return [
        ...[
          podOf({ env: [{ name: 'X', value }] }),
          podOf({ args: [value] }),
          podOf({ args: [value], env: [own] }),
        ],
        ...[
          mapOf({ 'app.env': `DB=${value}\n` }),
          mapOf({ URL: value }),
          mapOf({ URL: value, DB_HOST: 'localhost' }),
        ],
      ];
    });
    expect(differing(connections)).toEqual({ admitted: [], refused: [] });
  });

  it('in files is refused where the rule flags it, unless they name the machine itself', () => {
    const files = all(
      LINES,
      ['', 'server: db.example\n', 'ca_file: /etc/ca\n', 'host: localhost\n', 'endpoint: /metrics\n'],
      (line, first) => [...['app.yaml', 'readme.md'].map((key) => mapOf({ [key]: `${first}${line}\n` }))],
    );
    const options = LINES.flatMap((value) => [
      podOf({ env: [{ name: 'OPTIONS', value }] }),
      podOf({ env: [{ name: 'OPTIONS', value: `level=info ${value}` }] }),
      mapOf({ 'app.yaml': value, PGSSLROOTCERT: '/etc/ca' }),
    ]);
    expect(differing(options)).toEqual({ admitted: [], refused: [] });
    const keys = all(NAMES, VALUES, (name, value) => [mapOf({ [name]: value })]);
    const { admitted, refused } = differing([...files, ...keys]);
    expect(refused).toEqual([]);
    expect(admitted.filter((text) => !/localhost|endpoint: /.test(text))).toEqual([]);
  });
});
