import { describe, expect, it } from 'vitest';
import { commandsIn, unverifiedCommandOf } from '../../../server/src/analysis/endpoints/commands.ts';
import { connectionsIn, isWithin } from '../../../server/src/analysis/endpoints/connections.ts';
import { placeOfHost, serviceOf } from '../../../server/src/analysis/endpoints/hosts.ts';

/** Scheme, hosts, port and parameters of the only connection in a text. */
function read(text: string) {
  const [found, ...more] = connectionsIn(text);
  expect(more).toEqual([]);
  const parameters = found?.parameters.map(({ name, value }) => `${name}=${value}`);
  return [found?.scheme, found?.hosts, found?.port?.text, parameters];
}

describe('connection strings', () => {
  it.each([
    ['http://a.example.com', ['http', ['a.example.com'], undefined, []]],
    ['see <http://user:p%40w@a.example.com:80/x?y=1>.', ['http', ['a.example.com'], '80', ['y=1']]],
    ['redis://[::1]:6379/0', ['redis', ['[::1]'], '6379', []]],
    ['mongodb://a:27017,b:27017/db?tls=true', ['mongodb', ['a', 'b'], undefined, ['tls=true']]],
    ['jdbc:postgresql://db/records?sslmode=disable', ['postgresql', ['db'], undefined, ['sslmode=disable']]],
    [
      'jdbc:mysql:loadbalance://a:1,b:2/x?useSSL=false&amp;c=d',
      ['mysql:loadbalance', ['a', 'b'], undefined, ['usessl=false', 'c=d']],
    ],
    [
      'jdbc:sqlserver://db:1433;databaseName=x;encrypt=false',
      ['sqlserver', ['db'], '1433', ['databasename=x', 'encrypt=false']],
    ],
    ['app:secret@tcp(db:3306)/x?tls=false', ['mysql', ['db'], '3306', ['tls=false']]],
    [
      'Data Source=tcp:db.example.com,1433;Encrypt=no',
      ['', ['db.example.com'], undefined, ['datasource=tcp:db.example.com,1433', 'encrypt=no']],
    ],
    ['host=db dbname=x sslmode=require', ['', ['db'], undefined, ['host=db', 'dbname=x', 'sslmode=require']]],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('reads each address of a list', () => {
    expect(
      connectionsIn('PLAINTEXT://a:9092,SSL://b:9093').map(({ scheme, hosts }) => [scheme, ...hosts]),
    ).toEqual([
      ['plaintext', 'a'],
      ['ssl', 'b'],
    ]);
  });

  it('knows which places are inside of one', () => {
    const connections = connectionsIn('http://a.b http://c.d');
    const isIn = (start: number, end: number) => isWithin(connections, { start, end });
    expect([isIn(0, 4), isIn(9, 12), isIn(10, 11), isIn(11, 12), isIn(19, 30), isIn(21, 22)]).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('takes linear time', () => {
    const started = performance.now();
    for (const piece of ['a.', '://', 'host=', 'jdbc:', 'http://a,', '@tcp(', '"', "curl -k '"]) {
      const text = piece.repeat(50_000);
      connectionsIn(text);
      commandsIn(text);
    }
    expect(performance.now() - started).toBeLessThan(8000);
  });
});

describe('hosts', () => {
  it.each([
    ['localhost', 'local'],
    ['127.0.0.53', 'local'],
    ['[::1]', 'local'],
    ['0.0.0.0', 'local'],
    ['169.254.169.254', 'local'],
    ['redis', 'cluster'],
    ['redis.storage', 'cluster'],
    ['redis.storage.svc', 'cluster'],
    ['redis.storage.svc.cluster.local.', 'cluster'],
    ['10.0.0.7', 'private'],
    ['172.31.4.5', 'private'],
    ['fd00::1', 'private'],
    ['db.corp', 'private'],
    ['172.32.4.5', 'public'],
    ['lab.example', 'public'],
    ['a.example.com', 'public'],
    ['$(HOST)', 'unknown'],
    ['YOUR_HOST_NAME', 'unknown'],
  ])('%s is %s', (host, place) => {
    expect(placeOfHost(host)).toBe(place);
  });

  it('knows the Service behind a name', () => {
    expect(serviceOf('db')).toEqual({ service: 'db', namespace: undefined });
    expect(serviceOf('db.clinic')).toEqual({ service: 'db', namespace: 'clinic' });
    expect(serviceOf('pod-0.db.clinic.svc.cluster.local')).toEqual({ service: 'db', namespace: 'clinic' });
    expect(serviceOf('a.example.com')).toBeUndefined();
  });
});

describe('commands', () => {
  const switches = (script: string) =>
    commandsIn(script).flatMap((words) => unverifiedCommandOf(words)?.word.text ?? []);

  it('finds the switch of the client, and no letter of another option', () => {
    expect(switches('curl -sSfkL https://a; curl -ok https://a | curl --insecure "https://a"')).toEqual([
      '-sSfkL',
      '--insecure',
    ]);
    expect(switches('# curl -k https://a\nif curl https://a -k; then tar -k x; fi')).toEqual(['-k']);
  });
});
