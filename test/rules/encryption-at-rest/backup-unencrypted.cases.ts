import { fixed } from '../../support/marked-text.ts';
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
    {
      name: 'Percona and Crunchy with keys, and stores that encrypt by themselves',
      code: `apiVersion: psmdb.percona.com/v1
kind: PerconaServerMongoDB
metadata: { name: mongo, namespace: phi }
spec:
  backup:
    storages:
      s3: { type: s3, s3: { bucket: a, serverSideEncryption: { sseAlgorithm: aws:kms, kmsKeyID: a } } }
      azure: { type: azure, azure: { container: a } }
---
apiVersion: pgv2.percona.com/v2
kind: PerconaPGCluster
metadata: { name: pg, namespace: phi }
spec:
  backups:
    pgbackrest:
      global: { repo1-cipher-type: aes-256-cbc }
      repos: [{ name: repo1, s3: { bucket: a } }, { name: repo2, gcs: { bucket: a } }]
`,
    },
    {
      name: 'snapshots that stay, and a store that encrypts by itself',
      code: `apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: a }
driver: ebs.csi.aws.com
deletionPolicy: Retain
---
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: store, namespace: phi }
spec: { configuration: { destinationPath: gs://backups/, googleCredentials: { gkeEnvironment: true } } }
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
      ...fixed(`apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db, namespace: a }
spec:
  backup:
    barmanObjectStore:
      s3Credentials: { inheritFromIAMRole: true }
      «wal»: { compression: gzip‹→, encryption: AES256› }
      data: { encryption: AES256 }
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: a }
driver: ebs.csi.aws.com
deletionPolicy: «Delete→Retain»
`),
      errors: [{ messageId: 'barman' }, { messageId: 'snapshots' }],
    },
    {
      name: 'Percona, Crunchy, and the plugin of CloudNativePG',
      ...fixed(`apiVersion: psmdb.percona.com/v1
kind: PerconaServerMongoDB
metadata: { name: mongo, namespace: phi }
spec:
  backup:
    storages:
      daily:
        type: s3
        «s3»:
          bucket: backups
+          serverSideEncryption:
+            sseAlgorithm: aws:kms
+            kmsKeyID: <your key>
---
apiVersion: postgres-operator.crunchydata.com/v1beta1
kind: PostgresCluster
metadata: { name: pg, namespace: phi }
spec:
  backups:
    pgbackrest:
      global: { repo2-cipher-type: «none→aes-256-cbc, repo1-cipher-type: aes-256-cbc» }
      repos:
        - name: «repo1»
          s3: { bucket: a }
        - name: repo2
          s3: { bucket: a }
---
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: store, namespace: phi }
spec:
  configuration:
    destinationPath: s3://backups/
    s3Credentials: { inheritFromIAMRole: true }
    data: { encryption: aws:kms }
    «wal»: { compression: gzip‹→, encryption: AES256› }
`),
      errors: [
        { messageId: 'percona' },
        { messageId: 'pgBackRest' },
        { messageId: 'pgBackRest' },
        { messageId: 'barman' },
      ],
    },
  ],
};
