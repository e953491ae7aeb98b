import { documents } from '../../support/documents.ts';
import { group, roleBinding } from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const workload = (name: string, account: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      serviceAccountName: ${account}
      containers:
        - name: api
          image: clinic.azurecr.io/portal:1.4.2
`;

import { portal } from '../../support/workloads.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a named person',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: a
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: dr.chen@clinic.example
`,
    },
    {
      name: 'one account, one workload',
      code: portal('serviceAccountName: portal'),
    },
    {
      name: 'a group may have such a name',
      code: roleBinding('a/support', 'ClusterRole/reader', group('devops')),
    },
    {
      name: 'two versions of one application',
      code: `apiVersion: v1
kind: Pod
metadata: { name: v1, labels: { app: portal } }
spec: { serviceAccountName: portal, containers: [] }
---
apiVersion: v1
kind: Pod
metadata: { name: v2, labels: { app: portal } }
spec: { serviceAccountName: portal, containers: [] }
`,
    },
  ],
  invalid: [
    {
      name: 'a name for several people',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: a
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: «devops»
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: «Ops-team2@clinic.example»
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: ops.chen
`,
      errors: [{ messageId: 'genericUser' }, { messageId: 'genericUser' }],
      output: undefined,
    },
    {
      name: 'two workloads with one account',
      code: documents(workload('portal', 'portal'), workload('worker', '«portal»')),
      errors: [{ messageId: 'sharedAccount' }],
      output: documents(
        workload('portal', 'portal'),
        workload('worker', 'worker'),
        `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: patient-portal
automountServiceAccountToken: false
`,
      ),
    },
  ],
};
