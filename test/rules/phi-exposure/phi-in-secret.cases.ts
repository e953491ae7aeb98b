import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const encoded = (text: string) => Buffer.from(text).toString('base64');

export const cases: RuleCases = {
  valid: [
    {
      name: 'credentials, references and placeholders',
      code: `apiVersion: v1
kind: Secret
metadata:
  name: records
stringData:
  PATIENT_SSN: vault:secret/data/patients#ssn
  PATIENT_NAME: ""
  DB_PASSWORD: S3cure-Horse!
data:
  username: cmVjb3Jkcw==
`,
    },
    {
      name: 'another kind of the same name',
      code: 'apiVersion: example.com/v1\nkind: Secret\nmetadata: { name: a }\nstringData: { PATIENT_SSN: 536-22-8145 }\n',
    },
  ],
  invalid: [
    {
      name: 'a literal, and a record',
      code: `apiVersion: v1
kind: Secret
metadata:
  name: test-patient
type: Opaque
stringData:
  ssn: "«536-22-8145»" # demo
  patient.json: |
    {"ssn": "«536-22-8146»", "name": "«Dolores Haverford»", "active": true}
`,
      errors: [
        {
          messageId: 'phi',
          message:
            'Secret "test-patient" holds PHI under "ssn": Social Security number (***-**-8145). Whoever has the file has it; remove it.',
        },
        { messageId: 'phi' },
        { messageId: 'phi' },
      ],
      output: `apiVersion: v1
kind: Secret
metadata:
  name: test-patient
type: Opaque
stringData:
  ssn: "REDACTED" # demo
  patient.json: |
    {"ssn": "REDACTED", "name": "REDACTED", "active": true}
`,
    },
    {
      name: 'encoded: only what identifies is overwritten, and the rest stays as it was',
      ...fixed(`apiVersion: v1
kind: Secret
metadata: { name: test-patient }
data:
  ssn: «${encoded('536-22-8145')}→${encoded('REDACTED')}»
  patients.csv: «${encoded('name,ssn,ward\nDolores Haverford,536-22-8145,B2\n')}→${encoded('name,ssn,ward\nREDACTED,REDACTED,B2\n')}»
  folded: >-
    «${encoded('{"patient": {"ssn": "536-22-8146"}}').slice(0, 20)}
    ${encoded('{"patient": {"ssn": "536-22-8146"}}').slice(20)}→${encoded('{"patient": {"ssn": "REDACTED"}}')}»
`),
      errors: [
        {
          messageId: 'encoded',
          message:
            'Secret "test-patient" holds PHI under "ssn", encoded in base64: Social Security number. Encoding is no encryption, and whoever has the file has it; remove it.',
        },
        { messageId: 'encoded' },
        { messageId: 'encoded' },
      ],
    },
  ],
};
