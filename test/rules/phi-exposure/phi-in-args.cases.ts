import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'commands that name no person',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: export
      image: registry.clinic.example/export:2.1.0
      command: [/bin/export]
      args:
        - --patient-query=active
        - --mrn-length=8
        - --ssn-pattern=\\d{3}-\\d{2}-\\d{4}
        - --patient-ssn=$(PATIENT_SSN)
      livenessProbe:
        httpGet: { path: /fhir/Patient, port: 8080 }
`,
    },
    {
      name: 'a resource that runs no pod',
      code: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nspec: { containers: [{ args: [--patient-ssn=536-22-8145] }] }\n',
    },
  ],
  invalid: [
    {
      name: 'a flag, a flag with its value behind it, and a script',
      code: `apiVersion: batch/v1
kind: Job
metadata:
  name: reindex
spec:
  template:
    spec:
      containers:
        - name: reindex
          command: ["/bin/sh", "-c"]
          args:
            - |
              set -e
              # rebuild one record
              reindex --patient-ssn «536-22-8145»
        - name: export
          args:
            - --patient-mrn=«00482913»
            - --patient-name
            - "«Dolores Haverford»" # asked for it
`,
      errors: [
        {
          messageId: 'phi',
          message:
            'The args of container "reindex" holds PHI: Social Security number (***-**-8145). Process lists, logs and everyone who may describe the pod show it; remove it.',
        },
        { messageId: 'phi' },
        { messageId: 'phi' },
      ],
      output: `apiVersion: batch/v1
kind: Job
metadata:
  name: reindex
spec:
  template:
    spec:
      containers:
        - name: reindex
          command: ["/bin/sh", "-c"]
          args:
            - |
              set -e
              # rebuild one record
              reindex --patient-ssn REDACTED
        - name: export
          args:
            - --patient-mrn=REDACTED
            - --patient-name
            - "REDACTED" # asked for it
`,
    },
    {
      name: 'probes and lifecycle hooks',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  initContainers:
    - name: api
      readinessProbe:
        exec:
          command: [curl, "http://localhost/search?ssn=«536-22-8145→REDACTED»"]
      startupProbe:
        httpGet:
          path: /patients/«00482913→REDACTED»
          port: 80
      lifecycle:
        preStop: { exec: { command: [log, --patient-ssn, '«536-22-8146→REDACTED»'] } }
`),
      errors: [
        { messageId: 'phi', message: /^The readinessProbe of container "api" holds PHI/ },
        { messageId: 'phi', message: /^The startupProbe / },
        { messageId: 'phi', message: /^The preStop / },
      ],
    },
    {
      name: 'a kind that the configuration takes less gravely, beside a value that it allows',
      settings: {
        detection: {
          phi: {
            severities: { ssn: 'warning' },
            disabledKinds: ['mrn'],
            allowedPaths: ['spec/containers/0/args/2'],
            customIdentifiers: [{ name: 'study number', pattern: 'ST-[0-9]{4}' }],
          },
          credentials: { severities: {}, allowedPaths: [] },
        },
      },
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - name: api
      args: [--ssn=«536-22-8145→REDACTED», --mrn=00482913, --ssn=536-22-8146, --study=«ST-0042→REDACTED»]
`),
      errors: [
        { messageId: 'phi', severity: 'warning' },
        { messageId: 'phi', severity: 'error' },
      ],
    },
  ],
};
