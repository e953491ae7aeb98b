import type { RuleSettings } from '../../../server/src/rules/settings.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const EXAMPLE = `apiVersion: v1
kind: Pod
metadata:
  name: portal
  namespace: phi
spec:
  containers:
    - name: main
      image: registry.clinic.example/portal:1
      env:
        - name: DD_URL
          value: https://trace.agent.datadoghq.com
`;
const listed = (businessAssociates: RuleSettings['businessAssociates']) => ({ businessAssociates });
const pod = (env: string, more = '', image = 'registry.clinic.example/a:1') => `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: phi${more} }
spec: { containers: [{ name: main, image: ${image}, env: [${env}] }] }
`;

export const cases: RuleCases = {
  valid: [
    { name: 'a vendor on the list', code: EXAMPLE, settings: listed([{ name: 'Datadog' }]) },
    { name: 'no list is kept', code: EXAMPLE },
    {
      name: 'listed under the name that everybody uses',
      code: pod(
        '{ name: A, value: https://s3.amazonaws.com/b }, { name: B, value: https://storage.googleapis.com/b }',
      ),
      settings: listed([{ name: 'aws' }, { name: 'GCP' }]),
    },
    {
      name: 'listed by host, registry or id',
      code: `${pod('{ name: A, value: "https://intake.logs.datadoghq.eu/v1" }', '', 'clinic.azurecr.io/a:1')}---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
`,
      settings: listed([
        { name: 'Our metrics', hosts: ['datadoghq.eu'] },
        { name: 'Our images', registries: ['clinic.azurecr.io'] },
        { name: 'Our disks', ids: ['ebs.csi.aws.com'] },
      ]),
    },
    {
      name: 'hosts of one’s own, and names that only look like a vendor’s',
      code: pod(
        '{ name: SENTRY_URL, value: https://sentry.clinic.example }, { name: B, value: notdatadoghq.com }',
      ),
      settings: listed([]),
    },
    {
      name: 'outside of PHI scope',
      code: pod('{ name: A, value: api.openai.com }', ', labels: { kube-safeguards.io/phi: "false" }'),
      settings: listed([]),
    },
    {
      name: 'a public registry, which another rule reports',
      code: pod('', '', 'quay.io/a/b:1'),
      settings: listed([]),
    },
  ],
  invalid: [
    {
      name: 'an endpoint of a vendor',
      code: EXAMPLE.replace('https://trace.agent.datadoghq.com', '«https://trace.agent.datadoghq.com»'),
      settings: listed([{ name: 'Amazon Web Services' }]),
      errors: [
        {
          messageId: 'sends',
          severity: 'warning',
          message:
            'Pod "portal" sends to Datadog, with which the configuration lists no agreement. Record it under businessAssociates, or keep ePHI from going there.',
        },
      ],
      output: undefined,
    },
    {
      name: 'images, annotations, storage, log sinks and configuration, each vendor once a resource',
      code: `${pod(
        '{ name: A, value: «api.openai.com» }, { name: B, value: "https://api.openai.com/v1" }',
        ', annotations: { ad.datadoghq.com/main.logs: «"[]"» }',
        '«123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1»',
      )}---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: «pd.csi.storage.gke.io»
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: a }
spec: { csi: { driver: «disk.csi.azure.com», volumeHandle: a } }
---
apiVersion: logging.banzaicloud.io/v1beta1
kind: ClusterOutput
metadata: { name: logs, namespace: logging }
spec: { sumologic: «{ source_name: a }» }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: fluent-bit, namespace: logging }
data:
  output.conf: «|
    [OUTPUT]
        Name http
        Host http-intake.logs.datadoghq.com
»---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: phi }
spec: { type: ExternalName, externalName: «c.abc.us-east-1.rds.amazonaws.com» }
---
apiVersion: v1
kind: Node
metadata: { name: n }
spec: { providerID: «azure:///subscriptions/1» }
`,
      settings: listed([]),
      errors: [
        { messageId: 'runs' },
        { messageId: 'pulls' },
        { messageId: 'sends' },
        { messageId: 'stores' },
        { messageId: 'stores' },
        { messageId: 'sends' },
        { messageId: 'sends' },
        { messageId: 'sends' },
        { messageId: 'runs' },
      ],
      output: undefined,
    },
  ],
};
