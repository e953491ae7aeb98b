import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'names of programs',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: patient-portal
  namespace: phi
  labels:
    app.kubernetes.io/name: patient-portal
    app.kubernetes.io/version: 2.14.0
  annotations:
    maintainer: jane.roe@clinic.example
    meta.helm.sh/release-name: patient-portal-20261122
    kubernetes.io/change-cause: restarted on 2026-11-22
spec:
  rules:
    - host: patients.clinic.example
      http:
        paths:
          - path: /patients/search
            pathType: Prefix
            backend: { service: { name: patient-portal, port: { number: 8080 } } }
`,
    },
    {
      name: 'keys of one record, and no name among them',
      code: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: patient-exports, labels: { patient-count: "10234", owner: team-records } }\n',
    },
  ],
  invalid: [
    {
      name: 'labels, annotations and the name',
      // The name that the fix gives is a new object's to other rules.
      isolated: true,
      code: `apiVersion: batch/v1
kind: Job
metadata:
  name: export-patient-«jane-doe»
  namespace: phi
  labels:
    app: export
    patient-mrn: "«00482913»"
  annotations:
    note: exported for patient «Dolores Haverford» on request
spec:
  template:
    metadata:
      labels:
        ssn: «536-22-8145»
    spec:
      serviceAccountName: export
      automountServiceAccountToken: false
      containers: []
`,
      errors: [
        {
          messageId: 'phi',
          message:
            'The name of this Job holds PHI: name (********). It is shown in logs, metrics and dashboards; remove it.',
        },
        { messageId: 'phi', message: /^The label / },
        { messageId: 'phi', message: /^The annotation / },
        { messageId: 'phi' },
      ],
      output: `apiVersion: batch/v1
kind: Job
metadata:
  name: export-patient-redacted
  namespace: phi
  labels:
    app: export
    patient-mrn: "REDACTED"
  annotations:
    note: exported for patient REDACTED on request
spec:
  template:
    metadata:
      labels:
        ssn: REDACTED
    spec:
      serviceAccountName: export
      automountServiceAccountToken: false
      containers: []
`,
    },
    {
      name: 'paths and hosts of an Ingress, an HTTPRoute and a VirtualService',
      ...fixed(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: charts, namespace: phi }
spec:
  rules:
    - host: patient-«jane-doe→redacted».charts.clinic.example
      http:
        paths:
          - path: /patients/«00482913→redacted»
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: charts, namespace: phi }
spec:
  rules:
    - matches: [{ path: { value: "/patients/«00482913→redacted»" } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: charts, namespace: phi }
spec:
  http:
    - match: [{ uri: { prefix: /patients/«00482913→redacted» } }]
`),
      errors: [
        { messageId: 'phi', message: /^The host of this Ingress/ },
        { messageId: 'phi', message: /^The path of this Ingress/ },
        { messageId: 'phi', message: /^The path of this HTTPRoute/ },
        { messageId: 'phi' },
      ],
    },
    {
      name: 'a copy of the object in the annotation that kubectl writes',
      ...fixed(`apiVersion: v1
kind: Service
metadata:
  name: a
  namespace: phi
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"kind":"ConfigMap","data":{"patient.json":"{\\"ssn\\":\\"«536-22-8145→REDACTED»\\"}"}}
`),
      errors: [{ messageId: 'phi' }],
    },
  ],
};
