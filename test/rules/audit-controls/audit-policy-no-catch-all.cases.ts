import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a catch-all',
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
    omitStages: [RequestReceived]
`,
    },
    {
      name: 'objects of every group, and every path',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    users: [system:kube-proxy]
  - level: Metadata
    resources: [{ group: "*" }]
  - level: Metadata
    nonResourceURLs: ["/*"]
`,
    },
  ],
  invalid: [
    {
      name: 'no rule for the rest',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
«rules»:
  - level: Metadata
    resources:
      - group: ""
        resources: [secrets, configmaps]
      - group: authentication.k8s.io
        resources: [tokenreviews]
`,
      errors: [{ messageId: 'missing' }],
      output: `apiVersion: audit.k8s.io/v1
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
      name: 'the rest is dropped',
      ...fixed(`apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: ""
        resources: [secrets, configmaps]
      - group: authentication.k8s.io
        resources: [tokenreviews]
  - level: «None→Metadata»
`),
      errors: [{ messageId: 'none' }],
    },
    {
      name: 'objects of every group, without paths',
      ...fixed(`apiVersion: audit.k8s.io/v1
kind: Policy
«rules»:
  - level: Metadata
    resources: [{ group: "*" }]
+  - level: Metadata
`),
      errors: [{ messageId: 'missing' }],
    },
  ],
};
