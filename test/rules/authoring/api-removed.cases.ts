import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a version that is served',
      code: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: a }
`,
    },
    {
      name: 'a cluster that still serves it',
      code: `apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: { name: a }
`,
      settings: { kubernetesVersion: '1.24' },
    },
  ],
  invalid: [
    {
      name: 'a successor of the same shape',
      code: `apiVersion: «batch/v1beta1»
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "15 2 * * *"
`,
      errors: [{ messageId: 'replaced' }],
      output: `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "15 2 * * *"
`,
    },
    {
      name: 'another shape, and no successor',
      code: `apiVersion: «networking.k8s.io/v1beta1» # old
kind: Ingress
metadata: { name: a }
---
apiVersion: «policy/v1beta1»
kind: PodSecurityPolicy
metadata: { name: a }
`,
      errors: [{ messageId: 'replaced' }, { messageId: 'gone' }],
      output: undefined,
    },
  ],
};
