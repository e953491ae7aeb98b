import type { RuleCases } from '../../support/rule-cases.ts';

const object = (apiVersion: string, kind: string, name: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: logging }\nspec: ${spec}\n`;

const config = (key: string, text: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: collector, namespace: logging }
data:
  ${key}: |
${text.replace(/^(?=.)/gm, '    ')}`;

const buckets = (length: number) => Array.from({ length }, () => ({ messageId: 'bucket' }));

export const cases: RuleCases = {
  valid: [
    {
      name: 'a bucket with object lock',
      code: `apiVersion: s3.services.k8s.aws/v1alpha1
kind: Bucket
metadata:
  name: clinic-audit-logs
  namespace: logging
spec:
  name: clinic-audit-logs
  objectLockEnabledForBucket: true
`,
    },
    {
      name: 'a bucket for something else; locks of other clouds, and one that is an object of its own',
      code: `${object('s3.services.k8s.aws/v1alpha1', 'Bucket', 'images', '{ name: clinic-images }')}---
${object('storage.cnrm.cloud.google.com/v1beta1', 'StorageBucket', 'audit', '{ retentionPolicy: { isLocked: true, retentionPeriod: 189216000 } }')}---
${object('s3.aws.upbound.io/v1beta1', 'Bucket', 'audit', '{ forProvider: { region: us-east-1 } }')}---
${object('s3.aws.upbound.io/v1beta1', 'BucketObjectLockConfiguration', 'a', '{ forProvider: { bucketRef: { name: audit } } }')}`,
    },
    {
      name: 'audit logs that go to object storage too, or are passed on; other logs',
      code: `${config('a.conf', '[INPUT]\n    Name tail\n    Path /var/log/kubernetes/audit.log\n[OUTPUT]\n    Name es\n    Host localhost\n[OUTPUT]\n    Name s3\n    bucket audit\n')}---
${config('b.conf', '[INPUT]\n    Name tail\n    Path /var/log/kubernetes/audit.log\n[OUTPUT]\n    Name forward\n    Host localhost\n')}---
${config('c.conf', '[INPUT]\n    Name tail\n    Path /var/log/containers/*.log\n[OUTPUT]\n    Name es\n    Host localhost\n')}`,
    },
  ],
  invalid: [
    {
      name: 'a bucket for logs',
      code: `apiVersion: s3.services.k8s.aws/v1alpha1
kind: Bucket
metadata:
  name: clinic-audit-logs
  namespace: logging
«spec»:
  name: clinic-audit-logs
`,
      errors: [
        {
          messageId: 'bucket',
          message:
            'Bucket "clinic-audit-logs" keeps logs, but lets them be changed and deleted: no object lock. A log that can be altered is no evidence of who saw ePHI.',
        },
      ],
      output: `apiVersion: s3.services.k8s.aws/v1alpha1
kind: Bucket
metadata:
  name: clinic-audit-logs
  namespace: logging
spec:
  name: clinic-audit-logs
  objectLockEnabledForBucket: true
`,
    },
    {
      name: 'buckets of other clouds and providers',
      code: `${object('s3.aws.upbound.io/v1beta1', 'Bucket', 'audit', '{ «forProvider»: { region: us-east-1 } }')}---
${object('s3.aws.crossplane.io/v1beta1', 'Bucket', 'app-logs', '{ forProvider: { objectLockEnabledForBucket: «false» } }')}---
apiVersion: storage.cnrm.cloud.google.com/v1beta1
kind: StorageBucket
metadata: { name: audit, namespace: logging }
«spec»:
  location: US
---
${object('storage.gcp.upbound.io/v1beta1', 'Bucket', 'audit', '{ forProvider: { retentionPolicy: «[{ retentionPeriod: 86400 }]» } }')}---
${object('storage.azure.com/v1api20230101', 'StorageAccountsBlobServicesContainer', 'audit', '{ immutableStorageWithVersioning: «{ enabled: false }» }')}`,
      errors: buckets(5),
      output: `apiVersion: s3.aws.upbound.io/v1beta1
kind: Bucket
metadata: { name: audit, namespace: logging }
spec: { forProvider: { region: us-east-1, objectLockEnabled: true } }
---
apiVersion: s3.aws.crossplane.io/v1beta1
kind: Bucket
metadata: { name: app-logs, namespace: logging }
spec: { forProvider: { objectLockEnabledForBucket: true } }
---
apiVersion: storage.cnrm.cloud.google.com/v1beta1
kind: StorageBucket
metadata: { name: audit, namespace: logging }
spec:
  location: US
  retentionPolicy:
    isLocked: true
    retentionPeriod: 189216000
---
apiVersion: storage.gcp.upbound.io/v1beta1
kind: Bucket
metadata: { name: audit, namespace: logging }
spec: { forProvider: { retentionPolicy: [{ isLocked: true, retentionPeriod: 189216000 }] } }
---
apiVersion: storage.azure.com/v1api20230101
kind: StorageAccountsBlobServicesContainer
metadata: { name: audit, namespace: logging }
spec: { immutableStorageWithVersioning: { enabled: true } }
`,
    },
    {
      name: 'an audit log that only goes where it can be changed',
      code: `${config('fluent-bit.conf', '[INPUT]\n    Name tail\n    Path /var/log/kubernetes/audit/audit.log\n    Tag  audit.*\n«[OUTPUT]»\n    Name es\n    Host localhost\n')}---
${config('vector.yaml', 'sources:\n  in: { type: file, include: [/var/log/audit.log] }\nsinks:\n  «a»: { type: loki, inputs: [in], endpoint: "https://loki.example.com" }\n')}`,
      errors: [
        {
          messageId: 'pipeline',
          message:
            'Fluent Bit sends an audit log only to es, where entries can be changed and deleted. Send it also to object storage with a retention lock.',
        },
        { messageId: 'pipeline' },
      ],
      output: undefined,
    },
  ],
};
