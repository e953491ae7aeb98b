import { documents } from '../../support/documents.ts';
import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';
import { portal, portalAccount } from '../../support/workloads.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'switched off in the pod',
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
      automountServiceAccountToken: false
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
`,
    },
    {
      name: 'switched off in the account',
      code: documents(portal('serviceAccountName: portal'), portalAccount(false)),
    },
    {
      name: 'a static pod of the control plane, which gets no token',
      code: `apiVersion: v1
kind: Pod
metadata: { name: kube-apiserver, namespace: kube-system }
spec:
  containers: [{ name: kube-apiserver, command: [kube-apiserver, --anonymous-auth=false] }]
`,
    },
  ],
  invalid: [
    {
      name: 'nothing said',
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
      serviceAccountName: portal
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
`,
      errors: [{ messageId: 'mounted' }],
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
      automountServiceAccountToken: false
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
`,
    },
    {
      name: 'the pod wins over its account',
      ...fixed(
        documents(
          portal('serviceAccountName: portal', 'automountServiceAccountToken: «true→false»'),
          portalAccount(false),
        ),
      ),
      errors: [{ messageId: 'mounted' }],
    },
    {
      name: 'an account with roles is meant to call the API',
      code: `apiVersion: v1
kind: Pod
metadata: { name: controller, namespace: a }
«spec»: { serviceAccountName: controller, containers: [] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: controller, namespace: a }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: controller }
subjects: [{ kind: ServiceAccount, name: controller, namespace: a }]
`,
      errors: [{ messageId: 'needed', severity: 'information' }],
      output: undefined,
    },
  ],
};
