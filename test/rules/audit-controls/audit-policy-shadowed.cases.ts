import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'the narrow before the wide',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: ""
        resources: [secrets, configmaps]
      - group: authentication.k8s.io
        resources: [tokenreviews]
  - level: Metadata
`,
    },
    {
      name: 'other groups, other verbs',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    verbs: [watch]
    resources: [{ group: "", resources: [pods] }]
  - level: Request
    verbs: [get]
    resources: [{ group: "", resources: [pods] }]
  - level: Request
    verbs: [watch]
    resources: [{ group: apps, resources: [pods] }]
  - level: Metadata
`,
    },
  ],
  invalid: [
    {
      name: 'behind a catch-all',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
  - level: «Request»
    resources:
      - group: ""
        resources: [pods]
`,
      errors: [{ messageId: 'shadowed', message: /rule 1 matches all/ }],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Request
    resources:
      - group: ""
        resources:
          - pods
  - level: Metadata
`,
    },
    {
      name: 'behind all resources of its group, and behind a prefix of paths',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: apps
  - level: None
    nonResourceURLs: [/health*]
  - level: «Request»
    verbs: [create]
    resources:
      - group: apps
        resources: [deployments]
  - level: «Metadata»
    nonResourceURLs: [/healthz]
`,
      errors: [{ messageId: 'shadowed' }, { messageId: 'shadowed' }],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Request
    verbs:
      - create
    resources:
      - group: apps
        resources:
          - deployments
  - level: Metadata
    resources:
      - group: apps
  - level: Metadata
    nonResourceURLs:
      - /healthz
  - level: None
    nonResourceURLs: [/health*]
`,
    },
    {
      name: 'two entries of a rule that share the resources of another',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    resources:
      - group: ""
        resources: [events]
      - group: "*"
        resources: [leases]
  - level: «Metadata»
    resources:
      - group: ""
        resources: [events, leases]
  - level: Metadata
`,
      errors: [{ messageId: 'shadowed' }],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: ""
        resources:
          - events
          - leases
  - level: None
    resources:
      - group: ""
        resources: [events]
      - group: "*"
        resources: [leases]
  - level: Metadata
`,
    },
  ],
};
