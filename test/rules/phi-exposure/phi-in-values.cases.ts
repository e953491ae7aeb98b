import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'values that name no person',
      fileName: 'values.yaml',
      code: `image:
  repository: registry.clinic.example/patient-portal
  tag: 2.14.0
portal:
  patientIdPattern: "^MRN-[0-9]{8}$"
  patientServiceUrl: http://patients.phi.svc:8080
  supportPhone: 800-555-0199
demo:
  patient:
    ssn: ""
    name: "{{ .Values.demo.name }}"
`,
    },
    {
      name: 'a file of another name is not the values of a chart',
      fileName: 'settings.yaml',
      code: 'patient:\n  ssn: 536-22-8145\n',
    },
  ],
  invalid: [
    {
      name: 'a record, numbers that stay numbers, and a list',
      fileName: 'values.yaml',
      code: `replicaCount: 2
demo:
  patient: # for the smoke test
    name: «Dolores Haverford»
    ssn: «536228145»
    birthDate: "«1962-04-17»"
env:
  - name: TEST_PATIENT_SSN
    value: «536-22-8146»
seed:
  patients.csv: |
    name,ssn
    «Harold Finch»,«536-22-8147»
`,
      errors: [
        {
          messageId: 'phi',
          message:
            'The value "demo.patient.name" holds PHI: name (********). It goes into version control and into every release; remove it.',
        },
        { messageId: 'phi' },
        { messageId: 'phi' },
        { messageId: 'phi', message: /^The value "env.TEST_PATIENT_SSN" / },
        { messageId: 'phi' },
        { messageId: 'phi' },
      ],
      output: `replicaCount: 2
demo:
  patient: # for the smoke test
    name: REDACTED
    ssn: 0
    birthDate: "REDACTED"
env:
  - name: TEST_PATIENT_SSN
    value: REDACTED
seed:
  patients.csv: |
    name,ssn
    REDACTED,REDACTED
`,
    },
    {
      name: 'values for an environment; what an anchor shares is met where it is written',
      fileName: 'ci/prod-values.yaml',
      code: `x: &patient { ssn: "«536-22-8145»" }
portal: { smokeTest: *patient }
`,
      errors: [{ messageId: 'phi' }],
      // The change would reach whatever else uses the anchor.
      output: undefined,
    },
    {
      name: 'values of a release, and of an Application as a text',
      ...fixed(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: portal, namespace: portal }
spec:
  values:
    smokeTest: { patient: { ssn: "«536-22-8145→REDACTED»" } } # made up?
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: portal, namespace: argocd }
spec:
  source:
    helm:
      values: |
        smokeTest:
          ssn: «536-22-8145→REDACTED»
`),
      errors: [{ messageId: 'phi', message: /^The value "smokeTest.patient.ssn" / }, { messageId: 'phi' }],
    },
  ],
};
