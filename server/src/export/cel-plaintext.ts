import { TOP_LEVEL } from '../analysis/endpoints/hosts.ts';
import { PLAIN_SETTINGS } from '../analysis/endpoints/plaintext-table.ts';
import { IDENTIFIER_HOST, NO_ENDPOINT, PLAIN_SCHEMES } from '../analysis/endpoints/schemes.ts';
import { anyOf, celItems, celMatches, celTest, celText } from './cel.ts';
import { HOST, isLocal } from './cel-endpoints.ts';
import { PREFIX } from './cel-settings.ts';

/*
 * Connections in clear text, as `analysis/endpoints/plaintext.ts` finds them, of which the server is written out. Each entry `e` is a text with its name and that of its file
 * (either may be empty) and all of the file, in a container `c` of variables.
 */

const HOSTS = '[a-z0-9.-]+(?::[0-9]{1,5})?(?:,[a-z0-9.-]+(?::[0-9]{1,5})?)*';
/** A user, also from variables. */
const USER = '(?:(?:[^/?#;@\\s"\'<>`|\\\\(){}\\[\\],$]|\\$[({]\\w+[)}])*@)?';
const schemes = (which: (startTls: boolean) => boolean) =>
  Object.entries(PLAIN_SCHEMES)
    .filter(([, { startTls = false }]) => which(startTls))
    .map(([scheme]) => scheme)
    .join('|');
const url = (scheme: string) => `^(?:${scheme})://${USER}${HOSTS}(?:$|[/?#\\s])`;

const VALUE = 'e.value.lowerAscii()';
const is = (pattern: string) => celMatches(VALUE, pattern);
const ON = /^(?:true|1|yes|on|required|always)$/i;
const SAYS_START_TLS = anyOf(
  is(`^[a-z0-9]+://${USER}[^/]*:587`),
  celTest('e.text', /start_?tls\w*["']?\s{0,4}[=:]\s{0,4}["']?(?:true|1|yes|on|required|always)|\btls\s*\{/i),
  `${celItems('c.env')}.exists(o, has(o.value) && ${celTest('o.name', /start_?tls|_tls(?:_|$)|ssl/i)} && ${celTest('o.value', ON)})`,
);
const HAS_PLAIN_SCHEME = anyOf(
  is(url(schemes((startTls) => !startTls))),
  is(`^tcp://${USER}[a-z0-9.-]+:(?:1883|61616|2375)(?:$|[/?#\\s])`),
  `(${is(url('mongodb'))} && !${is('(?:ssl|tls)')})`,
  `(${is(url(schemes((startTls) => startTls)))} && !${SAYS_START_TLS})`,
);

const parameter = (before: string, after: string, names: string) =>
  `${before}\\s*(?:${names})\\s*(?:$|${after})`;
const ANYWHERE = 'ssl[ _-]?mode=(?:disabled?|none)|use[_-]?ssl=(?:false|0|no)';
const OFF = '(?:ssl|tls)=(?:false|0|no|off)';
const ENCRYPT = 'encrypt=(?:false|no|optional|disable)';
/** By what the scheme has in it. */
const IN_URLS = [
  ['', ANYWHERE],
  ['(?:postgres|mysql|mariadb|mongodb|redis|clickhouse|trino|presto|hive2|cassandra)', OFF],
  ['(?:sqlserver|mssql)', ENCRYPT],
  ['clickhouse', 'secure=(?:false|0)'],
].map(([scheme, names = '']) =>
  is(
    `^(?:jdbc:)?[a-z0-9+._:-]*${scheme}[a-z0-9+._:-]*://${USER}${HOSTS}(?:/[^?;&\\s"'<>\`|\\\\(){}\\[\\]]*)?(?:[?]|;)(?:[^\\s"'<>\`|\\\\(){}\\[\\],]*(?:&|;))?(?:${names})(?:$|&|;)`,
  ),
);
const SERVER = '(?:server|data source|host|hostaddr|hostname|addr|address|network address)=(?:tcp:)?';
const PAIRS = `(!e.value.contains('://') && !${is('["\'`\\n]')} && ${anyOf(
  `(${is(`(?:^|;)${SERVER}${HOSTS}(?:$|;)`)} && ${is(parameter(';', ';', `${ANYWHERE}|${OFF}|${ENCRYPT}`))})`,
  `(!e.value.contains(';') && ${is(`(?:^|[ \\t])${SERVER.replaceAll(' ', '')}${HOSTS}(?:$|[ \\t])`)} && ${is(`[ \\t](?:${ANYWHERE.replaceAll('[ _-]', '[_-]')}|${OFF})(?:$|[ \\t])`)})`,
)})`;
const GO = is(
  `^[\\w.-]+(?::[^@\\s"'\`<>;()]*)?@tcp\\([a-z0-9.-]+(?::[0-9]+)?\\)/[^\\s"'\`<>;?&]*[?](?:[^\\s"'\`<>;]*&)?(?:${ANYWHERE}|${OFF})(?:$|&)`,
);

/** The hosts, in small letters and without ports. */
const FOUND = `${VALUE}.find(${celText(`(?:://${USER}|@tcp\\()${HOSTS}|(?:^|[; \\t])${SERVER}[a-z0-9.-]+`)}).replace('=tcp:', '=').find('[a-z0-9.,:-]+$').split(',').map(h, h.find('^[^:]+')).filter(h, ${celMatches('h', '[a-z.]')})`;
const bare = (host: string) => `${host}.find('^.*[^.]')`;
const IS_IN_CLUSTER = anyOf(
  "!h.contains('.')",
  celMatches('h', '[.](?:svc|pod)(?:[.]|$)|[.]cluster[.]local$'),
  `(${celMatches('h', '^[^.]+[.][^.]+$')} && !${celMatches("h.substring(h.indexOf('.') + 1)", TOP_LEVEL.source)})`,
);
export const NAMES_ITSELF = celMatches('h', `^(?:${HOST}|127[.].*|169[.]254[.].*)$`);
const IS_IDENTIFIER = celMatches('h', IDENTIFIER_HOST.source);

/** `noProxy` as `no_proxy`, with the words apart where the rule has them so. */
const words = (name: string) =>
  `${name}.findAll('[A-Z]*[^A-Z]+|[A-Z]+').join('_').replace('__', '_').replace('-_', '-').replace('._', '.').replace('@_', '@').replace('$_', '$').lowerAscii()`;
const isForPeople = (name: string) => celMatches(words(name), NO_ENDPOINT.source.replaceAll('\\/', '/'));

/** Whether an entry is a connection in clear text to a host of the cluster, or to one outside of it. */
export const isPlain = (inCluster: boolean) =>
  `(${anyOf(`e.value.contains('://') && ${HAS_PLAIN_SCHEME}`, `e.value.contains('=') && ${is('ssl|tls|encrypt|secure')} && ${anyOf(...IN_URLS, PAIRS, GO)}`)} && !${isForPeople('e.name')} && !${isForPeople('e.file')} && [${FOUND}.map(h, ${bare('h')}).filter(h, !${NAMES_ITSELF})].exists(l, !l.exists(h, ${IS_IDENTIFIER}) && ${inCluster ? 'size(l) > 0 && l.all' : 'l.exists'}(h, ${inCluster ? '' : '!'}${IS_IN_CLUSTER})))`;

/** Whether a variable `e` switches TLS off, unless others beside it may name the machine itself. */
export const IS_PLAIN_SETTING = `(e.value != '' && !e.value.contains('\\n') && ${anyOf(
  ...PLAIN_SETTINGS.map(
    ({ names, values }) => `(${celTest('e.value', values)} && ${celTest('e.name', names)})`,
  ),
)} && !${PREFIX}.exists(p, c.env.exists(o, has(o.value) && o.value != '' && o.name.startsWith(p) && ${celTest('o.name', /host|server|addr|url|uri|endpoint|brokers/i)} && (${celMatches('o.value', '[$@\\[]|^127')} || ${isLocal('o.value')}))))`;
