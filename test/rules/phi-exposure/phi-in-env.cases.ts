import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a reference to a Secret',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      env:
        - name: PATIENT_SSN
          valueFrom:
            secretKeyRef:
              name: test-patient
              key: ssn
        - name: PATIENT_API
          value: https://patients.phi.svc:8443
`,
    },
    {
      name: 'an empty value',
      code: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    env: [{name: PATIENT_SSN, value: ""}, {name: PATIENT_MRN}]\n',
    },
  ],
  invalid: [
    {
      name: 'a literal in a Deployment',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
  namespace: phi
spec:
  template:
    spec:
      containers:
        - name: api
          env:
            - name: LOG_LEVEL
              value: info
            - name: SMOKE_TEST_PATIENT_SSN # the nightly check reads it
              value: "«536-22-8145»" # Jane
`,
      errors: [
        {
          messageId: 'phi',
          message:
            'Environment variable SMOKE_TEST_PATIENT_SSN of container "api" holds PHI: Social Security number (***-**-8145). Everyone who may read the manifest or describe the pod sees it; remove it.',
        },
      ],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
  namespace: phi
spec:
  template:
    spec:
      containers:
        - name: api
          env:
            - name: LOG_LEVEL
              value: info
            - name: SMOKE_TEST_PATIENT_SSN # the nightly check reads it
              valueFrom:
                secretKeyRef:
                  name: records-phi
                  key: SMOKE_TEST_PATIENT_SSN
---
# Its keys are set outside of version control, for example by a secret manager.
apiVersion: v1
kind: Secret
metadata:
  name: records-phi
  namespace: phi
type: Opaque
`,
      alternatives: [
        {
          title: 'Redact the Social Security number',
          output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
  namespace: phi
spec:
  template:
    spec:
      containers:
        - name: api
          env:
            - name: LOG_LEVEL
              value: info
            - name: SMOKE_TEST_PATIENT_SSN # the nightly check reads it
              value: "REDACTED" # Jane
`,
        },
      ],
    },
    {
      name: 'an init container of a CronJob and another container, value first, flow style, one Secret for all',
      code: `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: phi }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
          - name: prepare
            env:
            - value: '«536-22-8145»'
              name: PATIENT_SSN
          containers:
          - {name: run, env: [{name: PATIENT_SSN, value: «536-22-8146»}]}
`,
      errors: [{ messageId: 'phi' }, { messageId: 'phi' }],
      output: `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: phi }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
          - name: prepare
            env:
            - name: PATIENT_SSN
              valueFrom:
                secretKeyRef:
                  name: nightly-phi
                  key: PATIENT_SSN
          containers:
          - {name: run, env: [{name: PATIENT_SSN, valueFrom: {secretKeyRef: {name: nightly-phi, key: PATIENT_SSN}}}]}
---
# Its keys are set outside of version control, for example by a secret manager.
apiVersion: v1
kind: Secret
metadata:
  name: nightly-phi
  namespace: phi
type: Opaque
`,
    },
    {
      name: 'an aliased list of variables: the finding stands at the alias',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records, namespace: phi }
x-env: &env
  - name: PATIENT_SSN
    value: 536-22-8145
spec:
  containers:
    - name: api
      env: «*env»
`,
      errors: [{ messageId: 'phi' }],
      output: `apiVersion: v1
kind: Pod
metadata: { name: records, namespace: phi }
x-env: &env
  - name: PATIENT_SSN
    value: 536-22-8145
spec:
  containers:
    - name: api
      env:
        - name: PATIENT_SSN
          valueFrom:
            secretKeyRef:
              name: records-phi
              key: PATIENT_SSN
---
# Its keys are set outside of version control, for example by a secret manager.
apiVersion: v1
kind: Secret
metadata:
  name: records-phi
  namespace: phi
type: Opaque
`,
    },
  ],
};
