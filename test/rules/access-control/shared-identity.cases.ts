import type { RuleCases } from '../../support/rule-cases.ts';

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
      name: 'a group may have such a name',
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
    kind: Group
    name: devops
`,
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
          image: clinic.azurecr.io/portal:1.4.2
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: worker }
  template:
    metadata:
      labels: { app: worker }
    spec:
      serviceAccountName: «portal»
      containers:
        - name: api
          image: clinic.azurecr.io/portal:1.4.2
`,
      errors: [{ messageId: 'sharedAccount' }],
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
          image: clinic.azurecr.io/portal:1.4.2
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: worker }
  template:
    metadata:
      labels: { app: worker }
    spec:
      serviceAccountName: worker
      containers:
        - name: api
          image: clinic.azurecr.io/portal:1.4.2
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: patient-portal
automountServiceAccountToken: false
`,
    },
  ],
};
