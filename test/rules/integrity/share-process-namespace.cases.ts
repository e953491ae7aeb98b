import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'false',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  shareProcessNamespace: false
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
  ],
  invalid: [
    {
      name: 'true, between comments',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      # The debugger looks at the API.
      shareProcessNamespace: «true»
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
        - name: debugger
          image: registry.clinic.example/debugger:1.4.2
`,
      errors: [
        {
          messageId: 'shared',
          severity: 'warning',
          message:
            "The containers of this pod see each other's environment and files, so a flaw in one exposes the ePHI of all. Remove shareProcessNamespace.",
        },
      ],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      # The debugger looks at the API.
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
        - name: debugger
          image: registry.clinic.example/debugger:1.4.2
`,
    },
  ],
};
