import {
  ANNOTATION_ROWS,
  CONFIGURATION_ANNOTATIONS,
  ENV_ROWS,
  FLAG_ROWS,
  RESOURCE_ROWS,
} from '../../analysis/tls/settings-table.ts';
import {
  ARE_LONG_ARGUMENTS,
  anyOf,
  celList,
  celTest,
  celText,
  hasAnnotation,
  IS_LONG_ENVIRONMENT,
  LONG_PODS,
  WORDS,
} from '../cel.ts';
import {
  BETWEEN_WORDS,
  hasWeakDirective,
  hasWeakDirectives,
  isAboutTls,
  WEAK_SUITES,
  WEAK_VERSIONS,
  type Weakness,
} from '../cel-tls.ts';
import { celTextsUnder } from '../cel-walk.ts';
import { type AdmissionCheck, CLUSTER_API, resourceRule } from './check.ts';

/** Files of a node, which are no objects of a cluster. */
const OF_FILES = 'kubelet.config.k8s.io';
/** The keys of each group that decide something. */
function keysByGroup({ decides }: Weakness): [group: string, keys: readonly string[]][] {
  const rows = RESOURCE_ROWS.flatMap(({ groups, services = [], keys }) => {
    const names = Object.keys(keys).filter((key) => decides.includes(keys[key] ?? 'elsewhere'));
    return names.length === 0
      ? []
      : groups
          .flatMap((group) =>
            group.startsWith('.') ? services.map((service) => `${service}${group}`) : [group],
          )
          .map((group): [string, readonly string[]] => [group, names]);
  });
  const keys = new Map<string, readonly string[]>();
  for (const [group, names] of rows) keys.set(group, [...(keys.get(group) ?? []), ...names]);
  keys.delete(OF_FILES);
  return [...keys];
}

function fields(rule: string, weakness: Weakness): AdmissionCheck {
  const groups = keysByGroup(weakness);
  const flags = FLAG_ROWS.filter(({ decides }) => weakness.decides.includes(decides)).flatMap(
    (row) => row.flags,
  );
  const keys = groups.map(([group, names]) => `${celText(group)}: ${celList(names)}`).join(', ');
  return {
    rule,
    part: 'fields',
    on: [{ apiGroups: groups.map(([group]) => group), apiVersions: ['*'], resources: ['*'] }, ...CLUSTER_API],
    variables: [
      { name: 'group', expression: "object.apiVersion.split('/')[0]" },
      {
        name: 'keys',
        expression: `variables.group.endsWith('.cluster.x-k8s.io') ? ${celList(flags)} : {${keys}}[variables.group]`,
      },
      {
        name: 'texts',
        expression: `has(object.spec) ? ${celTextsUnder('variables.keys', 'object.spec')} : []`,
      },
    ],
    expression: `!variables.texts.exists(t, ${weakness.isWeak('t')})`,
  };
}

/** What an expression may cost bounds what can be read: all texts of a ConfigMap, and of them, as of annotations, the lines about TLS. */
const MOST = 300_000;
const MOST_LINES = 30_000;

/** Of Ingresses, and of Services, from which some controllers read them. */
function annotations(rule: string, weakness: Weakness): AdmissionCheck {
  const rows = ANNOTATION_ROWS.filter(({ decides }) => weakness.decides.includes(decides));
  return {
    rule,
    part: 'annotations',
    on: [resourceRule('networking.k8s.io', ['ingresses']), resourceRule('', ['services'])],
    variables: [
      {
        name: 'annotations',
        expression: 'has(object.metadata.annotations) ? object.metadata.annotations : {}',
      },
    ],
    expression: `variables.annotations.map(k, size(variables.annotations[k])).sum() > ${MOST_LINES} || !variables.annotations.exists(k, k in ${celList(rows.map(({ key }) => key))} ? ${weakness.isWeak('variables.annotations[k]')} : (${celTest('k', CONFIGURATION_ANNOTATIONS)} && ${hasWeakDirectives('variables.annotations[k]', weakness)}))`,
  };
}

const namesThat = ({ decides }: Weakness) => {
  const sources = ENV_ROWS.filter((row) => decides.includes(row.decides)).map(({ name }) => name.source);
  return new RegExp(sources.join('|'), 'i');
};

function workloads(rule: string, weakness: Weakness): AdmissionCheck {
  const flags = FLAG_ROWS.filter(({ decides }) => weakness.decides.includes(decides)).flatMap(({ name }) =>
    name.source.split('|^').map((source) => source.replace(/^\^|\$$/g, '')),
  );
  const separator = celText(BETWEEN_WORDS);
  const flag = `(?:^|\\x1f)--?(?:${flags.join('|')})(?:=|\\x1f[^-\\x1f])[^\\x1f]*`;
  const env = `e.name.size() > 0 && ${celTest('e.name', namesThat(weakness))} ? ${weakness.isWeak('e.value')} : ${hasWeakDirectives('e.value', weakness)}`;
  return {
    rule,
    on: 'workloads',
    expression: `${IS_LONG_ENVIRONMENT} || ${ARE_LONG_ARGUMENTS} || !variables.containers.exists(c, ${WORDS}.join(${separator}).findAll(${celText(flag)}).exists(f, ${weakness.isWeak('f')}) || (has(c.env) && c.env.exists(e, has(e.value) && (${env}))))`,
  };
}

function configMaps(rule: string, weakness: Weakness): AdmissionCheck {
  const isNamed = celTest('k', namesThat(weakness));
  const text = 'variables.text';
  return {
    rule,
    part: 'configmaps',
    on: [resourceRule('', ['configmaps'])],
    variables: [
      { name: 'data', expression: 'has(object.data) ? object.data : {}' },
      {
        name: 'text',
        expression: `variables.data.map(k, !${isNamed}, variables.data[k]).join('\\n')`,
      },
      {
        name: 'lines',
        expression: `size(${text}) > ${MOST} || !${isAboutTls(text)} ? [] : ${text}.split('\\n').filter(l, ${isAboutTls('l')})`,
      },
    ],
    expression: `!variables.data.exists(k, ${isNamed} && ${weakness.isWeak('variables.data[k]')})`,
    also: [
      `size(variables.lines.join('')) > ${MOST_LINES} || !variables.lines.exists(l, ${hasWeakDirective('l', weakness)})`,
    ],
    beyond: `ConfigMaps of more than ${MOST / 1000},000 characters, or with ${MOST_LINES / 1000},000 in lines about TLS or in annotations, and ${LONG_PODS}`,
  };
}

const checksFor = (rule: string, weakness: Weakness) =>
  [configMaps, workloads, annotations, fields].map((check) => check(rule, weakness));

export const TLS_SETTING_CHECKS: readonly AdmissionCheck[] = [
  ...checksFor('weak-tls-version', WEAK_VERSIONS),
  {
    rule: 'weak-tls-version',
    part: 'elsewhere',
    isAdvice: true,
    on: [
      resourceRule('networking.k8s.io', ['ingresses']),
      resourceRule('networking.gke.io', ['frontendconfigs'], ['*']),
    ],
    expression: `!${anyOf(
      ...ANNOTATION_ROWS.filter(({ decides }) => decides === 'elsewhere').map(({ key }) =>
        hasAnnotation(key),
      ),
      '(has(object.spec) && has(object.spec.sslPolicy))',
    )}`,
  },
  ...checksFor('weak-tls-cipher', WEAK_SUITES),
];
