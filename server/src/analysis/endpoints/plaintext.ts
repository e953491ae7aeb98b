import type { Resource } from '../../kubernetes/resource.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import type { ScalarValue } from '../../syntax/values.ts';
import { clearTextOf } from '../log-pipelines/clear-text.ts';
import { logPipelinesOf } from '../log-pipelines/outputs.ts';
import { type Connection, connectionsIn, isWithin } from './connections.ts';
import { type HostPlace, placeOfHost } from './hosts.ts';
import { isInComment, surroundingsOf } from './places.ts';
import { plainParameterOf, plainSettingOf } from './plaintext-table.ts';
import { isIdentifierHost, isNoEndpointKey, type Protocol, plainProtocolOf } from './schemes.ts';
import { type NamedSetting, settingsIn } from './settings.ts';
import { type ConfigurationText, configurationTextsOf } from './texts.ts';

/** A change of a part of a text. */
export interface TextChange {
  readonly part: OffsetRange;
  readonly newText: string;
}

/** A place that makes a connection travel in clear text. */
export interface PlainEndpoint {
  readonly scalar: ScalarValue;
  /** What decides, in offsets of the decoded text: a scheme, or a parameter. */
  readonly part: OffsetRange;
  readonly protocol: string;
  /** The parameter that decides; undefined when the scheme does. */
  readonly parameter: string | undefined;
  /** Undefined where the host is written elsewhere. */
  readonly host: string | undefined;
  readonly place: HostPlace;
  /** Where it is written, in words. */
  readonly words: string;
  /** What turns TLS on, from the back of the text to its front; empty where that takes more than a change of the text. */
  readonly changes: readonly TextChange[];
}

/** A cheap test whether a text can hold anything of interest. */
const HINT = /:\/\/|ssl|tls|plaintext|encrypt|insecure|@tcp/i;

export function plainEndpointsOf(resource: Resource): PlainEndpoint[] {
  const found = configurationTextsOf(resource).flatMap(plainEndpointsIn);
  return resource.kind === 'ConfigMap' && found.length > 0 ? withoutLogOutputs(found, resource) : found;
}

/** Where a log collector sends to is decided with all of its output's settings, elsewhere. */
function withoutLogOutputs(found: readonly PlainEndpoint[], resource: Resource): PlainEndpoint[] {
  const spots = logPipelinesOf(resource)
    .flatMap(({ outputs }) => outputs)
    .flatMap((output) => clearTextOf(output)?.at ?? []);
  return found.filter(
    ({ scalar, part }) => !spots.some((spot) => spot.at === scalar && spot.part?.start === part.start),
  );
}

function plainEndpointsIn(text: ConfigurationText): PlainEndpoint[] {
  const { decoded } = text.scalar;
  if (!HINT.test(decoded) && !HINT.test(text.name)) return [];
  const connections = connectionsIn(decoded);
  const upstreams = upstreamsIn(decoded);
  const found = connections.flatMap((connection) => judged(connection, text, upstreams));
  const settings = settingsIn(text)
    .filter(({ range }) => !isWithin(connections, range))
    .flatMap((setting) => plainSetting(setting, text, connections));
  return [...found, ...settings];
}

type Upstreams = ReadonlyMap<string, readonly string[]>;

function judged(connection: Connection, text: ConfigurationText, upstreams: Upstreams): PlainEndpoint[] {
  const { decoded } = text.scalar;
  const place = placeOf(connection, text, upstreams);
  if (place === 'local' || place === 'unknown' || !isUsed(connection, text)) return [];
  const hosts = connection.hosts.map((host) => resolved(host, text));
  const host = hosts.find((candidate) => placeOfHost(candidate, text.localNames) === place) ?? hosts[0];
  const base = { scalar: text.scalar, host, place, words: text.words };
  const parameter = plainParameterOf(connection);
  if (parameter !== undefined) {
    const { value, range, valueRange } = parameter.parameter;
    const changes =
      parameter.instead === undefined
        ? []
        : [{ part: valueRange, newText: likeIt(value, parameter.instead) }];
    return [
      {
        ...base,
        part: range,
        protocol: parameter.protocol,
        parameter: decoded.slice(range.start, range.end),
        changes,
      },
    ];
  }
  if (connection.form !== 'url') return [];
  if (connection.scheme === 'mongodb' && !connection.isJdbc) return plainMongo(connection, base);
  const protocol = plainProtocolOf(connection.scheme, connection.port?.text);
  if (protocol === undefined || saysStartTls(protocol, connection, text)) return [];
  return [
    {
      ...base,
      part: connection.schemeRange,
      protocol: protocol.name,
      parameter: undefined,
      changes: schemeChanges(connection, protocol, decoded),
    },
  ];
}

/** The places of all hosts: one that leaves the pod is enough. */
function placeOf({ hosts }: Connection, text: ConfigurationText, upstreams: Upstreams): HostPlace {
  const places = hosts
    .flatMap((host) => upstreams.get(host) ?? [host])
    .map((host) => placeOfHost(resolved(host, text), text.localNames));
  return (
    (['public', 'private', 'cluster', 'unknown'] as const).find((place) => places.includes(place)) ?? 'local'
  );
}

/** What nginx calls upstreams: names for servers in the same file. */
function upstreamsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const blocks = text.matchAll(/\bupstream[ \t]{1,20}([\w.-]{1,100})[ \t\n]{0,20}\{([^}]{0,5000})/g);
  return new Map(
    [...blocks].map(([, name = '', block = '']) => {
      const servers = [...block.matchAll(/\bserver[ \t]{1,20}(unix:|[^\s;:]+)/g)];
      return [name, servers.map(([, server = '']) => (server === 'unix:' ? 'localhost' : server))];
    }),
  );
}

/** Variables that stand beside it are put in; those of the pod's own address are `localhost`. */
function resolved(host: string, { siblings, localNames }: ConfigurationText): string {
  const name = /^\$[({]?(\w+)[)}]?$/.exec(host)?.[1];
  if (name === undefined) return host;
  if (localNames.has(name)) return 'localhost';
  const value = siblings.get(name) ?? host;
  return /^\w+:\/\//.test(value) ? host : value.replace(/:\d+$/, '');
}

/** Whether a program connects there, as opposed to a link, a name or a sentence. */
function isUsed(connection: Connection, { scalar, name, place }: ConfigurationText): boolean {
  const { decoded } = scalar;
  const { start } = connection.range;
  if (place !== 'field' && isInComment(decoded, start)) return false;
  const { key, role } = surroundingsOf(decoded, connection.range);
  if (connection.scheme === 'http' && connection.hosts.every(isIdentifierHost)) return false;
  if (role === 'prose' && !LISTS_BROKERS.test(decoded)) return connection.form !== 'url' || connection.isJdbc;
  return ![name, key].some((word) => word !== undefined && isNoEndpointKey(word));
}

/** Source: https://activemq.apache.org/components/classic/documentation/failover-transport-reference */
const LISTS_BROKERS = /^\s*(?:failover|static|masterslave):\(/i;

/** Port and scheme, the later one first. A port that is registered for clear text changes with the scheme. */
function schemeChanges(
  { port, schemeRange }: Connection,
  { tlsScheme, ports }: Protocol,
  text: string,
): TextChange[] {
  if (tlsScheme === undefined) return [];
  const scheme = {
    part: schemeRange,
    newText: likeIt(text.slice(schemeRange.start, schemeRange.end), tlsScheme),
  };
  return port !== undefined && ports?.[0] === port.text
    ? [{ part: port.range, newText: ports[1] }, scheme]
    : [scheme];
}

/** MongoDB speaks TLS only when asked, but for `mongodb+srv`. Source: https://www.mongodb.com/docs/manual/reference/connection-string-options/ */
function plainMongo(
  connection: Connection,
  base: Pick<PlainEndpoint, 'scalar' | 'host' | 'place' | 'words'>,
): PlainEndpoint[] {
  if (connection.parameters.some(({ name, value }) => /^(?:ssl|tls)$/.test(name) && isOn(value))) return [];
  const { scalar } = base;
  const url = scalar.decoded.slice(connection.range.start, connection.range.end);
  const hasPath = /^\w+:\/\/[^/]*\//.test(url);
  const separator = url.includes('?') ? '&' : hasPath ? '?' : '/?';
  const end = connection.range.end;
  return [
    {
      ...base,
      part: connection.schemeRange,
      protocol: 'the MongoDB protocol',
      parameter: undefined,
      changes: [{ part: { start: end, end }, newText: `${separator}tls=true` }],
    },
  ];
}

function saysStartTls(
  protocol: Protocol,
  connection: Connection,
  { siblings, scalar }: ConfigurationText,
): boolean {
  if (protocol.startTls !== true) return false;
  if (connection.port?.text === '587') return true;
  const on = /start_?tls\w*["']?\s{0,4}[=:]\s{0,4}["']?(?:true|1|yes|on|required|always)|\btls\s*\{/i;
  if (on.test(scalar.decoded)) return true;
  return [...siblings].some(([name, value]) => /start_?tls|_tls(?:_|$)|ssl/i.test(name) && isOn(value));
}

function isOn(value: string): boolean {
  return /^(?:true|1|yes|on|required|always)$/i.test(value);
}

function plainSetting(
  setting: NamedSetting,
  text: ConfigurationText,
  connections: readonly Connection[],
): PlainEndpoint[] {
  const row = plainSettingOf(setting);
  if (row === undefined || setting.neighbours().some(isLocalHost(text)) || onlyLocal(connections, text))
    return [];
  return [
    {
      scalar: text.scalar,
      part: setting.range,
      protocol: row.protocol,
      parameter: `${setting.name}=${setting.value}`,
      host: undefined,
      place: 'unknown',
      words: text.words,
      changes: [{ part: setting.valueRange, newText: likeIt(setting.value, row.instead) }],
    },
  ];
}

function isLocalHost(text: ConfigurationText) {
  return ({ name, value }: { readonly name: string; readonly value: string }): boolean =>
    /host|server|addr|url|uri|endpoint|brokers/i.test(name) &&
    value !== '' &&
    placeOfHost(
      resolved(value.replace(/^[\w.+-]+:\/\//, '').replace(/[:/].*$/, ''), text),
      text.localNames,
    ) === 'local';
}

function onlyLocal(connections: readonly Connection[], text: ConfigurationText): boolean {
  return (
    connections.length > 0 &&
    connections.every((connection) => placeOf(connection, text, new Map()) === 'local')
  );
}

/** A word in the case of another: `DISABLED` gives upper case. */
function likeIt(old: string, word: string): string {
  if (/[A-Z]/.test(old) && old === old.toUpperCase()) return word.toUpperCase();
  return /^[A-Z]/.test(old) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
