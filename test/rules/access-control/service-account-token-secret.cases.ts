import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'another type',
      code: `apiVersion: v1
kind: Secret
metadata: { name: certificate }
type: kubernetes.io/tls
`,
    },
  ],
  invalid: [
    {
      name: 'a token without an end',
      code: `apiVersion: v1
kind: Secret
metadata:
  name: ci-token
  annotations:
    kubernetes.io/service-account.name: ci
type: «kubernetes.io/service-account-token»
`,
      errors: [{ messageId: 'longLived' }],
      output: undefined,
    },
  ],
};
