import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'RequestReceived is said again later',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages:
  - RequestReceived
rules:
  - level: Metadata
`,
    },
    {
      name: 'a rule that records nothing',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    users: [system:apiserver]
    omitStages: [ResponseComplete]
  - level: Metadata
`,
    },
  ],
  invalid: [
    {
      name: 'for all rules, and for one',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages:
  - RequestReceived
  - «ResponseComplete»
rules:
  - level: Metadata
    omitStages: [«Panic»]
`,
      errors: [{ messageId: 'omitted' }, { messageId: 'omitted' }],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages:
  - RequestReceived
rules:
  - level: Metadata
    omitStages: []
`,
    },
  ],
};
