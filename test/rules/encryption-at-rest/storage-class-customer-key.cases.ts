import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a key',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  encrypted: "true"
  kmsKeyId: arn:aws:kms:us-east-1:111122223333:key/1234abcd
`,
    },
    {
      name: 'not encrypted: another rule says so',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
`,
    },
    {
      name: 'a platform without such a parameter',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: file.csi.azure.com
`,
    },
  ],
  invalid: [
    {
      name: 'EBS with the default key',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: «ebs.csi.aws.com»
parameters:
  encrypted: "true" # required
`,
      errors: [{ messageId: 'noKey' }],
      output: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  encrypted: "true" # required
  kmsKeyId: <your key>
`,
    },
    {
      name: 'Azure, without parameters',
      ...fixed(`apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: «disk.csi.azure.com»
+parameters:
+  diskEncryptionSetID: <your key>
`),
      errors: [{ messageId: 'noKey' }],
    },
  ],
};
