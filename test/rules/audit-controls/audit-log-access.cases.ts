import type { RuleCases } from '../../support/rule-cases.ts';

const role = (rules: string, name = 'a') => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: ${name}, namespace: logging }
rules: [${rules}]
`;

const binding = (
  subjects: string,
  ref = '{ apiGroup: rbac.authorization.k8s.io, kind: Role, name: a }',
  namespace = 'logging',
) => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: a, namespace: ${namespace} }
roleRef: ${ref}
subjects: [${subjects}]
`;

const DELETE = '{ apiGroups: [""], resources: [persistentvolumeclaims, pods], verbs: [get, delete] }';

export const cases: RuleCases = {
  valid: [
    {
      name: 'people read',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: logging
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: Group
    name: auditors
    apiGroup: rbac.authorization.k8s.io
`,
    },
    {
      name: 'the log agent writes; other namespaces; verbs and objects that change nothing of the log',
      code: `${role(DELETE)}---
${binding('{ kind: ServiceAccount, name: fluent-bit, namespace: logging }')}---
${binding('{ kind: Group, name: developers }', '{ kind: ClusterRole, name: edit }', 'blog')}---
${role('{ apiGroups: [""], resources: [pods], verbs: [get, list] }, { apiGroups: [apps], resources: [pods], verbs: [delete] }', 'b')}---
${binding('{ kind: Group, name: developers }', '{ kind: Role, name: b }')}`,
    },
    {
      name: 'a role that is not in view',
      code: binding('{ kind: Group, name: developers }', '{ kind: ClusterRole, name: custom }'),
    },
  ],
  invalid: [
    {
      name: 'developers delete',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: developers
  namespace: logging
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: Group
    name: «developers»
    apiGroup: rbac.authorization.k8s.io
`,
      errors: [
        {
          messageId: 'write',
          message:
            'Group developers may delete volume claims, ConfigMaps and Pods in namespace "logging", where logs are kept, and so remove the record of who used ePHI. Give read access, or bind it to the log agent alone.',
        },
      ],
      output: undefined,
    },
    {
      name: 'a role in view, with the agent beside',
      code: `${role(DELETE)}---
${binding('{ kind: ServiceAccount, name: loki }, { kind: ServiceAccount, name: «portal», namespace: clinic }')}---
${role('{ apiGroups: [""], resources: [configmaps], verbs: [create] }', 'c')}---
${binding('{ kind: User, name: «sam@example.com» }', '{ kind: Role, name: c }')}`,
      errors: [
        { messageId: 'write', message: /^ServiceAccount clinic\/portal may delete volume claims and Pods/ },
        { messageId: 'write', message: /may create ConfigMaps/ },
      ],
      output: undefined,
    },
  ],
};
