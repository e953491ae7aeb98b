import { clusterRole, coreRule, role } from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'reading pods and logs',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [pods, pods/log]
    verbs: [get, list]
`,
    },
    {
      name: 'pods/* is no wildcard to Kubernetes',
      code: role('patient-portal/records-reader', coreRule('resources: [pods/*]', 'verbs: [create]')),
    },
    {
      name: 'nodes are in no namespace, so a Role cannot grant them',
      code: role(
        'patient-portal/records-reader',
        coreRule('resources: [nodes/proxy]', 'verbs: [get, create]'),
      ),
    },
    {
      name: 'deleting an exec is nothing',
      code: role('patient-portal/records-reader', coreRule('resources: [pods/exec]', 'verbs: [delete]')),
    },
  ],
  invalid: [
    {
      name: 'exec among others',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [pods, «pods/exec»]
    verbs: [get, create]
`,
      errors: [{ messageId: 'enters' }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, create]
`,
    },
    {
      name: 'several doors are one finding',
      code: role(
        'patient-portal/records-reader',
        `  - apiGroups: [""]
    resources:
      - «pods/attach»
      - pods/portforward
    verbs: [create]
`,
        coreRule('resources: [pods]', 'verbs: [get]'),
      ),
      errors: [{ messageId: 'enters' }],
      output: role('patient-portal/records-reader', coreRule('resources: [pods]', 'verbs: [get]')),
    },
    {
      name: 'ephemeral containers are patched',
      code: clusterRole(
        'support',
        coreRule('resources: [«pods/ephemeralcontainers», pods]', 'verbs: [patch]'),
      ),
      errors: [{ messageId: 'enters' }],
      output: clusterRole('support', coreRule('resources: [pods]', 'verbs: [patch]')),
    },
  ],
};
