import { clusterRoleBinding, group } from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a named group',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: records-reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
    },
    {
      name: 'ServiceAccounts of one namespace',
      code: clusterRoleBinding(
        'support',
        'ClusterRole/records-reader',
        group('system:serviceaccounts:patient-portal'),
      ),
    },
    {
      name: 'discovery, as Kubernetes binds it',
      code: clusterRoleBinding(
        'system:discovery',
        'ClusterRole/system:discovery',
        group('system:authenticated'),
      ),
    },
  ],
  invalid: [
    {
      name: 'everybody on the network, twice',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: records-reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: «system:anonymous»
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: «system:unauthenticated» # probes
`,
      errors: [{ messageId: 'everybody' }, { messageId: 'everybody' }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: records-reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
    },
    {
      name: 'every account, flow style',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: all, namespace: billing }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: Group, name: «system:serviceaccounts», apiGroup: rbac.authorization.k8s.io }]
`,
      errors: [{ messageId: 'everybody' }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: all, namespace: billing }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: []
`,
    },
  ],
};
