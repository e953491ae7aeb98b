import { anyOf, celMatches, celText } from '../cel.ts';
import { blockAt, blocksAt, entriesAt, itemsOf, NO_YAML, settingsOf } from '../cel-yaml.ts';
import { valuesOf } from './log-files.ts';
import { IS_KEPT, isKept, isShort } from './log-retention.ts';

/*
 * Periods in the files `f` of a ConfigMap: Loki's, and policies of OpenSearch and Elasticsearch in JSON, as people and their manuals order it; and in the policies that an operator makes of objects.
 */

const isShortText = (value: string) => `[${value}].exists(v, ${isShort('v', 'duration')})`;
const isOnce = (key: string) => `size(t.findAll('\\\\b${key}:')) == 1`;

const FILE = "object.data[k].replace('\\r', '')";
const inYaml = (condition: string) =>
  `object.data.exists(k, object.data[k].contains('retention_') && !${celMatches('object.data[k]', NO_YAML)} && [${FILE}].exists(f, size(f.split('limits_config:')) < 3 && ${condition}))`;
const IN_LOKI = `(${IS_KEPT} && ${inYaml(`${blocksAt('f', '(?:limits_config|table_manager)')}.exists(o, [${valuesOf(settingsOf('o'), 'retention_period', 'm')}].exists(p, size(p) == 1 && ${isShortText('p[0]')}))`)})`;
/** What a stream is, its selector says alone. */
const IN_STREAMS = inYaml(
  `${itemsOf(entriesAt(blockAt('f', 'limits_config'), 'retention_stream'))}.exists(t, !t.contains('#') && ${isOnce('selector')} && ${isOnce('period')} && ${isShortText(`t.find(${celText('\\bperiod: *["\']?[0-9]+[a-z]\\b')}).find('[0-9]+[a-z]$')`)} && [t.find(${celText(`selector: *(?:'[^'\\n]*'|"[^"\\n]*")`)})].exists(n, ${isKept('n')}))`,
);

/** A policy, by itself or as the API takes and gives it. */
const OTHERS = `(?:"\\w+":(?:"[^"]*"|\\w+|\\{[^{}]*\\}|\\[\\{[^{}]*\\}\\]),)*`;
const IS_POLICY = celMatches('f', `^\\{${OTHERS}(?:"policy":\\{${OTHERS})?"(?:phases|states)":`);
const INDEX_AGE = `[f.findAll(${celText('"name":"[^"]*","actions":\\[[^\\[\\]]*"delete":\\{\\}')}).map(d, d.split('"')[3])].exists(d, size(d) < 100 && f.findAll(${celText('"state_name":"[^"]*","conditions":\\{"min_index_age":"[0-9]+[a-z]"\\}')}).exists(t, t.split('"')[3] in d && ${isShortText("t.split('\"')[9]")}))`;
const AGE = isShortText(`f.find(${celText('"delete":\\{"min_age":"[0-9]+[a-z]"')}).find('[0-9]+[a-z]')`);
const IN_POLICIES = `object.data.exists(k, object.data[k].contains('"min_') && [${FILE}.replace('\\n', '').replace('\\t', '').replace(' ', '')].exists(f, ${IS_POLICY} && (${AGE} || ${INDEX_AGE}) && ${anyOf(IS_KEPT, isKept('k'), `f.findAll(${celText('"index_patterns":\\[[^\\]]*\\]')}).exists(n, ${isKept('n')})`)}))`;

/** Each is an expression of its own, for what it costs. */
export const SHORT_FILES: readonly string[] = [IN_LOKI, IN_STREAMS, IN_POLICIES];

/** Outputs of collectors that make log groups; a comment behind the period may be a part of it. */
export const IS_SHORT_OUTPUT = `o.own.find('retention.*#') == '' && size(${valuesOf('o.own', 'log_group_name|group_name|region')}) > 0 && ${valuesOf('o.own', 'log_retention(?:_days)?|retention_in_days')}.exists(v, ${isShort('v', 'cloudwatch-days')}) && ${anyOf(IS_KEPT, `${valuesOf('o.own', 'log_group_(?:name|template)|group_name|match|inputs')}.exists(n, ${isKept('n')})`)}`;

const STATES = 'object.spec.states';
const TEMPLATE = 'object.spec.ismTemplate';
/** A policy as an object: transitions into states that delete. */
export const IS_SHORT_POLICY = `has(object.spec) && has(${STATES}) && ${STATES}.exists(d, has(d.name) && has(d.actions) && d.actions.exists(a, 'delete' in a) && ${STATES}.exists(s, has(s.transitions) && s.transitions.exists(t, has(t.stateName) && t.stateName == d.name && has(t.conditions) && has(t.conditions.minIndexAge) && ${isShortText('string(t.conditions.minIndexAge)')}))) && ${anyOf(IS_KEPT, `(has(${TEMPLATE}) && has(${TEMPLATE}.indexPatterns) && ${TEMPLATE}.indexPatterns.exists(n, ${isKept('n')}))`)}`;
