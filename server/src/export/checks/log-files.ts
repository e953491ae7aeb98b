import { SELECTOR } from '../../analysis/log-pipelines/rsyslog.ts';
import { celMatches, celText } from '../cel.ts';
import { blockAt, blocksAt, entriesAt, entriesOf, itemsOf, NO_YAML, settingsOf } from '../cel-yaml.ts';
import type { ResourceRule, Variable } from './check.ts';

/*
 * The outputs of log collectors in texts, as `logPipelinesOf` finds them: files `f` with their product, and outputs `o`, each with the name of its plugin, its own
 * settings, and all that is said of it. What is not written as people write it is not found.
 */

/** As much as one expression may read. */
export const MOST = 30_000;

/** Objects that hold texts for collectors. */
export const WITH_FILES: readonly ResourceRule[] = [
  { apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] },
  {
    apiGroups: ['logstash.k8s.elastic.co', 'opentelemetry.io'],
    apiVersions: ['*'],
    resources: ['logstashes', 'opentelemetrycollectors'],
  },
];
const TEXTS = `(object.kind == 'ConfigMap' ? (has(object.data) ? object.data.map(k, object.data[k]) : []) : !has(object.spec) ? [] : has(object.spec.config) ? [object.spec.config] : has(object.spec.pipelines) ? object.spec.pipelines.filter(p, 'config.string' in p).map(p, p['config.string']) : []).filter(t, type(t) == string)`;

/** The values of settings, of a list the first, in whatever notation; those of `keys`, an alternative of patterns, or what an expression between quotes puts there. */
export const valuesOf = (text: string, keys: string, flags = 'im') =>
  `${text}.findAll(${celText(`(?${flags})^[ \\t]*["']?(?:KEYS)["']?(?:[ \\t]*(?:=>|[:=])|[ \\t])(?:[ \\t]*\\[\\s*|[ \\t]*\\n[ \\t]*-)?[ \\t]*["']*[^\\s"',{}\\[\\]]+`).replace('KEYS', () => keys)}).map(l, l.find(${celText('[^\\s"\'\\[]+$')}))`;
/** A line that is no head, and more of them. */
const notBegunBy = (heads: string) => `[ \\t]*(?:[^ \\t\\n${heads}][^\\n]*)?`;
const after = (heads: string) => `(?:\\n${notBegunBy(heads)}$)*`;
const findAll = (text: string, pattern: string) => `${text}.findAll(${celText(pattern)})`;
const isAsOften = (one: string, other: string) =>
  `size(${findAll('f', one)}) == size(${findAll('f', other)})`;

/** The one value of a setting among those of `s` that names the plugin. */
const nameIn = (keys: string, flags?: string) =>
  `[${valuesOf('s', keys, flags)}].map(n, size(n) == 1 ? n[0].lowerAscii() : '')[0]`;
const outputs = (sections: string, name: string, own = 'o', all = 'o') =>
  `${sections}.map(o, [${own}].map(s, {'name': ${name}, 'own': s, 'all': ${all}})[0])`;
const inYaml = (sections: string, name: string) => outputs(sections, name, settingsOf('o'));

const FLUENT_BIT = `(${isAsOften('(?im)^[ \\t]*\\[[a-z_]+\\][ \\t]*$', '(?m)^\\s*\\[')} ? ${outputs(findAll('f', `(?im)^[ \\t]*\\[output\\][ \\t]*$${after('[')}`), nameIn('name'))} : [])`;

/** Blocks in which nothing but settings and blocks of settings are. */
const LINE = `${notBegunBy('<')}\\n`;
const BELOW = `[ \\t]*<(?:[a-eg-kn-rt-z]|fo|ser|secu)\\w*[^>\\n]*>[ \\t]*\\n(?:${LINE})*[ \\t]*</\\w+>[^\\n]*\\n`;
const FLUENTD = outputs(
  findAll(
    'f',
    `(?m)^[ \\t]*<(?:match|store)\\b[^>\\n]*>[ \\t]*\\n(?:${LINE}|${BELOW})*[ \\t]*</(?:match|store)>`,
  ),
  nameIn('@type'),
  `${findAll('o', `(?m)^[ \\t]*<(?:match|store|server|/)[^\\n]*${after('<')}`)}.join('\\n')`,
);

/** Sections of sections count where they speak of TLS. Lists over several lines are not looked into. */
const SINK = "find('sinks[.][\\\\w-]+')";
const SINKS = findAll('f', `(?m)^[ \\t]*\\[sinks[.][^\\n]*${after('[')}`);
const VECTOR = `(${isAsOften('(?m)^\\s*\\[', '(?m)^[ \\t]*\\[[\\w.-]+\\][ \\t]*(?:#[^\\n]*)?$')} ? [${SINKS}.filter(p, ${celMatches('p', 'tls|ssl')}).map(p, p.${SINK})].map(u, size(u) > 100 ? [] : ${outputs(SINKS, nameIn('type'), "o.replace('[\\\\n', '[#\\\\n')", `o + (o.${SINK} in u ? 'tls' : '')`)})[0] : [])`;

const ATOM = `[^{}"'#]|"[^"\\\\]*"|'[^'\\\\]*'|#[^\\n]*`;
const braced = (depth: number): string => `\\{(?:${ATOM}${depth === 0 ? '' : `|${braced(depth - 1)}`})*\\}`;
/** Maps and codecs stand behind an arrow. */
const PLUGIN = `\\b[a-z][\\w-]*[ \\t]*\\{(?:${ATOM}|=>\\s*\\w*\\s*${braced(0)})*\\}`;
const BODY = (text: string) => `${text}.substring(${text}.indexOf('{') + 1)`;
const LOGSTASH = outputs(
  `${findAll(`${findAll('f', `(?m)^[ \\t]*output\\s*${braced(4)}`)}.map(s, ${BODY('s')}).join('\\n')`, `#[^\\n]*|"[^"]*"|'[^']*'|${PLUGIN}`)}.filter(o, ${celMatches('o', '^[a-z]')})`,
  "o.find('^[a-z_-]+')",
  BODY('o'),
);

const FLUENT_BIT_YAML = inYaml(
  itemsOf(entriesAt(blockAt('f', 'pipeline'), 'outputs')),
  nameIn('[nN]ame', 'm'),
);
const VECTOR_YAML = inYaml(entriesOf(blockAt('f', 'sinks')), nameIn('type', 'm'));
const KEY = "o.find('[\\\\w-]+(?:/[^:]*)?:').find('^[\\\\w-]+')";
/** Of an OpenTelemetry Collector the exporters that a pipeline for logs uses. */
const USED = [blockAt('f', 'service'), 'pipelines', 'logs(?:/[^:]*)?', 'exporters'].reduce(entriesAt);
const EXPORTERS = `[${USED}].map(u, u.contains('#') ? [] : u.findAll('[\\\\w./-]+')).map(u, ${inYaml(`${entriesOf(blockAt('f', 'exporters'))}.filter(o, o.trim().find('^[\\\\w./-]+') in u)`, KEY)})[0]`;
const BEATS = inYaml(`(${blocksAt('f', 'output[.]\\w+')} + ${entriesOf(blockAt('f', 'output'))})`, KEY);

/** rsyslog says host and transport on one line, or in parentheses. */
const RSYSLOG = `(f.find('(?i)streamdriver|tls') != '' ? [] : ${outputs(findAll('f', `(?m)${SELECTOR.source}|^[ \\t]*action\\([^()]*type="omfwd"[^()]*\\)`), "''", `o.contains('omfwd') ? ${findAll('o', '(?i)\\btarget="[^"]*"')}.join('\\n') : 'target= ' + o.trim().find(' *[^@) \\t]+$')`)})`;

/** By what a file looks like, the first that fits. */
const PRODUCTS: readonly (readonly [product: string, looksLike: string, outputs: string])[] = [
  ['fluent-bit', '(?im)^\\s*\\[output\\]', FLUENT_BIT],
  ['fluentd', '(?m)^\\s*<match\\b', FLUENTD],
  ['vector', '(?m)^\\s*\\[sinks[.]', VECTOR],
  ['logstash', '(?m)^\\s*output\\s*\\{', LOGSTASH],
  ['rsyslog', '(?m)^(?:[\\w*,]+[.]\\S+\\s+-?@|action\\()', RSYSLOG],
  ['', NO_YAML, '[]'],
  ['fluent-bit', '(?m)^pipeline:', FLUENT_BIT_YAML],
  ['vector', '(?m)^sinks:', VECTOR_YAML],
  ['otel', '(?m)^service:', EXPORTERS],
  ['beats', '(?m)^output\\b', BEATS],
];
const file = (product: string, found: string) =>
  `{'product': dyn('${product}'), 'text': dyn(f), 'outputs': dyn(${found})}`;

export const FILES: Variable = {
  name: 'files',
  expression: `[${TEXTS}].map(t, t.map(x, size(x)).sum() > ${MOST} ? [] : t.map(f, f.replace('\\r', '')).filter(f, f.find(${celText('[^ \\P{Z}]|[\\v\\f]')}) == '').map(f, ${PRODUCTS.reduceRight((rest, [product, looksLike, found]) => `f.find(${celText(looksLike)}) != '' ? ${file(product, found)} : ${rest}`, "{'product': dyn(''), 'text': dyn(f), 'outputs': dyn([])}")}))[0]`,
};

/** Whether all outputs of a file are known. */
export const IS_WHOLE = `(f.product in ['fluent-bit', 'vector'] || (f.product == 'fluentd' && size(${findAll('f.text', '(?m)^\\s*<(?:match|store)\\b')}) == size(f.outputs)))`;
