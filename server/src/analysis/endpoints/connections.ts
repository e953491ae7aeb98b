import type { OffsetRange } from '../../syntax/ranges.ts';

/** One `name=value` of a connection string. */
export interface Parameter {
  /** In lower case, without blanks, underscores and dashes: `SSL Mode`, `ssl_mode` and `ssl-mode` are `sslmode`. */
  readonly name: string;
  readonly value: string;
  /** From the name to the end of the value. */
  readonly range: OffsetRange;
  readonly valueRange: OffsetRange;
}

/** An address with the protocol to speak there: a URL, or a connection string of a driver. Offsets are those of the text it stands in. */
export interface Connection {
  readonly form: 'url' | 'pairs' | 'go-dsn';
  /** In lower case; what stands behind `jdbc:` for JDBC (`postgresql`, `mysql:loadbalance`). Empty where nothing names one. */
  readonly scheme: string;
  readonly isJdbc: boolean;
  readonly schemeRange: OffsetRange;
  readonly range: OffsetRange;
  /** Without ports, as written. */
  readonly hosts: readonly string[];
  /** Of the only host; undefined when there are several or none is written. */
  readonly port: { readonly text: string; readonly range: OffsetRange } | undefined;
  readonly parameters: readonly Parameter[];
}

/** Schemes are short; looking back further would take quadratic time in a text without any. */
const MAX_SCHEME = 40;

/** Every URL and connection string in a text, in the order written. */
export function connectionsIn(text: string): Connection[] {
  const urls = urlsIn(text);
  const others = [...goDataSourcesIn(text), ...pairStringsIn(text)].filter(
    ({ range }) => !isWithin(urls, { start: range.start, end: range.start + 1 }),
  );
  return [...urls, ...others].sort((a, b) => a.range.start - b.range.start);
}

/** Whether a range overlaps one of several connections, which come in the order written. */
export function isWithin(connections: readonly Connection[], { start, end }: OffsetRange): boolean {
  let low = 0;
  let high = connections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((connections[middle]?.range.end ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  const next = connections[low];
  return next !== undefined && next.range.start < end;
}

function urlsIn(text: string): Connection[] {
  const found: Connection[] = [];
  let end = 0;
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    if (at < end) continue;
    const url = urlAt(text, at);
    if (url === undefined) continue;
    found.push(url);
    end = url.range.end;
  }
  return found;
}

/** Reads the URL whose `://` stands at an offset. */
function urlAt(text: string, separator: number): Connection | undefined {
  const head =
    /[a-z][a-z0-9+.:_-]*$/i.exec(text.slice(Math.max(0, separator - MAX_SCHEME), separator))?.[0] ?? '';
  const jdbc = /jdbc:(?:[a-z0-9-]+:)*$/i.exec(head.slice(0, head.lastIndexOf(':') + 1))?.[0];
  const scheme = /[a-z][a-z0-9+._-]*$/i.exec(head)?.[0] ?? '';
  if (scheme === '') return undefined;
  const end = endOfUrl(text, separator + 3, jdbc !== undefined);
  const schemeStart = separator - scheme.length;
  const body = text.slice(separator + 3, end);
  const authority = /^[^/?#;]*/.exec(body)?.[0] ?? '';
  const hostStart = separator + 3 + authority.lastIndexOf('@') + 1;
  const hostPart = authority.slice(authority.lastIndexOf('@') + 1);
  return {
    form: 'url',
    scheme: `${jdbc?.slice('jdbc:'.length) ?? ''}${scheme}`.toLowerCase(),
    isJdbc: jdbc !== undefined,
    schemeRange: { start: schemeStart, end: separator },
    range: { start: schemeStart - (jdbc?.length ?? 0), end },
    ...hostsIn(hostPart, hostStart),
    parameters: parametersIn(text, separator + 3 + authority.length, end),
  };
}

/** A URL ends at blanks, quotes and brackets; those of SQL Server go on behind semicolons, and variables in braces belong to it. */
function endOfUrl(text: string, start: number, isJdbc: boolean): number {
  const stop = isJdbc ? /[\s"'<>`|\\]/ : /[\s"'<>`|\\;]/;
  let end = start;
  let depth = 0;
  for (; end < text.length; end++) {
    const character = text.charAt(end);
    if (stop.test(character)) {
      // `&amp;` of XML is a part of it.
      if (character !== ';' || !text.slice(0, end).endsWith('&amp')) break;
    }
    if (character === ',' && /^,\s{0,8}[a-z][\w+.-]{0,40}:\/\//i.test(text.slice(end, end + 60))) break;
    if (character === '{' || character === '(' || character === '[') depth++;
    if (character === '}' || character === ')' || character === ']') if (--depth < 0) break;
  }
  while (end > start && /[,.:]/.test(text.charAt(end - 1))) end--;
  return end;
}

function hostsIn(part: string, start: number): Pick<Connection, 'hosts' | 'port'> {
  const names = part.split(',');
  const hosts = names.map((name) => /^(?:\[[^\]]*\]|[^:]*)/.exec(name.trim())?.[0] ?? '');
  const [only] = names;
  const port = names.length === 1 ? /:(\d{1,5})$/.exec(only ?? '')?.[1] : undefined;
  const end = start + part.length;
  return {
    hosts,
    port: port === undefined ? undefined : { text: port, range: { start: end - port.length, end } },
  };
}

/** `?a=b&c=d`, also with `&amp;`, and `;a=b;c=d`. */
function parametersIn(text: string, start: number, end: number): Parameter[] {
  const part = text.slice(start, end);
  const from = part.search(/[?;]/);
  return from === -1 ? [] : pairsIn(part.slice(from + 1), start + from + 1, /&amp;|[&;]/g);
}

function pairsIn(text: string, offset: number, separator: RegExp): Parameter[] {
  const found: Parameter[] = [];
  let start = 0;
  for (const match of [...text.matchAll(separator), undefined]) {
    const end = match?.index ?? text.length;
    const pair = pairAt(text.slice(start, end), offset + start);
    if (pair !== undefined) found.push(pair);
    start = end + (match?.[0].length ?? 0);
  }
  return found;
}

function pairAt(text: string, offset: number): Parameter | undefined {
  const equals = text.lastIndexOf('=');
  if (equals === -1) return undefined;
  const name = /[A-Za-z][\w .-]*$/.exec(text.slice(Math.max(0, equals - 60), equals))?.[0] ?? '';
  const value = text.slice(equals + 1).trim();
  const valueStart =
    offset + equals + 1 + (text.slice(equals + 1).length - text.slice(equals + 1).trimStart().length);
  const end = valueStart + value.length;
  return {
    name: name.toLowerCase().replace(/[ _-]/g, ''),
    value,
    range: { start: offset + equals - name.length, end },
    valueRange: { start: valueStart, end },
  };
}

/** `user@tcp(host:3306)/database?tls=true`. Source: https://github.com/go-sql-driver/mysql#dsn-data-source-name */
function goDataSourcesIn(text: string): Connection[] {
  return [...text.matchAll(/@tcp6?\(([^()\s]{0,200})\)\/[^\s"'`<>;]*/g)].map((match) => {
    const range = { start: match.index, end: match.index + match[0].length };
    const hostStart = match.index + match[0].indexOf('(') + 1;
    const queryStart = hostStart + (match[1] ?? '').length;
    return {
      form: 'go-dsn',
      scheme: 'mysql',
      isJdbc: false,
      schemeRange: range,
      range,
      ...hostsIn(match[1] ?? '', hostStart),
      parameters: parametersIn(text, queryStart, range.end),
    };
  });
}

/** What names the server in connection strings of ODBC, .NET and libpq. */
export const SERVER_PAIR =
  /\b(?:server|data source|host|hostaddr|hostname|addr|address|network address|driver|dsn)[ \t]{0,3}=/gi;
const SERVER_NAMES = /^(?:server|datasource|host|hostaddr|hostname|addr|address|networkaddress)$/;

/**
 * `Server=tcp:db,1433;Encrypt=True` and `host=db sslmode=require`: at least two pairs, of which one names the server or the driver.
 *
 * Source: https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax and
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
 */
function pairStringsIn(text: string): Connection[] {
  const found: Connection[] = [];
  let end = 0;
  for (const match of text.matchAll(SERVER_PAIR)) {
    if (match.index < end) continue;
    const range = lineOrQuotesAround(text, match.index);
    end = range.end;
    const body = text.slice(range.start, range.end);
    const parameters = pairsIn(body, range.start, body.includes(';') ? /;/g : /[ \t]+/g);
    if (parameters.length < 2) continue;
    const servers = parameters
      .filter(({ name }) => SERVER_NAMES.test(name))
      .map(({ value }) => serverName(value));
    found.push({
      form: 'pairs',
      scheme: '',
      isJdbc: false,
      schemeRange: range,
      range,
      hosts: servers,
      port: undefined,
      parameters,
    });
  }
  return found;
}

/** `tcp:db.example.com,1433` and `db\instance`. */
function serverName(value: string): string {
  return value.replace(/^(?:tcp|np|lpc|admin):/i, '').replace(/[,:\\].*$/, '');
}

const MAX_LINE = 2000;

function lineOrQuotesAround(text: string, at: number): OffsetRange {
  const before = text.slice(Math.max(0, at - MAX_LINE), at);
  const after = text.slice(at, at + MAX_LINE);
  const start =
    at - before.length + Math.max(...['\n', '"', "'", '`'].map((stop) => before.lastIndexOf(stop))) + 1;
  const length = after.search(/[\n"'`]/);
  return { start, end: at + (length === -1 ? after.length : length) };
}
