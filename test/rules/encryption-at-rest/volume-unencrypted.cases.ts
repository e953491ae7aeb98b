import { fixed, mark } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const PLAIN = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: plain }
provisioner: ebs.csi.aws.com
parameters: { encrypted: "false" }
`;
const ENCRYPTED = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: encrypted }
provisioner: ebs.csi.aws.com
parameters: { encrypted: "true", kmsKeyId: alias/phi }
`;

const claim = (storageClass?: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: records
  namespace: patient-portal
spec:
${storageClass === undefined ? '' : `  storageClassName: ${storageClass}\n`}  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`;

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
      code: claim('elsewhere'),
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
${claim()}`,
    },
    {
      name: 'no class, and the rest is not in view',
      code: claim(),
      isolated: true,
    },
    {
      name: 'NFS that travels encrypted, EFS by TLS, a volume of EBS with its class',
      code: `${ENCRYPTED}---
apiVersion: v1
kind: PersistentVolume
metadata: { name: nfs }
spec:
  mountOptions: ["nfsvers=4.2", "xprtsec=tls"]
  nfs: { server: files, path: / }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: efs }
spec:
  csi:
    driver: efs.csi.aws.com
    volumeHandle: fs-1
    volumeAttributes: { encryptInTransit: "true" }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: ebs }
spec:
  storageClassName: encrypted
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-1 }
`,
    },
    {
      name: 'an encrypted class in templates, in volumes of a pod, and in claims of operators',
      code: `${ENCRYPTED}---
${PLAIN}---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: phi }
spec:
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers: [{ name: a, image: a }]
      volumes:
        - { name: tmp, emptyDir: {} }
        - { name: scratch, ephemeral: { volumeClaimTemplate: { spec: { storageClassName: encrypted } } } }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { storageClassName: encrypted }
    - metadata: { name: by-hand }
      spec: { storageClassName: "" }
---
apiVersion: platform.confluent.io/v1beta1
kind: Kafka
metadata: { name: kafka, namespace: phi }
spec:
  storageClass: { name: encrypted }
---
apiVersion: postgres-operator.crunchydata.com/v1beta1
kind: PostgresCluster
metadata: { name: pg, namespace: phi }
spec:
  instances:
    - dataVolumeClaimSpec: { accessModes: [ReadWriteOnce], storageClassName: encrypted }
`,
    },
    {
      name: 'a class of an operator that is no class of storage',
      code: `apiVersion: kafka.strimzi.io/v1beta2
kind: Kafka
metadata: { name: a, namespace: phi }
spec:
  kafka:
    listeners: [{ name: tls, port: 9093, type: ingress, tls: true, configuration: { class: plain } }]
    storage: { type: ephemeral }
---
${PLAIN}`,
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
      code: `${mark('«spec»', claim())}---
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
    {
      name: 'claims that operators make: Percona, ECK, Crunchy, MongoDB, RabbitMQ, and a volume of Strimzi',
      ...fixed(`${PLAIN}---
${ENCRYPTED}---
apiVersion: psmdb.percona.com/v1
kind: PerconaServerMongoDB
metadata: { name: mongo, namespace: phi }
spec:
  replsets:
    - name: rs0
      volumeSpec:
        persistentVolumeClaim: { storageClassName: «plain→encrypted» }
---
apiVersion: elasticsearch.k8s.elastic.co/v1
kind: Elasticsearch
metadata: { name: search, namespace: phi }
spec:
  nodeSets:
    - name: default
      volumeClaimTemplates:
        - metadata: { name: elasticsearch-data }
          spec: { storageClassName: «plain→encrypted» }
---
apiVersion: postgres-operator.crunchydata.com/v1beta1
kind: PostgresCluster
metadata: { name: pg, namespace: phi }
spec:
  instances:
    - dataVolumeClaimSpec:
        accessModes: [ReadWriteOnce]
        storageClassName: «plain→encrypted»
---
apiVersion: mongodbcommunity.mongodb.com/v1
kind: MongoDBCommunity
metadata: { name: mongo, namespace: phi }
spec:
  statefulSet:
    spec:
      volumeClaimTemplates: [{ metadata: { name: data-volume }, spec: { storageClassName: «plain→encrypted» } }]
---
apiVersion: rabbitmq.com/v1beta1
kind: RabbitmqCluster
metadata: { name: queue, namespace: phi }
spec:
  persistence: { storageClassName: «plain→encrypted» }
---
apiVersion: kafka.strimzi.io/v1beta2
kind: Kafka
metadata: { name: kafka, namespace: phi }
spec:
  kafka:
    storage: { type: jbod, volumes: [{ id: 0, type: persistent-claim, size: 1Gi, class: «plain→encrypted» }] }
`),
      errors: Array.from({ length: 6 }, () => ({ messageId: 'plainClass' })),
    },
    {
      name: 'a volume that lives as long as its pod',
      ...fixed(`${PLAIN}---
${ENCRYPTED}---
apiVersion: v1
kind: Pod
metadata: { name: cache, namespace: phi }
spec:
  containers: [{ name: a, image: a }]
  volumes:
    - name: scratch
      ephemeral:
        volumeClaimTemplate:
          spec: { accessModes: [ReadWriteOnce], storageClassName: «plain→encrypted», resources: { requests: { storage: 1Gi } } }
`),
      errors: [{ messageId: 'plainClass' }],
    },
    {
      name: 'the default class does not encrypt: templates, a volume of a pod, and a claim of an operator',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: plain, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }
provisioner: rancher.io/local-path
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: phi }
spec:
  template:
    spec:
      containers: [{ name: a, image: a }]
      volumes:
        - name: scratch
          ephemeral: { volumeClaimTemplate: { «spec»: { accessModes: [ReadWriteOnce] } } }
  volumeClaimTemplates:
    - metadata: { name: data }
      «spec»: { accessModes: [ReadWriteOnce] }
---
apiVersion: postgres-operator.crunchydata.com/v1beta1
kind: PostgresCluster
metadata: { name: pg, namespace: phi }
spec:
  instances:
    - «dataVolumeClaimSpec»: { accessModes: [ReadWriteOnce] }
---
apiVersion: platform.confluent.io/v1beta1
kind: Kafka
metadata: { name: kafka, namespace: phi }
spec:
  storageClass: { name: «plain» }
`,
      errors: Array.from({ length: 4 }, () => ({ messageId: 'plainClass' })),
      output: undefined,
    },
    {
      name: 'EFS without TLS, by volume and by class',
      ...fixed(`apiVersion: v1
kind: PersistentVolume
metadata: { name: efs }
spec:
  csi:
    driver: efs.csi.aws.com
    volumeHandle: fs-1
    volumeAttributes: { encryptInTransit: «"false"→"true"» }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: efs }
provisioner: efs.csi.aws.com
parameters: { encryptInTransit: «"false"→"true"» }
`),
      errors: [{ messageId: 'plainTransit' }, { messageId: 'plainTransit' }],
    },
    {
      name: 'volumes of EBS: with a class that does not encrypt, and with none',
      code: `${PLAIN}---
apiVersion: v1
kind: PersistentVolume
metadata: { name: old }
spec:
  storageClassName: «plain»
  awsElasticBlockStore: { volumeID: vol-1 }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: any }
spec:
  csi: «{ driver: ebs.csi.aws.com, volumeHandle: vol-2 }»
`,
      errors: [{ messageId: 'plainClass' }, { messageId: 'unknownSource', severity: 'information' }],
      output: undefined,
    },
  ],
};
