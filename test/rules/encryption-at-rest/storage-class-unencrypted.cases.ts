import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'EBS with encryption',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  type: gp3
  encrypted: "true"
`,
    },
    {
      name: 'the name of a parameter counts without case',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters: { Encrypted: "True" }
`,
    },
    {
      name: 'a platform that always encrypts',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: disk.csi.azure.com
`,
    },
    {
      name: 'a provisioner that nobody knows',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: csi.example.com
`,
    },
    {
      name: 'a value that is filled in later',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters: { encrypted: "\${ENCRYPTED}" }
`,
    },
  ],
  invalid: [
    {
      name: 'EBS without a word',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: «ebs.csi.aws.com»
parameters:
  type: gp3
  kmsKeyId: alias/records
`,
      errors: [{ messageId: 'off' }],
      output: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  type: gp3
  kmsKeyId: alias/records
  encrypted: "true"
`,
    },
    {
      name: 'Ceph of Rook, switched off',
      ...fixed(`apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: rook-ceph.rbd.csi.ceph.com
parameters:
    encryptionKMSID: vault
    encrypted: «"false"→"true"»
`),
      errors: [{ messageId: 'off' }],
    },
    {
      name: 'local disks, and EFS',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: «rancher.io/local-path»
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: «efs.csi.aws.com»
`,
      errors: [{ messageId: 'never' }, { messageId: 'elsewhere' }],
      output: undefined,
    },
    {
      name: 'drivers with words of their own',
      ...fixed(`apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: zfs }
provisioner: zfs.csi.openebs.io
parameters: { encryption: «"off"→"on"» }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: tencent }
provisioner: «com.tencent.cloud.csi.cbs»
+parameters:
+  encrypt: ENCRYPT
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: linstor }
provisioner: «linstor.csi.linbit.com»
+parameters:
+  linstor.csi.linbit.com/encryption: "true"
`),
      errors: [{ messageId: 'off' }, { messageId: 'off' }, { messageId: 'off' }],
    },
  ],
};
