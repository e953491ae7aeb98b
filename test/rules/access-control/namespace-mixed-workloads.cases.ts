import { documents } from '../../support/documents.ts';
import type { RuleCases } from '../../support/rule-cases.ts';
import { grafana, portal } from '../../support/workloads.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'tools in a namespace of their own',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: patient-portal
  labels:
    kube-safeguards.io/phi: "true"
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    spec:
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: grafana
  namespace: monitoring
spec:
  template:
    metadata:
      labels: { app: grafana }
    spec:
      containers:
        - name: grafana
          image: registry.clinic.example/grafana/grafana:12.1.0
`,
    },
    {
      name: 'a namespace that nobody has marked',
      code: documents(
        `apiVersion: v1
kind: Namespace
metadata:
  name: patient-portal
`,
        portal(),
        grafana('patient-portal'),
      ),
    },
  ],
  invalid: [
    {
      name: 'Grafana beside the portal',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: patient-portal
  labels:
    kube-safeguards.io/phi: "true"
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    spec:
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: grafana
  namespace: «patient-portal»
spec:
  template:
    metadata:
      labels: { app: grafana }
    spec:
      containers:
        - name: grafana
          image: registry.clinic.example/grafana/grafana:12.1.0
`,
      errors: [{ messageId: 'mixed' }],
      output: undefined,
    },
    {
      name: 'a namespace marked by the configuration',
      code: documents(portal(), grafana('«patient-portal»')),
      settings: { phi: { namespaces: ['patient-*'], label: undefined } },
      errors: [{ messageId: 'mixed' }],
      output: undefined,
    },
  ],
};
