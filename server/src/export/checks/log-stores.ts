import { BUCKET_ROWS, LOGS } from '../../analysis/log-retention/buckets.ts';
import { FIELD_ROWS } from '../../analysis/log-retention/settings.ts';
import type { Path } from '../../syntax/paths.ts';
import { ARE_LONG_ARGUMENTS, anyOf, celMatches, celTest, celText, WORDS } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';
import { FILES, WITH_FILES } from './log-files.ts';
import { IS_KEPT, isKept, isShort, NAME_AND_LABELS, NAMES } from './log-retention.ts';
import { IS_SHORT_OUTPUT, IS_SHORT_POLICY, SHORT_FILES } from './log-retention-files.ts';

/** All that a pattern of a group matches, which has no more than `(?:a|b)` and `(?:a)?` in it. */
function groupsOf(pattern: string): string[] {
  const [choice, words = '', isOptional] = /\(\?:([^()]*)\)(\??)/.exec(pattern) ?? [];
  if (choice === undefined) return [pattern.replace(/^\^|\\|\$$/g, '')];
  return [...words.split('|'), ...(isOptional ? [''] : [])].flatMap((word) =>
    groupsOf(pattern.replace(choice, () => word)),
  );
}

interface Row {
  readonly group: RegExp;
  readonly kind: RegExp;
}
const allGroups = (rows: readonly Row[]) => [
  {
    apiGroups: [...new Set(rows.flatMap(({ group }) => groupsOf(group.source)))],
    apiVersions: ['*'],
    resources: ['*'],
  },
];
const isOf = ({ group, kind }: Row) =>
  `${celTest("object.apiVersion.split('/')[0]", group)} && ${celTest('object.kind', kind)}`;

/** Whether some value at a path, in which `*` stands for any key, satisfies a condition. */
function someAt(
  node: string,
  [key, ...rest]: Path,
  holds: (value: string, names: string[]) => string,
  names: string[] = [],
): string {
  if (key === undefined) return holds(node, names);
  const any = `k${names.length}`;
  const isThere = key === '*' ? '' : ` && ${celText(String(key))} in ${node}`;
  const below = key === '*' ? `${node}[${any}]` : `${node}[${celText(String(key))}]`;
  const found = someAt(below, rest, holds, key === '*' ? [...names, any] : names);
  return `(type(${node}) == map${isThere} && ${key === '*' ? `${node}.exists(${any}, ${found})` : found})`;
}

/** Of the operator for OpenSearch, whose periods hang on other states. */
const ISM: Row = { group: /^opensearch\.(?:opster\.io|org)$/, kind: /ISMPolicy$/i };
const SHORT_FIELDS = FIELD_ROWS.map((row) => {
  const isShortAt = someAt('object', row.path, (value, names) => {
    const isStream = row.product === 'Loki' && names.length > 0;
    const kept = [...names.map(isKept), ...(isStream ? [] : [IS_KEPT])];
    return `((type(${value}) == int || type(${value}) == string) && [string(${value})].exists(v, ${isShort('v', row.notation)}) && ${anyOf(...kept)})`;
  });
  return `(${isOf(row)} && ${isShortAt})`;
});

const FLAG = celText(
  '(?:^|\\x1f)--?(?:retentionPeriod|storage\\.tsdb\\.retention\\.time)(?:=|\\x1f)[0-9]+[a-z]?(?:$|\\x1f)',
);
const flagIs = (name: string) => `f.contains('${name}') && [f.find('[0-9][^\\x1f]*')]`;
const IN_FLAGS = `variables.containers.exists(c, ${WORDS}.join('\\x1f').findAll(${FLAG}).exists(f, (has(c.image) && ${celMatches('c.image', 'victoria-logs|vlstorage')} && ${flagIs('retentionPeriod')}.exists(v, ${isShort('v', 'duration-or-months')})) || (${flagIs('storage.tsdb')}.exists(v, ${isShort('v', 'duration')}))))`;

const KAFKA = celText(
  '(?m)^[ \\t]*(?:log\\.retention\\.(?:hours|minutes|ms)|retention\\.ms)[ \\t]*=[ \\t]*[0-9]+',
);
const IN_KAFKA = `object.data.exists(k, object.data[k].findAll(${KAFKA}).exists(l, ${(['hours', 'minutes', 'milliseconds'] as const).map((unit) => `(${celMatches('l', unit === 'milliseconds' ? '[.]ms[ \\t]*=' : `[.]${unit}[ \\t]*=`)} && [l.find('[0-9]+$')].exists(v, ${isShort('v', unit)}))`).join(' || ')}))`;

/** Without those of Crossplane for AWS, which an object of its own may lock. */
const BUCKETS = BUCKET_ROWS.filter(
  ({ group }) => !groupsOf(group.source).some((name) => name.includes('.aws.')),
);
const IS_FOR_LOGS = `(variables.names + ['name', 'resourceID'].filter(k, has(object.spec) && k in object.spec).map(k, string(object.spec[k]))).exists(n, ${celTest('n', LOGS)})`;
const isLocked = ({ path, key }: (typeof BUCKETS)[number]) =>
  someAt('object', path, (value) =>
    key === undefined
      ? `string(${value}) == 'true'`
      : `[type(${value}) == list && size(${value}) > 0 ? ${value}[0] : ${value}].exists(v, type(v) == map && '${key}' in v && string(v['${key}']) == 'true')`,
  );

/** As much of a ConfigMap as one expression may read. */
const MOST = 100_000;
const IS_LONG = `!has(object.data) || object.data.map(k, size(object.data[k])).sum() > ${MOST}`;
const CONFIG_MAPS = [resourceRule('', ['configmaps'])];
const LONG_FILES = `ConfigMaps with more than ${MOST / 1000},000 characters`;

const RETENTION = 'log-retention-too-short';
export const LOG_STORE_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: RETENTION,
    on: allGroups([...FIELD_ROWS, ISM]),
    variables: [NAMES],
    expression: `!${anyOf(...SHORT_FIELDS, `(${isOf(ISM)} && ${IS_SHORT_POLICY})`)}`,
    beyond: `periods of several units; policies of OpenSearch and Elasticsearch in YAML, or in an unusual order, and files of Loki and collectors in forms that only a parser reads; logs that only the configuration says are of PHI; ${LONG_FILES}`,
  },
  {
    rule: RETENTION,
    part: 'configmaps',
    on: CONFIG_MAPS,
    variables: [NAMES],
    expression: `${IS_LONG} || !${IS_KEPT} || !${IN_KAFKA}`,
    also: SHORT_FILES.map((found) => `${IS_LONG} || !${found}`),
  },
  {
    rule: RETENTION,
    part: 'collectors',
    on: WITH_FILES,
    variables: [NAMES, FILES],
    expression: `!variables.files.exists(f, f.outputs.exists(o, ${IS_SHORT_OUTPUT}))`,
  },
  {
    rule: RETENTION,
    part: 'flags',
    on: 'workloads',
    variables: [NAMES],
    expression: `${ARE_LONG_ARGUMENTS} || !${IS_KEPT} || !${IN_FLAGS}`,
  },
  {
    rule: 'log-destination-mutable',
    on: allGroups(BUCKETS),
    variables: [{ name: 'names', expression: NAME_AND_LABELS }],
    expression: `!${IS_FOR_LOGS} || !${anyOf(...BUCKETS.map((row) => `(${isOf(row)} && !${isLocked(row)})`))}`,
    beyond:
      'buckets of Crossplane for AWS, which another object may lock, and files of collectors other than Fluent Bit, Fluentd and Vector, or in forms that only a parser reads',
  },
];
