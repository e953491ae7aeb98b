import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const ingress = (metadata: string, spec = '') => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: portal, namespace: phi${metadata} }
spec: { ${spec}defaultBackend: { service: { name: portal, port: { number: 80 } } } }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'a ClusterIP Service',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
spec:
  type: ClusterIP
  ports:
    - port: 443
      targetPort: 8443
`,
    },
    {
      name: 'no type, a load balancer, another group',
      code: `apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi }
spec: { ports: [{ port: 443 }] }
---
apiVersion: v1
kind: Service
metadata: { name: edge, namespace: phi }
spec: { type: LoadBalancer, ports: [{ port: 443, nodePort: 30443 }] }
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: fn, namespace: phi }
spec: { type: NodePort }
`,
    },
  ],
  invalid: [
    {
      name: 'a node port with the fields that go with it',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
spec:
  type: «NodePort» # for the demo
  externalTrafficPolicy: Local
  ports:
    - name: https
      port: 443
      targetPort: 8443
      nodePort: 30443
`,
      errors: [
        {
          messageId: 'nodePort',
          message:
            'Service "portal" opens a port on every node, around the Ingress and its TLS, for whoever reaches a node. Use ClusterIP, and an Ingress or Gateway for callers from outside.',
        },
      ],
      output: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
spec:
  type: ClusterIP # for the demo
  ports:
    - name: https
      port: 443
      targetPort: 8443
`,
    },
    {
      name: 'in a List, without metadata, and where other files are not in view',
      isolated: true,
      code: `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Service, spec: { type: «NodePort», ports: [{ port: 443, nodePort: 30443 }] } }
`,
      errors: [{ messageId: 'nodePort', severity: 'warning' }],
      output: `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Service, spec: { type: ClusterIP, ports: [{ port: 443 }] } }
`,
    },
    {
      name: 'an Ingress on AWS whose load balancer connects to nodes; one of GKE',
      ...fixed(`apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
+  annotations:
+    alb.ingress.kubernetes.io/target-type: ip
spec:
  type: «NodePort→ClusterIP»
  ports:
    - port: 80
      targetPort: 8080
${ingress(', annotations: { alb.ingress.kubernetes.io/scheme: internal }', 'ingressClassName: alb, ')}---
apiVersion: v1
kind: Service
metadata:
  name: api
  namespace: phi
  annotations:
    cloud.google.com/app-protocols: '{"https": "HTTPS"}'
+    cloud.google.com/neg: "{\\"ingress\\": true}"
spec: { type: «NodePort→ClusterIP», ports: [{ name: https, port: 443 }] }
`),
      errors: [
        { messageId: 'forLoadBalancer', severity: 'information' },
        { messageId: 'forLoadBalancer', severity: 'information' },
      ],
      remaining: 0,
    },
    {
      name: 'an Ingress without a class, which a cloud may serve',
      code: `apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi }
spec: { type: «NodePort», ports: [{ port: 443 }] }
${ingress('')}`,
      errors: [{ messageId: 'forLoadBalancer', severity: 'information' }],
      output: undefined,
    },
    {
      name: 'an Ingress of NGINX needs no node port, nor does one on AWS that connects to pods',
      ...fixed(`apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi }
spec: { type: «NodePort→ClusterIP», ports: [{ port: 443 }] }
${ingress('', 'ingressClassName: nginx, ')}${ingress(', annotations: { alb.ingress.kubernetes.io/target-type: ip }', 'ingressClassName: alb, ')}`),
      errors: [{ messageId: 'nodePort', severity: 'warning' }],
    },
  ],
};
