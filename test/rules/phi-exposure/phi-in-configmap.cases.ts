import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'configuration without persons',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
data:
  LOG_LEVEL: info
  SESSION_TIMEOUT: 15m
  FHIR_BASE_URL: https://fhir.clinic.example/r4
  app.properties: |
    patient.id.pattern=^MRN-[0-9]{8}$
    patient.export.enabled=true
`,
    },
    {
      name: 'placeholders and masks',
      code: `apiVersion: v1
kind: ConfigMap
metadata: { name: portal }
data:
  PATIENT_SSN: "***-**-6789"
  PATIENT_NAME: "{{ .patientName }}"
  PATIENT_MRN: REDACTED
`,
    },
    {
      name: 'another kind with data',
      code: `apiVersion: example.com/v1
kind: ConfigMap
metadata: { name: portal }
data: { PATIENT_SSN: 219-09-9998 }
`,
    },
  ],
  invalid: [
    {
      name: 'a number under a key that says whose it is',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  namespace: phi
data:
  LOG_LEVEL: info
  PATIENT_SSN: "«536-22-8145»" # demo patient
`,
      errors: [
        {
          messageId: 'phi',
          message:
            'ConfigMap "portal" holds PHI under "PATIENT_SSN": Social Security number (***-**-8145). Everyone who may read configuration, version control or a backup sees it; remove it.',
        },
      ],
      output: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  namespace: phi
data:
  LOG_LEVEL: info
  PATIENT_SSN: "REDACTED" # demo patient
`,
      alternatives: [
        {
          title: 'Move the key to the Secret "portal-phi", without its value',
          output: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  namespace: phi
data:
  LOG_LEVEL: info
---
# Its keys are set outside of version control, for example by a secret manager.
apiVersion: v1
kind: Secret
metadata:
  name: portal-phi
  namespace: phi
type: Opaque
`,
        },
      ],
    },
    {
      name: 'a table in a block, each value by itself',
      ...fixed(`apiVersion: v1
kind: ConfigMap
metadata:
  name: seed
data:
  patients.csv: |
    mrn,first_name,last_name,dob
    «00482913→REDACTED»,«Maria→REDACTED»,«Hernandez→REDACTED»,«1984-07-19→REDACTED»
`),
      errors: [{ messageId: 'phi' }, { messageId: 'phi' }, { messageId: 'phi' }, { messageId: 'phi' }],
    },
    {
      name: 'JSON keeps its types; a folded block, CRLF',
      ...fixed(`apiVersion: v1\r
kind: ConfigMap\r
metadata: {name: seed}\r
data:\r
  patient.json: >-\r
    {"patient": {"ssn": "«536-22-8145→REDACTED»",\r
    "mrn": «48291377→0» } }\r
`),
      errors: [{ messageId: 'phi' }, { messageId: 'phi' }],
    },
    {
      name: 'flow style, a List, an escape before the value',
      code: `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {note: "\\tPatient SSN: «536-22-8145»"}}
`,
      errors: [{ messageId: 'phi' }],
      output: `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {note: "\\tPatient SSN: REDACTED"}}
`,
    },
  ],
};
