import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'verbs, resources and groups by name',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list]
`,
    },
    {
      name: 'a role of another API group',
      code: `apiVersion: iam.example.com/v1
kind: Role
metadata: { name: other }
rules:
  - verbs: ["*"]
`,
    },
    {
      name: 'rules that are no list',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: half-typed }
rules: "*"
`,
    },
  ],
  invalid: [
    {
      name: 'all verbs on one resource',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [«"*"»] # for now
`,
      errors: [{ messageId: 'wildcard' }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch] # for now
`,
      alternatives: [
        {
          title: 'Allow get only',
          output: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get] # for now
`,
        },
      ],
    },
    {
      name: 'everything, with its holders in another document',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
- apiGroups: ["*"]
  resources: ["*"]
  verbs:
  - «"*"»
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
          messageId: 'wildcard',
          message:
            'ClusterRole "support" grants every verb on every resource of every API group: group clinic-devs can reach ePHI that nobody authorised. Name what is needed.',
        },
      ],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
- apiGroups: ["*"]
  resources: ["*"]
  verbs:
  - get
  - list
  - watch
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
      remaining: 1,
    },
    {
      name: 'a star among the resources alone needs a person',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [«"*"»]
    verbs: [get]
  - nonResourceURLs: [«"*"»]
    verbs: [get]
`,
      errors: [{ messageId: 'wildcard' }, { messageId: 'wildcard' }],
      output: undefined,
    },
  ],
};
