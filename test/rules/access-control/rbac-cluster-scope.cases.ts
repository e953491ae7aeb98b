import { documents } from '../../support/documents.ts';
import { mark } from '../../support/marked-text.ts';
import { account, clusterRole, clusterRoleBinding, coreRule, group, rule } from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a RoleBinding',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: patient-portal
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
    },
    {
      name: 'a role that needs nodes',
      code: documents(
        clusterRole('support', coreRule('resources: [nodes, pods]', 'verbs: [get]')),
        clusterRoleBinding('support', 'ClusterRole/support', group('clinic-devs')),
      ),
    },
    {
      name: 'a role that is not in view',
      code: clusterRoleBinding('support', 'ClusterRole/unknown', group('clinic-devs')),
    },
    {
      name: 'a controller',
      code: clusterRoleBinding('support', 'ClusterRole/view', account('system/controller')),
    },
  ],
  invalid: [
    {
      name: 'people who view everything',
      code: `apiVersion: v1
kind: Namespace
metadata: { name: patient-portal }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: «ClusterRoleBinding»
metadata:
  name: support
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
      errors: [{ messageId: 'clusterWide' }],
      output: `apiVersion: v1
kind: Namespace
metadata: { name: patient-portal }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: patient-portal
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
    },
    {
      name: 'a role in the same file',
      code: documents(
        clusterRole(
          'support',
          rule('apiGroups: ["", apps]', 'resources: [pods, deployments]', 'verbs: [get]'),
        ),
        mark(
          '«ClusterRoleBinding»',
          clusterRoleBinding('support', 'ClusterRole/support', group('clinic-devs')),
        ),
      ),
      errors: [{ messageId: 'clusterWide' }],
      output: undefined,
    },
  ],
};
