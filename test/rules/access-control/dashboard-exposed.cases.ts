import { documents } from '../../support/documents.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: grafana
  namespace: monitoring
spec:
  selector: { app: grafana }
`;

/** @param annotations a line of the metadata */
const ingress = (service: string, annotations = '') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tools
  namespace: monitoring
${annotations}spec:
  tls: [{ hosts: [tools.clinic.example], secretName: tools-tls }]
  rules:
    - host: tools.clinic.example
      http:
        paths:
          - backend: { service: { name: ${service}, port: { number: 80 } } }
`;

import { grafana, portal } from '../../support/workloads.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'inside the cluster',
      code: `apiVersion: apps/v1
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
---
apiVersion: v1
kind: Service
metadata:
  name: grafana
  namespace: monitoring
spec:
  selector: { app: grafana }
`,
    },
    {
      name: 'an Ingress with a sign-in',
      code: documents(
        grafana(),
        SERVICE,
        ingress(
          'grafana',
          '  annotations: { nginx.ingress.kubernetes.io/auth-url: "https://id.clinic.example/auth" }\n',
        ),
      ),
    },
    {
      name: 'another workload',
      code: documents(
        portal(),
        `apiVersion: v1
kind: Service
metadata:
  name: grafana
  namespace: monitoring
spec:
  type: LoadBalancer
  selector: { app: grafana }
`,
      ),
    },
  ],
  invalid: [
    {
      name: 'a load balancer',
      code: `apiVersion: apps/v1
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
---
apiVersion: v1
kind: Service
metadata:
  name: grafana
  namespace: monitoring
spec:
  type: «LoadBalancer»
  selector: { app: grafana }
`,
      errors: [{ messageId: 'service' }],
      output: undefined,
    },
    {
      name: 'an Ingress',
      code: documents(grafana(), SERVICE, ingress('«grafana»')),
      errors: [{ messageId: 'ingress' }],
      output: undefined,
    },
  ],
};
