import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'comments that name no person',
      code: `# Copyright 2026 Jane Roe <jane.roe@clinic.example>
# patient-portal: see CLIN-4821
apiVersion: v1
kind: ConfigMap
metadata:
  name: portal # the SSN is masked as ***-**-1234
data:
  # e.g. MRN: 12345678
  PATIENT_ID_PATTERN: "^MRN-[0-9]{8}$"
`,
    },
    {
      name: 'a text with number signs is no comment',
      code: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  a: |\n    # patient SSN 536-22-8145\n',
    },
  ],
  invalid: [
    {
      name: 'a note on a line of its own, behind a value, and a setting that is turned off',
      code: `# CLIN-4821: fails for patient «Dolores Haverford»,
# SSN «536-22-8145»
apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
data:
  TIMEOUT: 30s # MRN: «00482913» takes longer
  # TEST_PATIENT_SSN: "«536-22-8146»"
  RETRIES: "3"
`,
      errors: [
        { messageId: 'phi' },
        {
          messageId: 'phi',
          message:
            'This comment holds PHI: Social Security number (***-**-8145). Everyone with access to the file or its history reads it; delete it.',
          severity: 'warning',
        },
        { messageId: 'phi' },
        { messageId: 'phi' },
      ],
      output: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
data:
  TIMEOUT: 30s
  RETRIES: "3"
`,
    },
    {
      name: 'in the values of a chart, with the line ends of Windows',
      fileName: 'values.yaml',
      code: 'replicas: 2\r\n## Patient SSN: «536-22-8145»\r\nimage:\r\n  tag: "1"\r\n',
      errors: [{ messageId: 'phi' }],
      output: 'replicas: 2\r\nimage:\r\n  tag: "1"\r\n',
    },
  ],
};
