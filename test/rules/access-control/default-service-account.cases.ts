import { documents } from '../../support/documents.ts';
import { fixed } from '../../support/marked-text.ts';
import { account, roleBinding } from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';
import { portal, portalAccount } from '../../support/workloads.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'an account of its own',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    spec:
      serviceAccountName: portal
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
`,
    },
    {
      name: 'the old name of the field',
      code: portal('serviceAccount: portal'),
    },
    {
      name: 'a static pod of the control plane, which can name none',
      code: `apiVersion: v1
kind: Pod
metadata: { name: kube-apiserver, namespace: kube-system }
spec:
  containers: [{ name: kube-apiserver, command: [kube-apiserver, --anonymous-auth=false] }]
`,
    },
    {
      name: 'a binding to an account of its own, and to a user of that name',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: portal, namespace: a }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: portal }
subjects:
  - { kind: ServiceAccount, name: portal, namespace: a }
  - { apiGroup: rbac.authorization.k8s.io, kind: User, name: default }
`,
    },
  ],
  invalid: [
    {
      name: 'none named',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    «spec»:
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
`,
      errors: [{ messageId: 'workload' }],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    spec:
      serviceAccountName: portal
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: portal
  namespace: patient-portal
automountServiceAccountToken: false
`,
    },
    {
      name: 'the default named, and an account that exists',
      ...fixed(documents(portal('serviceAccountName: «default→portal» # TODO'), portalAccount())),
      errors: [{ messageId: 'workload' }],
    },
    {
      name: 'a CronJob in a List',
      ...fixed(`apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    metadata: { name: nightly }
    spec:
      jobTemplate:
        spec:
          template:
            «spec»: { ‹→serviceAccountName: nightly, ›containers: [{ name: a, image: registry.clinic.example/a:1.0.0 }] }
+---
+apiVersion: v1
+kind: ServiceAccount
+metadata:
+  name: nightly
+automountServiceAccountToken: false
`),
      errors: [{ messageId: 'workload' }],
    },
    {
      name: 'a binding to the default account',
      code: roleBinding('patient-portal/support', 'ClusterRole/reader', account('patient-portal/«default»')),
      errors: [{ messageId: 'binding' }],
      output: undefined,
    },
  ],
};
