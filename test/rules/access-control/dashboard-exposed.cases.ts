import type { RuleCases } from '../../support/rule-cases.ts';

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
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tools
  namespace: monitoring
  annotations: { nginx.ingress.kubernetes.io/auth-url: "https://id.clinic.example/auth" }
spec:
  tls: [{ hosts: [tools.clinic.example], secretName: tools-tls }]
  rules:
    - host: tools.clinic.example
      http:
        paths:
          - backend: { service: { name: grafana, port: { number: 80 } } }
`,
    },
    {
      name: 'another workload',
      code: `apiVersion: apps/v1
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
apiVersion: v1
kind: Service
metadata:
  name: grafana
  namespace: monitoring
spec:
  type: LoadBalancer
  selector: { app: grafana }
`,
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
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tools
  namespace: monitoring
spec:
  tls: [{ hosts: [tools.clinic.example], secretName: tools-tls }]
  rules:
    - host: tools.clinic.example
      http:
        paths:
          - backend: { service: { name: «grafana», port: { number: 80 } } }
`,
      errors: [{ messageId: 'ingress' }],
      output: undefined,
    },
  ],
};
