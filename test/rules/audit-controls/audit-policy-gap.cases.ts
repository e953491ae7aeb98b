import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'everything at Metadata',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
`,
    },
    {
      name: 'noise of the system is dropped',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    users: [system:kube-proxy]
    verbs: [watch]
    resources:
      - group: ""
        resources: [endpoints, services]
  - level: None
    nonResourceURLs: [/healthz*, /version]
  - level: None
    userGroups: [system:nodes]
    verbs: [get]
  - level: Metadata
`,
    },
    {
      name: 'a None rule behind a catch-all decides nothing',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
  - level: None
    resources: [{ group: "", resources: [pods] }]
`,
    },
    {
      name: 'subresources that nobody needs',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    resources: [{ group: "", resources: [pods/log, "*/status"] }]
  - level: Metadata
`,
    },
    {
      name: 'another kind of Policy',
      code: `apiVersion: policies.kyverno.io/v1
kind: Policy
metadata: { name: a }
spec: {}
`,
    },
  ],
  invalid: [
    {
      name: 'ServiceAccounts are dropped',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  # controllers are noisy
  - level: «None»
    userGroups: ["system:serviceaccounts"]
  - level: Metadata
`,
      errors: [
        {
          messageId: 'dropped',
          message:
            'Not recorded: creation of Pods in namespace phi by a ServiceAccount and 38 more kinds of events. Rule 1 sets None for system:serviceaccounts. Record it at Metadata with a rule above.',
        },
      ],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    userGroups:
      - system:serviceaccounts
    resources:
      - group: ""
        resources:
          - pods
          - pods/exec
          - secrets
          - configmaps
      - group: rbac.authorization.k8s.io
        resources:
          - roles
          - rolebindings
          - clusterroles
          - clusterrolebindings
  # controllers are noisy
  - level: None
    userGroups: ["system:serviceaccounts"]
  - level: Metadata
`,
    },
    {
      name: 'deletions of pods are dropped, in a namespace that the configuration names',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: «None»
    verbs: ["delete"]
    namespaces: ["patient-portal"]
    resources:
      - group: ""
        resources: ["pods"]
  - level: Metadata
`,
      settings: { phi: { namespaces: ['patient-portal'], label: undefined } },
      errors: [
        {
          messageId: 'dropped',
          message: /^Not recorded: deletion of Pods in namespace patient-portal by a person and 1 more/,
        },
      ],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    verbs: ["delete"]
    namespaces: ["patient-portal"]
    resources:
      - group: ""
        resources: ["pods"]
  - level: Metadata
`,
    },
    {
      name: 'nothing matches roles',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
«rules»:
  - level: Metadata
    resources:
      - group: ""
`,
      errors: [{ messageId: 'unmatched' }],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: ""
  - level: Metadata
`,
    },
  ],
};
