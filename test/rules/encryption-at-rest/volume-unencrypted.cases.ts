import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'an encrypted class',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: encrypted
provisioner: ebs.csi.aws.com
parameters: { encrypted: "true", kmsKeyId: arn }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: records
  namespace: patient-portal
spec:
  storageClassName: encrypted
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`,
    },
    {
      name: 'a class that is not in view',
      code: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: records
  namespace: patient-portal
spec:
  storageClassName: elsewhere
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`,
    },
    {
      name: 'the default class encrypts',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: encrypted
  annotations: { storageclass.kubernetes.io/is-default-class: "true" }
provisioner: ebs.csi.aws.com
parameters: { encrypted: "true", kmsKeyId: arn }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: records
  namespace: patient-portal
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`,
    },
    {
      name: 'no class, and the rest is not in view',
      code: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: records
  namespace: patient-portal
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`,
      isolated: true,
    },
  ],
  invalid: [
    {
      name: 'a class that does not encrypt',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: encrypted
provisioner: ebs.csi.aws.com
parameters: { encrypted: "true", kmsKeyId: arn }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: records
  namespace: patient-portal
spec:
  storageClassName: «fast»
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`,
      errors: [{ messageId: 'plainClass' }],
      output: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: encrypted
provisioner: ebs.csi.aws.com
parameters: { encrypted: "true", kmsKeyId: arn }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: records
  namespace: patient-portal
spec:
  storageClassName: encrypted
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`,
    },
    {
      name: 'templates of a StatefulSet, and an operator',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: rancher.io/local-path
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: a }
spec:
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { storageClassName: «fast» }
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db, namespace: a }
spec:
  storage: { size: 10Gi, storageClass: «fast» }
`,
      errors: [{ messageId: 'plainClass' }, { messageId: 'plainClass' }],
      output: undefined,
    },
    {
      name: 'no class named, and a folder of the node',
      code: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: records
  namespace: patient-portal
«spec»:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: data }
spec:
  capacity: { storage: 10Gi }
  «hostPath»: { path: /data }
`,
      errors: [{ messageId: 'noClass' }, { messageId: 'plainSource' }],
      output: undefined,
    },
  ],
};
