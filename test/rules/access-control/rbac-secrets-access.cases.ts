import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'named Secrets',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [portal-database]
    verbs: [get]
`,
    },
    {
      name: 'creating is not reading',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [create]
`,
    },
    {
      name: 'secrets of another group',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [secrets.hashicorp.com]
    resources: [secrets]
    verbs: [get]
`,
    },
    {
      name: 'a name that a ClusterRole grants in one namespace',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [portal-database]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: billing
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
    },
    {
      name: 'a name in a ClusterRole that nobody in view holds',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [portal-database]
    verbs: [get]
`,
    },
    {
      name: 'a binding of the whole cluster without subjects',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [portal-database]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects: []
`,
    },
  ],
  invalid: [
    {
      name: 'reads every Secret of its namespace',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [«secrets»]
    verbs: [get, list, watch]
`,
      errors: [
        {
          messageId: 'readsAll',
          message:
            'Whoever holds Role "records-reader" can read every Secret of namespace "patient-portal", the keys to ePHI among them. Name the Secrets in resourceNames and allow get alone.',
        },
      ],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
    resourceNames:
      - name-of-the-secret
`,
    },
    {
      name: 'other resources of the rule keep their verbs',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [pods, «secrets», services]
    verbs: [get, list]
`,
      errors: [
        {
          messageId: 'readsAll',
          message: /^Whoever holds ClusterRole "support" can read every Secret wherever it is bound/,
        },
      ],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [pods, services]
    verbs: [get, list]
  - apiGroups:
      - ""
    resources:
      - secrets
    resourceNames:
      - name-of-the-secret
    verbs:
      - get
`,
    },
    {
      name: 'every Secret of every namespace, and no namespace in view to grant less in',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [«secrets»]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
      errors: [
        {
          messageId: 'readsAllEverywhere',
          message: /^Group clinic-devs can read every Secret of every namespace/,
        },
      ],
      output: undefined,
    },
    {
      name: 'a ClusterRole bound in one namespace',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [«secrets»]
    verbs: ["list"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: billing
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
      errors: [
        { messageId: 'readsAll', message: /Group clinic-devs can read every Secret of namespace "billing"/ },
      ],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: ["get"]
    resourceNames:
      - name-of-the-secret
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: billing
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
    },
    {
      name: 'a name in every namespace, for people: the namespace is to be chosen',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [configmaps, «secrets»]
    resourceNames: [portal-database]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
      errors: [
        {
          messageId: 'readsNamedEverywhere',
          message:
            'Group clinic-devs can read Secret "portal-database" in every namespace, not only in the one that is meant: a ClusterRoleBinding grants the name in all of them. Grant it with a Role in the namespace of the Secret.',
        },
      ],
      output: undefined,
    },
    {
      name: 'a name in every namespace, for a program: all its Secrets move to its own',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [«secrets»]
    resourceNames: [reports-key, reports-password, ledger]
    verbs: [get, update]
  - apiGroups: [""]
    resources: [nodes, «secrets»]
    verbs: [get, list]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: billing
`,
      errors: [
        {
          messageId: 'readsNamedEverywhere',
          message:
            /^ServiceAccount billing\/reports can read Secrets "reports-key", "reports-password" and 1 more in every namespace/,
        },
        { messageId: 'readsAllEverywhere' },
      ],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [nodes]
    verbs: [get, list]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: support-secrets
  namespace: billing
rules:
  - apiGroups:
      - ""
    resources:
      - secrets
    resourceNames:
      - reports-key
      - reports-password
      - ledger
    verbs:
      - get
      - update
  - apiGroups:
      - ""
    resources:
      - secrets
    resourceNames:
      - name-of-the-secret
    verbs:
      - get
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support-secrets
  namespace: billing
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: support-secrets
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: billing
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: billing
`,
    },
    {
      name: 'by aggregation into a role that is bound to the whole cluster',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: secrets-of-portal
  labels:
    clinic.example/aggregate-to-support: "true"
rules:
  - apiGroups: [""]
    resources: [«secrets»]
    resourceNames: [portal-database]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
aggregationRule:
  clusterRoleSelectors:
    - matchLabels:
        clinic.example/aggregate-to-support: "true"
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: billing
`,
      errors: [{ messageId: 'readsNamedEverywhere', message: /^ServiceAccount billing\/reports can read/ }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: secrets-of-portal
  labels:
    clinic.example/aggregate-to-support: "true"
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: secrets-of-portal-secrets
  namespace: billing
rules:
  - apiGroups:
      - ""
    resources:
      - secrets
    resourceNames:
      - portal-database
    verbs:
      - get
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: secrets-of-portal-secrets
  namespace: billing
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: secrets-of-portal-secrets
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: billing
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
aggregationRule:
  clusterRoleSelectors:
    - matchLabels:
        clinic.example/aggregate-to-support: "true"
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: billing
`,
    },
    {
      name: 'an empty name is the name of requests for all',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [«secrets»]
    resourceNames: [""]
    verbs: [list]
`,
      errors: [{ messageId: 'readsAll' }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [name-of-the-secret]
    verbs: [get]
`,
    },
    {
      name: 'who holds the role in one namespace alone keeps it, so nothing is moved',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [«secrets»]
    resourceNames: [portal-database]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: billing
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support-of-billing
  namespace: billing
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: support
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
      errors: [
        {
          messageId: 'readsNamedEverywhere',
          message: /^ServiceAccount billing\/reports can read Secret "portal-database" in every namespace/,
        },
      ],
      output: undefined,
    },
    {
      name: 'people get it in a namespace that is in view',
      code: `apiVersion: v1
kind: Namespace
metadata: { name: patient-portal }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: support }
rules:
  - apiGroups: ["*"]
    resources: [«secrets»]
    resourceNames: [portal-database]
    verbs: ["*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: support }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: support }
subjects:
  - { apiGroup: rbac.authorization.k8s.io, kind: User, name: ana }
`,
      errors: [{ messageId: 'readsNamedEverywhere' }],
      output: `apiVersion: v1
kind: Namespace
metadata: { name: patient-portal }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: support }
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: support-secrets
  namespace: patient-portal
rules:
  - apiGroups:
      - ""
    resources:
      - secrets
    resourceNames:
      - portal-database
    verbs:
      - get
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support-secrets
  namespace: patient-portal
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: support-secrets
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: ana
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: support }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: support }
subjects:
  - { apiGroup: rbac.authorization.k8s.io, kind: User, name: ana }
`,
    },
  ],
};
