import { clusterRole, coreRule, role, rule } from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'reading roles',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [roles, rolebindings]
    verbs: [get, list]
`,
    },
    {
      name: 'a Role grants nothing outside its namespace',
      code: role(
        'a/support',
        rule(
          'apiGroups: [rbac.authorization.k8s.io]',
          'resources: [clusterroles, clusterrolebindings]',
          'verbs: [create, escalate]',
        ),
        coreRule('resources: [users, groups]', 'verbs: [impersonate]'),
        rule(
          'apiGroups: [certificates.k8s.io]',
          'resources: [certificatesigningrequests/approval]',
          'verbs: [update]',
        ),
      ),
    },
    {
      name: 'the same verbs on harmless resources',
      code: role(
        'patient-portal/records-reader',
        coreRule('resources: [serviceaccounts]', 'verbs: [create, update]'),
      ),
    },
  ],
  invalid: [
    {
      name: 'escalate and bind',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [get, «escalate», bind]
`,
      errors: [
        {
          messageId: 'escalates',
          message:
            'With "escalate" on clusterroles, whoever holds ClusterRole "support" can give roles permissions that they lack themselves, and so reach any ePHI in the cluster. Remove the verb.',
        },
      ],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [get]
`,
    },
    {
      name: 'tokens of ServiceAccounts: nothing is left of the rule',
      code: clusterRole(
        'support',
        `  - apiGroups: [""]
    resources: [serviceaccounts/token]
    verbs:
      - «create»
`,
        coreRule('resources: [users]', 'verbs: [«impersonate»]'),
        coreRule('resources: [pods]', 'verbs: [get]'),
      ),
      errors: [{ messageId: 'escalates' }, { messageId: 'escalates' }],
      output: clusterRole('support', coreRule('resources: [pods]', 'verbs: [get]')),
    },
    {
      name: 'webhooks and certificate approval',
      code: clusterRole(
        'support',
        rule(
          'apiGroups: [admissionregistration.k8s.io]',
          'resources: [validatingwebhookconfigurations]',
          'verbs: [get, «patch»]',
        ),
        rule(
          'apiGroups: [certificates.k8s.io]',
          'resources: [certificatesigningrequests/approval]',
          'verbs: [get, «update»]',
        ),
      ),
      errors: [{ messageId: 'escalates' }, { messageId: 'escalates' }],
      output: clusterRole(
        'support',
        rule(
          'apiGroups: [admissionregistration.k8s.io]',
          'resources: [validatingwebhookconfigurations]',
          'verbs: [get]',
        ),
        rule(
          'apiGroups: [certificates.k8s.io]',
          'resources: [certificatesigningrequests/approval]',
          'verbs: [get]',
        ),
      ),
    },
  ],
};
