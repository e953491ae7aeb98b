import { describe, expect, test } from 'vitest';
import { detectCredentials } from '../../server/src/detect/index.ts';
import { contextOf, markCredentials, unmarked } from './support.ts';

// Put together here, so that the file itself holds nothing that a scanner would take for a credential.
const join = (...parts: string[]) => parts.join('');
const letters = (length: number) => 'qW3eR7tY1uI9oP5aS2dF8gH4jK6lZ0xC'.repeat(8).slice(0, length);
const hex = (length: number) => '8f14e45fceea167a5a36dedd4bea2543'.repeat(4).slice(0, length);

const tokens: [name: string, token: string][] = [
  ['AWS key id', join('AK', 'IAQ3EGRZ7XK5JY2LMN')],
  ['temporary AWS key id', join('AS', 'IAQ3EGRZ7XK5JY2LMN')],
  ['GitHub', join('gh', 'p_', letters(36))],
  ['GitHub, fine-grained', join('github', '_pat_', letters(22), '_', letters(59))],
  ['GitLab', join('gl', 'pat-', letters(20))],
  ['Slack', join('xo', 'xb-123456789012-210987654321-', letters(24))],
  ['Stripe', join('sk', '_live_', letters(24))],
  ['Google', join('AI', 'za', letters(35))],
  ['SendGrid', join('S', 'G.', letters(22), '.', letters(43))],
  ['Twilio', join('S', 'K', hex(32))],
  ['npm', join('np', 'm_', letters(36))],
  ['Docker', join('dckr', '_pat_', letters(27))],
  ['Vault', join('hv', 's.', letters(95))],
  ['DigitalOcean', join('do', 'p_v1_', hex(64))],
  ['Databricks', join('da', 'pi', hex(32))],
  ['Mailchimp', join(hex(32), '-', 'us12')],
  ['Telegram', join('1234567890', ':A', 'A', letters(33))],
  ['Grafana', join('gl', 'sa_', letters(32), '_', hex(8))],
  ['New Relic', join('NR', 'AK-', letters(27))],
  ['web token', join('ey', 'JhbGciOiJSUzI1NiJ9.ey', 'Jpc3MiOiJlaHIifQ.', letters(43))],
];

describe('tokens are known by their structure', () => {
  test.each(tokens)('%s', (_, token) => {
    const text = `set it to "${token}" and go`;
    expect(markCredentials(text, contextOf('data/note'))).toBe(`set it to "«${token}»" and go`);
  });
});

const found: [name: string, keys: string, text: string][] = [
  ['a password by key', 'env/DB_PASSWORD', '«S3cure-Horse!»'],
  ['a weak password is one', 'env/POSTGRES_PASSWORD', '«postgres»'],
  ['a password in properties', 'data/app.properties', 'spring.datasource.password=«S3cure-Horse!»\nx=1'],
  ['a password in YAML', 'data/app.yaml', 'db:\n  user: app\n  password: "«S3cureHorse»" # rotate\n'],
  ['a password in INI', 'data/app.ini', '[db]\nuser = app\npassword = «S3cureHorse»\n'],
  ['a password in JSON', 'data/config.json', '{"db":{"password":"«S3cure\\"Horse»"}}'],
  [
    'a password in minified JSON',
    'data/config.json',
    `{"a":"${'x'.repeat(2500)}","password":"«S3cureHorse»"}`,
  ],
  ['a password in XML', 'data/server.xml', '<r><user name="a"/><password>«S3cureHorse»</password></r>'],
  ['an attribute', 'data/tomcat.xml', '<user username="admin" password="«S3cureHorse»" roles="x"/>'],
  ['a named property', 'data/beans.xml', '<bean><property name="password" value="«S3cureHorse»"/></bean>'],
  ['a name and its value', 'data/pod.yaml', 'env:\n  - name: DB_PASSWORD\n    value: «S3cureHorse»\n'],
  ['a column', 'data/users.csv', 'user,password\nanna,«S3cureHorse»\n'],
  ['an argument', 'args/args', '--db-password=«S3cureHorse»'],
  ['a shell export', 'data/run.sh', 'export DB_PASSWORD=«S3cureHorse»\n'],
  ['a command', 'args/command', 'mysql -uroot -p«S3cureHorse» -e "select 1"'],
  ['a request', 'args/command', 'curl -s -u admin:«S3cureHorse» https://x/y'],
  ['a URL', 'env/DATABASE_URL', 'postgres://app:«S3cureHorse»@db:5432/ehr'],
  ['a URL without a user', 'env/REDIS_URL', 'redis://:«S3cureHorse»@redis:6379/0'],
  ['an ADO connection string', 'env/CONN', 'Server=db;User Id=sa;Password=«S3cureHorse»;Encrypt=true'],
  ['a libpq connection string', 'env/DSN', 'host=db user=app password=«S3cureHorse» dbname=ehr'],
  ['a JDBC URL', 'env/JDBC', 'jdbc:mysql://db/ehr?user=app&password=«S3cureHorse»'],
  ['an API key', 'env/DD_API_KEY', '«8f14e45fceea167a5a36dedd4bea2543»'],
  ['a chosen secret', 'env/JWT_SECRET', '«my-super-secret-jwt-key»'],
  ['an Authorization header', 'data/x', 'Authorization: Bearer «q8Fz3kLw0aPq7RtX2vB9nM»'],
  [
    'a private key',
    'data/tls.key',
    join('-----BEGIN ', 'PRIVATE KEY-----«\n', letters(64), '\n», ').replace(
      ', ',
      join('-----END ', 'PRIVATE KEY-----'),
    ),
  ],
];

describe('credentials are found, and exactly they', () => {
  test.each(found)('%s', (_, keys, text) => {
    expect(markCredentials(unmarked(text).text, contextOf(keys, 'env'))).toBe(text);
  });
});

const quiet: [name: string, keys: string, text: string][] = [
  ['a template expression', 'env/DB_PASSWORD', '{{ .Values.db.password }}'],
  ['a reference', 'env/DB_PASSWORD', 'vault:secret/data/db#password'],
  ['a variable', 'env/DB_PASSWORD', '$(DB_PASSWORD)'],
  ['a variable in a URL', 'env/DATABASE_URL', 'postgres://app:$(DB_PASSWORD)@db:5432/ehr'],
  ['a path', 'env/DB_PASSWORD_FILE', '/run/secrets/db'],
  ['the name of a secret', 'values/existingSecret', 'ehr-db-credentials'],
  ['the key in a secret', 'values/passwordKey', 'admin-password'],
  ['a placeholder', 'values/password', 'changeme'],
  ['another placeholder', 'values/password', '<your-password>'],
  ['a word', 'env/AUTH_TOKEN', 'disabled'],
  ['a hash', 'data/htpasswd', 'admin:$2y$10$N9qo8uLOickgx2ZMRZoMyeIUIrCxGvz9'],
  ['a hash under password', 'values/password', '$2y$10$N9qo8uLOickgx2ZMRZoMyeIUIrCxGvz9/6pN.XM'],
  ["AWS's documentation key", 'data/x', join('AK', 'IAIOSFODNN7EXAMPLE')],
  ['a token endpoint', 'env/TOKEN_URL', 'https://idp.example.com/oauth2/token'],
  ['a lifetime', 'env/TOKEN_TTL', '3600'],
  ['a policy', 'env/PASSWORD_MIN_LENGTH', '12'],
  ['a certificate', 'data/ca.crt', `-----BEGIN CERTIFICATE-----\n${letters(64)}\n-----END CERTIFICATE-----`],
  ['a public key', 'data/key.pub', `-----BEGIN PUBLIC KEY-----\n${letters(64)}\n-----END PUBLIC KEY-----`],
  ['a checksum', 'metadata/checksum-secret', hex(64)],
  ['code', 'data/app.py', "password = os.environ['DB_PASSWORD']\n"],
  ['a commented example', 'data/app.yaml', '# password: S3cureHorse\n'],
  ['a mail address in a URL', 'data/x', 'https://x.org/a:b/c@d'],
];

describe('references, placeholders and public values are quiet', () => {
  test.each(quiet)('%s', (_, keys, text) => {
    expect(markCredentials(text, contextOf(keys, 'values'))).toBe(text);
  });
});

describe('what is encoded', () => {
  const encoded = btoa('S3cureHorse-and-more');

  test('is judged by what it says, and found as a whole', () => {
    const found = detectCredentials(encoded, contextOf('data/password', 'secret'));
    expect(found).toMatchObject([{ kind: 'password', start: 0, end: encoded.length, encoded: 'base64' }]);
  });

  test('is quiet when it says that nothing is there yet', () => {
    expect(detectCredentials(btoa('{{ .Values.password }}'), contextOf('data/password', 'secret'))).toEqual(
      [],
    );
  });

  test('is found in the configuration of Docker', () => {
    const config = JSON.stringify({ auths: { 'registry.local': { auth: btoa('ci:S3cureHorse') } } });
    const context = contextOf('data/.dockerconfigjson', 'secret');
    expect(detectCredentials(btoa(config), context)).toMatchObject([{ kind: 'registry-auth' }]);
  });
});

test('a client key in a kubeconfig is a private key', () => {
  const key = btoa(
    join('-----BEGIN ', 'RSA PRIVATE KEY-----\n', letters(64), '\n-----END ', 'RSA PRIVATE KEY-----\n'),
  );
  const text = `users:\n  - name: admin\n    user:\n      client-key-data: ${key}\n`;
  expect(detectCredentials(text, contextOf('data/config'))).toMatchObject([{ kind: 'private-key' }]);
});

test('nothing of a credential is shown', () => {
  const [detection] = detectCredentials('S3cureHorse', contextOf('env/DB_PASSWORD'));
  expect(detection?.masked).toBe('********');
  expect(JSON.stringify(detection)).not.toContain('Horse');
  const [keyed] = detectCredentials('{"536-22-8412 password":"S3cureHorse"}', contextOf('data/x'));
  expect(JSON.stringify(keyed)).not.toContain('8412');
});
