import { fixed } from '../../support/marked-text.ts';
import { account, clusterRoleBinding, group, roleBinding } from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a role of its own',
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
      name: 'edit in one namespace',
      code: roleBinding('patient-portal/support', 'ClusterRole/edit', group('clinic-devs')),
    },
    {
      name: 'the binding that every cluster is born with',
      code: clusterRoleBinding('cluster-admin', 'ClusterRole/cluster-admin', group('system:masters')),
    },
    {
      name: 'a Role of that name',
      code: roleBinding('a/support', 'Role/cluster-admin', group('clinic-devs')),
    },
  ],
  invalid: [
    {
      name: 'a ServiceAccount as cluster-admin',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: «cluster-admin»
subjects:
  - kind: ServiceAccount
    name: portal
    namespace: patient-portal
`,
      errors: [{ messageId: 'clusterAdmin' }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: patient-portal
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: ServiceAccount
    name: portal
    namespace: patient-portal
`,
      alternatives: [
        {
          title: 'Bind "view" in namespace "patient-portal" only',
          output: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: patient-portal
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
    name: portal
    namespace: patient-portal
`,
        },
      ],
    },
    {
      name: 'a group as cluster-admin: where it belongs is not known',
      code: clusterRoleBinding('support', 'ClusterRole/«cluster-admin»', group('clinic-devs')),
      errors: [{ messageId: 'clusterAdmin' }],
      output: undefined,
    },
    {
      name: 'cluster-admin in a namespace',
      ...fixed(
        roleBinding('patient-portal/support', 'ClusterRole/«cluster-admin→edit»', group('clinic-devs')),
      ),
      errors: [{ messageId: 'clusterAdmin' }],
      alternatives: [
        {
          title: 'Bind "view" instead',
          output: roleBinding('patient-portal/support', 'ClusterRole/view', group('clinic-devs')),
        },
      ],
    },
    {
      name: 'edit everywhere',
      code: clusterRoleBinding('support', 'ClusterRole/«edit»', account('build/ci')),
      errors: [{ messageId: 'broadRole' }],
      output: roleBinding('build/support', 'ClusterRole/edit', account('build/ci')),
    },
    {
      name: 'system:masters',
      code: clusterRoleBinding(
        'support',
        'ClusterRole/records-reader',
        group('clinic-devs'),
        group('«system:masters»'),
      ),
      errors: [{ messageId: 'masters' }],
      output: clusterRoleBinding('support', 'ClusterRole/records-reader', group('clinic-devs')),
    },
  ],
};
