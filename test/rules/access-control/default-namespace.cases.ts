import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a namespace of its own',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: patient-portal
`,
    },
    {
      name: 'none named, but a Namespace in the same files',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: patient-portal
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
`,
    },
    {
      name: 'none named, and other files may set it',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
`,
      isolated: true,
    },
    {
      name: 'what Kubernetes itself puts there, as in an export of a cluster',
      code: `apiVersion: v1
kind: Service
metadata:
  name: kubernetes
  namespace: default
spec:
  ports: [{ name: https, port: 443, targetPort: 6443 }]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-root-ca.crt
  namespace: default
`,
    },
    {
      name: 'an object without namespaces',
      code: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: encrypted }
provisioner: ebs.csi.aws.com
`,
    },
  ],
  invalid: [
    {
      name: 'default by name',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: patient-portal
---
apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: «default»
spec:
  selector: { app: portal }
`,
      errors: [{ messageId: 'named' }],
      output: `apiVersion: v1
kind: Namespace
metadata:
  name: patient-portal
---
apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: patient-portal
spec:
  selector: { app: portal }
`,
    },
    {
      name: 'default because nothing names another',
      code: `apiVersion: v1
kind: PersistentVolumeClaim
«metadata»:
  name: records
`,
      errors: [{ messageId: 'unnamed' }],
      output: undefined,
    },
  ],
};
