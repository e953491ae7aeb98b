import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'Velero with a key',
      code: `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: default, namespace: velero }
spec: { provider: aws, config: { region: us-east-1, kmsKeyId: alias/backups } }
`,
    },
    {
      name: 'CloudNativePG with encryption',
      code: `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db, namespace: a }
spec:
  backup:
    barmanObjectStore:
      s3Credentials: { inheritFromIAMRole: true }
      wal: { encryption: AES256 }
      data: { encryption: AES256 }
`,
    },
    {
      name: 'a Cluster of somebody else',
      code: `apiVersion: cluster.x-k8s.io/v1beta1
kind: Cluster
metadata: { name: a }
`,
    },
  ],
  invalid: [
    {
      name: 'Velero without',
      code: `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: default, namespace: velero }
spec:
  provider: «aws»
  objectStorage: { bucket: clinic-backups }
`,
      errors: [{ messageId: 'velero' }],
      output: `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: default, namespace: velero }
spec:
  provider: aws
  objectStorage: { bucket: clinic-backups }
  config:
    kmsKeyId: <your key>
`,
    },
    {
      name: 'a database and its snapshots',
      code: `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db, namespace: a }
spec:
  backup:
    barmanObjectStore:
      s3Credentials: { inheritFromIAMRole: true }
      «wal»: { compression: gzip }
      data: { encryption: AES256 }
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: a }
driver: ebs.csi.aws.com
deletionPolicy: «Delete»
`,
      errors: [{ messageId: 'barman' }, { messageId: 'snapshots' }],
      output: `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db, namespace: a }
spec:
  backup:
    barmanObjectStore:
      s3Credentials: { inheritFromIAMRole: true }
      wal: { compression: gzip, encryption: AES256 }
      data: { encryption: AES256 }
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: a }
driver: ebs.csi.aws.com
deletionPolicy: Retain
`,
    },
  ],
};
