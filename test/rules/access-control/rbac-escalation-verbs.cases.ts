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
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: support
  namespace: a
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles, clusterrolebindings]
    verbs: [create, escalate]
  - apiGroups: [""]
    resources: [users, groups]
    verbs: [impersonate]
  - apiGroups: [certificates.k8s.io]
    resources: [certificatesigningrequests/approval]
    verbs: [update]
`,
    },
    {
      name: 'the same verbs on harmless resources',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [serviceaccounts]
    verbs: [create, update]
`,
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
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [serviceaccounts/token]
    verbs:
      - «create»
  - apiGroups: [""]
    resources: [users]
    verbs: [«impersonate»]
  - apiGroups: [""]
    resources: [pods]
    verbs: [get]
`,
      errors: [{ messageId: 'escalates' }, { messageId: 'escalates' }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get]
`,
    },
    {
      name: 'webhooks and certificate approval',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [admissionregistration.k8s.io]
    resources: [validatingwebhookconfigurations]
    verbs: [get, «patch»]
  - apiGroups: [certificates.k8s.io]
    resources: [certificatesigningrequests/approval]
    verbs: [get, «update»]
`,
      errors: [{ messageId: 'escalates' }, { messageId: 'escalates' }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
rules:
  - apiGroups: [admissionregistration.k8s.io]
    resources: [validatingwebhookconfigurations]
    verbs: [get]
  - apiGroups: [certificates.k8s.io]
    resources: [certificatesigningrequests/approval]
    verbs: [get]
`,
    },
  ],
};
