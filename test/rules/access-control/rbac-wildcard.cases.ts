import { documents } from '../../support/documents.ts';
import { fixed } from '../../support/marked-text.ts';
import { clusterRole, clusterRoleBinding, coreRule, group, rule } from '../../support/rbac.ts';
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
      ...fixed(
        documents(
          clusterRole(
            'support',
            `- apiGroups: ["*"]
  resources: ["*"]
  verbs:
  - «"*"→get»
+  - list
+  - watch
`,
          ),
          clusterRoleBinding('support', 'ClusterRole/support', group('clinic-devs')),
        ),
      ),
      errors: [
        {
          messageId: 'wildcard',
          message:
            'ClusterRole "support" grants every verb on every resource of every API group: group clinic-devs can reach ePHI that nobody authorised. Name what is needed.',
        },
      ],
      remaining: 1,
    },
    {
      name: 'a star among the resources alone needs a person',
      code: clusterRole(
        'support',
        coreRule('resources: [«"*"»]', 'verbs: [get]'),
        rule('nonResourceURLs: [«"*"»]', 'verbs: [get]'),
      ),
      errors: [{ messageId: 'wildcard' }, { messageId: 'wildcard' }],
      output: undefined,
    },
  ],
};
