import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'an id above those of nodes',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    runAsUser: 10001
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
  ],
  invalid: [
    {
      name: 'ids that nodes use',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    runAsUser: «999»
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
      errors: [{ messageId: 'low' }],
      output: undefined,
    },
  ],
};
