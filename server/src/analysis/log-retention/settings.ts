import { flagsOf } from '../../kubernetes/command-line.ts';
import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { type DocumentOperation, replaceText, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import { ScalarValue, type Value } from '../../syntax/values.ts';
import { logPipelinesOf } from '../log-pipelines/outputs.ts';
import {
  embeddedTree,
  inTree,
  type Section,
  type Spot,
  spotOf,
  type Tree,
  treeOf,
} from '../log-pipelines/sections.ts';
import type { Notation } from './periods.ts';

/** A setting that says for how long logs are kept. */
export interface RetentionSetting {
  readonly product: string;
  readonly setting: string;
  readonly text: string;
  readonly notation: Notation;
  readonly at: Spot;
  /** What the logs are called there: index patterns, log groups, topics, tenants; beside the resource's own names. */
  readonly subjects: readonly string[];
  readonly write: (value: string) => DocumentOperation[];
}

/** All settings of a resource that decide for how long logs are kept. */
export function retentionSettingsOf(resource: Resource): RetentionSetting[] {
  return [
    ...fromFields(resource),
    ...fromConfigMap(resource),
    ...fromPipelines(resource),
    ...fromFlags(resource),
  ];
}

interface FieldRow {
  readonly group: RegExp;
  readonly kind: RegExp;
  readonly product: string;
  /** `*` stands for any key, whose name then is a subject. */
  readonly path: Path;
  readonly notation: Notation;
}

export const FIELD_ROWS: readonly FieldRow[] = [
  // https://aws-controllers-k8s.github.io/community/reference/cloudwatchlogs/v1alpha1/loggroup/
  {
    group: /^cloudwatchlogs\.services\.k8s\.aws$/,
    kind: /^LogGroup$/,
    product: 'CloudWatch Logs',
    path: ['spec', 'retentionDays'],
    notation: 'cloudwatch-days',
  },
  // https://marketplace.upbound.io/providers/upbound/provider-aws-cloudwatchlogs and the older crossplane-contrib provider
  {
    group: /^cloudwatchlogs\.aws\.(?:m\.)?(?:upbound|crossplane)\.io$/,
    kind: /^(?:Log)?Group$/,
    product: 'CloudWatch Logs',
    path: ['spec', 'forProvider', 'retentionInDays'],
    notation: 'cloudwatch-days',
  },
  // https://azure.github.io/azure-service-operator/reference/operationalinsights/ and Upbound's provider
  {
    group: /^operationalinsights\.azure\.com$/,
    kind: /^Workspace$/,
    product: 'Azure Monitor',
    path: ['spec', 'retentionInDays'],
    notation: 'azure-workspace-days',
  },
  {
    group: /^operationalinsights\.azure\.(?:m\.)?upbound\.io$/,
    kind: /^Workspace$/,
    product: 'Azure Monitor',
    path: ['spec', 'forProvider', 'retentionInDays'],
    notation: 'azure-workspace-days',
  },
  {
    group: /^operationalinsights\.azure\.(?:m\.)?upbound\.io$/,
    kind: /^WorkspaceTable$/,
    product: 'Azure Monitor',
    path: ['spec', 'forProvider', 'totalRetentionInDays'],
    notation: 'azure-table-days',
  },
  // https://cloud.google.com/config-connector/docs/reference/resource-docs/logging/logginglogbucket
  {
    group: /^logging\.cnrm\.cloud\.google\.com$/,
    kind: /^LoggingLogBucket$/,
    product: 'Google Cloud Logging',
    path: ['spec', 'retentionDays'],
    notation: 'days',
  },
  {
    group: /^logging\.gcp\.(?:m\.)?upbound\.io$/,
    kind: /BucketConfig$/,
    product: 'Google Cloud Logging',
    path: ['spec', 'forProvider', 'retentionDays'],
    notation: 'days',
  },
  // https://strimzi.io/docs/operators/latest/configuring.html#type-KafkaTopicSpec-reference and Confluent for Kubernetes
  {
    group: /^kafka\.strimzi\.io$/,
    kind: /^KafkaTopic$/,
    product: 'Kafka',
    path: ['spec', 'config', 'retention.ms'],
    notation: 'milliseconds',
  },
  {
    group: /^platform\.confluent\.io$/,
    kind: /^KafkaTopic$/,
    product: 'Kafka',
    path: ['spec', 'configs', 'retention.ms'],
    notation: 'milliseconds',
  },
  // https://loki-operator.dev/docs/api.md: the tenants of OpenShift are application, infrastructure and audit.
  {
    group: /^loki\.grafana\.com$/,
    kind: /^LokiStack$/,
    product: 'Loki',
    path: ['spec', 'limits', 'global', 'retention', 'days'],
    notation: 'days',
  },
  {
    group: /^loki\.grafana\.com$/,
    kind: /^LokiStack$/,
    product: 'Loki',
    path: ['spec', 'limits', 'tenants', '*', 'retention', 'days'],
    notation: 'days',
  },
  // https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/elastic-stack-configuration-policies
  {
    group: /^stackconfigpolicy\.k8s\.elastic\.co$/,
    kind: /^StackConfigPolicy$/,
    product: 'Elasticsearch',
    path: ['spec', 'elasticsearch', 'indexLifecyclePolicies', '*', 'phases', 'delete', 'min_age'],
    notation: 'duration',
  },
  // https://docs.victoriametrics.com/operator/api/
  {
    group: /^operator\.victoriametrics\.com$/,
    kind: /^V(?:Logs|LSingle)$/,
    product: 'VictoriaLogs',
    path: ['spec', 'retentionPeriod'],
    notation: 'duration-or-months',
  },
  {
    group: /^operator\.victoriametrics\.com$/,
    kind: /^VLCluster$/,
    product: 'VictoriaLogs',
    path: ['spec', 'vlstorage', 'retentionPeriod'],
    notation: 'duration-or-months',
  },
];

function fromFields(resource: Resource): RetentionSetting[] {
  const rows = FIELD_ROWS.filter(({ group, kind }) => group.test(resource.group) && kind.test(resource.kind));
  const tree = treeOf(resource.root);
  const found = rows.flatMap(({ product, path, notation }) =>
    valuesAt(resource.root, path).flatMap(({ value, names }) =>
      settingAt(tree, value, product, notation, names),
    ),
  );
  const isIsm = /ISMPolicy$/i.test(resource.kind) && /^opensearch\./.test(resource.group);
  return isIsm && resource.spec !== undefined
    ? [...found, ...ismSettings(tree, resource.spec, 'minIndexAge', 'stateName')]
    : found;
}

/** The values at a path whose stars stand for any key. */
function valuesAt(
  root: Value,
  path: Path,
  names: readonly string[] = [],
): { value: Value; names: readonly string[] }[] {
  const [segment, ...rest] = path;
  if (segment === undefined) return [{ value: root, names }];
  if (segment === '*')
    return root.entries.flatMap(({ key, value }) => valuesAt(value, rest, [...names, key]));
  const child = root.get(segment);
  return child === undefined ? [] : valuesAt(child, rest, names);
}

function settingAt(
  tree: Tree,
  value: Value | undefined,
  product: string,
  notation: Notation,
  subjects: readonly string[],
): RetentionSetting[] {
  if (!(value instanceof ScalarValue) || value.isNull) return [];
  return [
    {
      product,
      setting: String(value.path.at(-1) ?? ''),
      text: value.decoded,
      notation,
      at: spotOf(tree, value),
      subjects,
      write: (text) =>
        inTree(
          tree,
          set(value.path, typeof value.data === 'number' && /^\d+$/.test(text) ? Number(text) : text),
        ),
    },
  ];
}

/** Loki's file, policies of OpenSearch and Elasticsearch, properties of Kafka, in the files of a ConfigMap. */
function fromConfigMap({ kind, group, root }: Resource): RetentionSetting[] {
  if (kind !== 'ConfigMap' || group !== '') return [];
  return (root.get('data')?.entries ?? []).flatMap(({ key, value }) => {
    if (!(value instanceof ScalarValue) || !/retention|min_(?:index_)?age/.test(value.decoded)) return [];
    const kafka = kafkaProperties(value);
    if (kafka.length > 0) return kafka;
    const tree = embeddedTree(value);
    return tree === undefined ? [] : inFile(tree, key);
  });
}

function inFile(tree: Tree, file: string): RetentionSetting[] {
  const { root } = tree;
  const policy = root.get('policy') ?? root;
  const subjects = [file, ...patternsOf(policy)];
  if (policy.has(['phases', 'delete', 'min_age']))
    return settingAt(tree, policy.at(['phases', 'delete', 'min_age']), 'Elasticsearch', 'duration', subjects);
  if (policy.has(['states']))
    return ismSettings(tree, policy, 'min_index_age', 'state_name').map((setting) => ({
      ...setting,
      subjects: [...setting.subjects, ...subjects],
    }));
  return lokiSettings(tree);
}

/** Source: https://grafana.com/docs/loki/latest/operations/storage/retention/ */
function lokiSettings(tree: Tree): RetentionSetting[] {
  const { root } = tree;
  const limits = root.get('limits_config');
  const isLoki = limits !== undefined || root.has(['table_manager']) || root.has(['schema_config']);
  if (!isLoki) return [];
  const streams = (limits?.get('retention_stream')?.items ?? []).flatMap((stream) =>
    settingAt(tree, stream.get('period'), 'Loki', 'duration', [stream.get('selector')?.text ?? '']),
  );
  return [
    ...settingAt(tree, limits?.get('retention_period'), 'Loki', 'duration', []),
    ...settingAt(tree, root.at(['table_manager', 'retention_period']), 'Loki', 'duration', []),
    ...streams,
  ];
}

/**
 * Transitions of an Index State Management policy into a state that deletes.
 *
 * Source: https://docs.opensearch.org/latest/im-plugin/ism/policies/
 */
function ismSettings(tree: Tree, policy: Value, ageKey: string, stateKey: string): RetentionSetting[] {
  const states = policy.get('states')?.items ?? [];
  const deletes = new Set(
    states
      .filter((state) => (state.get('actions')?.items ?? []).some((action) => action.has(['delete'])))
      .map((state) => state.get('name')?.text),
  );
  return states.flatMap((state) =>
    (state.get('transitions')?.items ?? [])
      .filter((transition) => deletes.has(transition.get(stateKey)?.text))
      .flatMap((transition) =>
        settingAt(tree, transition.at(['conditions', ageKey]), 'OpenSearch', 'duration', patternsOf(policy)),
      ),
  );
}

function patternsOf(policy: Value): string[] {
  const template = policy.get('ism_template') ?? policy.get('ismTemplate');
  const templates = template === undefined ? [] : template.kind === 'list' ? template.items : [template];
  return templates.flatMap((item) =>
    ((item.get('index_patterns') ?? item.get('indexPatterns'))?.items ?? []).map(({ text }) => text ?? ''),
  );
}

/** Source: https://kafka.apache.org/documentation/#brokerconfigs_log.retention.ms */
function kafkaProperties(scalar: ScalarValue): RetentionSetting[] {
  const pattern = /^[ \t]*(log\.retention\.(hours|minutes|ms)|retention\.ms)[ \t]*=[ \t]*(\d+)/gm;
  return [...scalar.decoded.matchAll(pattern)].map((match) => {
    const [all, setting = '', unit = 'ms', text = ''] = match;
    const end = match.index + all.length;
    const part = { start: end - text.length, end };
    const notation = unit === 'hours' || unit === 'minutes' ? unit : 'milliseconds';
    return {
      product: 'Kafka',
      setting,
      text,
      notation,
      at: { at: scalar, part },
      subjects: [],
      write: (value) => [replaceText(scalar.path, part, value)],
    };
  });
}

/** Outputs of collectors that make log groups of CloudWatch and say for how long those keep. */
function fromPipelines(resource: Resource): RetentionSetting[] {
  return logPipelinesOf(resource).flatMap(({ product, outputs }) =>
    outputs.flatMap(({ section }) =>
      ['log_retention_days', 'log_retention', 'retention.days', 'retention_in_days'].flatMap((key) => {
        const setting = section.get(key);
        if (
          setting === undefined ||
          !section.all('log_group_name').concat(section.all('group_name'), section.all('region')).length
        )
          return [];
        return [
          {
            product,
            setting: key,
            text: setting.value,
            notation: 'cloudwatch-days' as const,
            at: setting.spot,
            subjects: subjectsOf(section),
            write: (value: string) => setting.replacePart({ start: 0, end: setting.value.length }, value),
          },
        ];
      }),
    ),
  );
}

function subjectsOf(section: Section): string[] {
  return ['log_group_name', 'group_name', 'log_group_template', 'match', 'inputs'].flatMap((key) =>
    section.all(key).map(({ value }) => value),
  );
}

/** `-retentionPeriod` of VictoriaLogs and `--storage.tsdb.retention.time` of Prometheus. */
function fromFlags(resource: Resource): RetentionSetting[] {
  const tree = treeOf(resource.root);
  return (podOf(resource)?.containers ?? []).flatMap((container) => {
    const isVictoriaLogs = /victoria-logs|vlstorage/.test(container.image?.text ?? '');
    return flagsOf(container).flatMap(({ name, value, at, valueAt }): RetentionSetting[] => {
      const isVictoria = name === 'retentionPeriod' && isVictoriaLogs;
      if ((!isVictoria && name !== 'storage.tsdb.retention.time') || value === undefined) return [];
      const product = isVictoria ? 'VictoriaLogs' : 'Prometheus';
      const notation = isVictoria ? 'duration-or-months' : 'duration';
      if (valueAt !== undefined)
        return settingAt(tree, valueAt, product, notation, []).map((found) => ({ ...found, setting: name }));
      const end = at.text?.length ?? 0;
      const part = { start: end - value.length, end };
      return [
        {
          product,
          setting: name,
          text: value,
          notation,
          at: { at, part },
          subjects: [],
          write: (text) => [replaceText(at.path, part, text)],
        },
      ];
    });
  });
}
