import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const config = (name: string, key: string, text: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: logging }
data:
  ${key}: |
${text.replace(/^(?=.)/gm, '    ')}`;

const object = (apiVersion: string, kind: string, name: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: logging }\nspec: ${spec}\n`;

const short = (length: number) => Array.from({ length }, () => ({ messageId: 'short' }));

export const cases: RuleCases = {
  valid: [
    {
      name: 'six years',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: loki-audit
  namespace: logging
data:
  loki.yaml: |
    limits_config:
      retention_period: 2190d
`,
    },
    {
      name: 'without end, longer, and in other spellings',
      code: `${config('loki-audit', 'loki.yaml', 'limits_config:\n  retention_period: 0s\ntable_manager:\n  retention_period: 6y\n')}---
${object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'audit', '{ config: { retention.ms: -1 } }')}---
${object('cloudwatchlogs.services.k8s.aws/v1alpha1', 'LogGroup', 'audit', '{ name: audit, retentionDays: 2557 }')}---
${object('logging.cnrm.cloud.google.com/v1beta1', 'LoggingLogBucket', 'audit', '{ retentionDays: 3650 }')}`,
    },
    {
      name: 'flags of programs',
      code: `apiVersion: v1
kind: Pod
metadata: { name: audit-logs, namespace: logging }
spec:
  containers:
    - { name: a, image: victoriametrics/victoria-logs:v1.0.0, args: [-retentionPeriod=6y] }
    - { name: b, image: prom/prometheus, args: [--storage.tsdb.retention.time, 2190d, --storage.tsdb.retention.size=1GB] }
    - { name: c, image: registry.example/app, args: [-retentionPeriod=1] }
`,
    },
    {
      name: 'logs of which nothing says that they are audit logs, and names that only look like it',
      code: `${config('loki', 'loki.yaml', 'limits_config:\n  retention_period: 744h\n')}---
${object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'auditorium', '{ config: { retention.ms: 7200000 } }')}---
${object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'philadelphia', '{ config: { retention.ms: 7200000 } }')}`,
    },
    {
      name: 'other streams of a Loki; a state that does not delete; values of a wrong shape',
      code: `${config('loki', 'loki.yaml', 'limits_config:\n  retention_stream:\n    - selector: \'{namespace="web"}\'\n      period: 24h\n')}---
${config('ism', 'audit.json', '{"policy": {"states": [{"name": "hot", "transitions": [{"state_name": "warm", "conditions": {"min_index_age": "7d"}}]}, {"name": "warm", "actions": [{"read_only": {}}]}]}}\n')}---
${object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'audit', '{ config: { retention.ms: [1] } }')}---
${object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'audit', '[1]')}`,
    },
  ],
  invalid: [
    {
      name: 'Loki for audit logs',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: loki-audit
  namespace: logging
data:
  loki.yaml: |
    auth_enabled: false
    limits_config:
      retention_period: «744h» # a month
`,
      errors: [
        {
          messageId: 'short',
          message:
            'Loki deletes an audit log after 31 days (retention_period); the record of who used ePHI is kept for six years. Set 52560h.',
        },
      ],
      output: `apiVersion: v1
kind: ConfigMap
metadata:
  name: loki-audit
  namespace: logging
data:
  loki.yaml: |
    auth_enabled: false
    limits_config:
      retention_period: 52560h # a month
`,
    },
    {
      name: 'streams and tenants of Loki',
      ...fixed(`${config('loki', 'loki.yaml', `limits_config:\n  retention_period: 744h\n  retention_stream:\n    - { selector: '{app="kube-apiserver-audit"}', period: «"52w"→"313w"» }\n    - { selector: '{namespace="phi"}', period: «90d→2190d» }\n`)}---
${object('loki.grafana.com/v1', 'LokiStack', 'logs', '{ limits: { tenants: { application: { retention: { days: 7 } }, audit: { retention: { days: «365→2190» } } } } }')}`),
      errors: short(3),
    },
    {
      name: 'OpenSearch and Elasticsearch',
      ...fixed(`${config(
        'ism-policy',
        'policy.json',
        `{
  "policy": {
    "ism_template": [{"index_patterns": ["audit-*"]}],
    "states": [
      {"name": "hot", "transitions": [{"state_name": "delete", "conditions": {"min_index_age": «"90d"→"2190d"»}}]},
      {"name": "delete", "actions": [{"delete": {}}]}
    ]
  }
}
`,
      )}---
${config('ilm', 'audit-ilm.json', `{"policy": {"phases": {"hot": {}, "delete": {"min_age": «"365d"→"2190d"», "actions": {"delete": {}}}}}}\n`)}---
${object('opensearch.opster.io/v1', 'OpenSearchISMPolicy', 'audit', '{ states: [{ name: a, transitions: [{ stateName: b, conditions: { minIndexAge: «30d→2190d» } }] }, { name: b, actions: [{ delete: {} }] }] }')}---
${object('stackconfigpolicy.k8s.elastic.co/v1alpha1', 'StackConfigPolicy', 'logs', '{ elasticsearch: { indexLifecyclePolicies: { audit: { phases: { delete: { min_age: «30d→2190d», actions: { delete: {} } } } } } } }')}`),
      errors: short(4),
    },
    {
      name: 'clouds: only values that they accept',
      ...fixed(`${object('cloudwatchlogs.services.k8s.aws/v1alpha1', 'LogGroup', 'eks-audit', '{ name: /aws/eks/a/cluster, retentionDays: «90→2192» }')}---
${object('cloudwatchlogs.aws.upbound.io/v1beta1', 'Group', 'audit', '{ forProvider: { region: us-east-1, retentionInDays: «365→2192» } }')}---
${object('logging.cnrm.cloud.google.com/v1beta1', 'LoggingLogBucket', 'audit', '{ location: us, retentionDays: «30→2190» }')}---
${object('operationalinsights.azure.upbound.io/v1beta1', 'WorkspaceTable', 'audit', '{ forProvider: { totalRetentionInDays: «730→2191» } }')}---
${object('operationalinsights.azure.com/v1api20210601', 'Workspace', 'audit', '{ location: eastus, retentionInDays: «90» }')}`),
      errors: [...short(4), { messageId: 'archive' }],
      remaining: 1,
    },
    {
      name: 'Kafka, by topic and by broker',
      ...fixed(`${object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'phi-access-log', '{ config: { retention.ms: «604800000→189216000000» } }')}---
${config('kafka-audit', 'server.properties', 'num.partitions=3\nlog.retention.hours=«168→52560»\n')}`),
      errors: short(2),
    },
    {
      name: 'collectors that make log groups, CRLF',
      ...fixed(
        `${config('fluent-bit', 'fluent-bit.conf', '[OUTPUT]\n    Name cloudwatch_logs\n    Match audit.*\n    region us-east-1\n    log_group_name k8s\n    log_retention_days «90→2192»\n')}`.replaceAll(
          '\n',
          '\r\n',
        ),
      ),
      errors: short(1),
    },
    {
      name: 'VictoriaLogs: a bare number counts months; a namespace that is said to hold PHI',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: logging, labels: { kube-safeguards.io/phi: "true" } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: logs, namespace: logging }
spec:
  template:
    spec:
      containers:
        - name: logs
          image: victoriametrics/victoria-logs:v1.0.0
          args: [-retentionPeriod=«12→2190d», -storageDataPath=/data]
---
${object('operator.victoriametrics.com/v1', 'VLSingle', 'a', '{ retentionPeriod: «1y→6y» }')}`),
      errors: [
        { messageId: 'short', message: /logs of a system with PHI after 372 days/ },
        { messageId: 'short' },
      ],
    },
  ],
};
