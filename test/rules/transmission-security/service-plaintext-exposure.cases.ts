import type { RuleCases } from '../../support/rule-cases.ts';

const service = (ports: string, more = '', name = 'portal') => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: phi${more} }
spec: { type: LoadBalancer, ports: [${ports}] }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'HTTPS',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
spec:
  type: LoadBalancer
  ports:
    - name: https
      port: 443
      targetPort: 8443
`,
    },
    {
      name: 'inside of the cluster',
      code: 'apiVersion: v1\nkind: Service\nmetadata: { name: db, namespace: phi }\nspec: { ports: [{ port: 5432 }] }\n',
    },
    {
      name: 'names that say TLS',
      code: service('{ port: 5432, name: tls-postgres }, { port: 80, targetPort: https }'),
    },
    { name: 'an appProtocol that says TLS', code: service('{ port: 8080, appProtocol: https }') },
    { name: 'an unknown port', code: service('{ port: 7777, name: control }, { port: 80, protocol: UDP }') },
    {
      name: 'the load balancer ends TLS',
      code: service(
        '{ port: 80, name: a }, { port: 443, name: b, targetPort: 8080 }',
        ', annotations: { service.beta.kubernetes.io/aws-load-balancer-ssl-cert: "arn:aws:acm:x" }',
      ),
    },
    {
      name: 'an Ingress controller, which redirects',
      code: service('{ port: 80, name: http }, { port: 443, name: https }', '', 'ingress-nginx-controller'),
    },
    {
      name: 'node ports for the load balancers of AWS and GKE, which connect to nodes',
      code: `apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi }
spec: { type: NodePort, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: portal, namespace: phi }
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: portal, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: phi, annotations: { cloud.google.com/backend-config: '{"default": "api"}' } }
spec: { type: NodePort, ports: [{ port: 8080 }] }
`,
    },
  ],
  invalid: [
    {
      name: 'HL7 and DICOM for the whole network',
      code: `apiVersion: v1
kind: Service
metadata:
  name: interfaces
  namespace: phi
spec:
  type: LoadBalancer
  ports:
    - name: mllp
      port: «2575»
    - port: «104»
      targetPort: 11112
    - name: https
      port: 443
`,
      errors: [
        {
          messageId: 'clearText',
          message:
            'Service "interfaces" opens port 2575 to the outside of the cluster, where HL7 MLLP is spoken in clear text: ePHI can be read on the way. Use the TLS form, or an Ingress with TLS before a ClusterIP Service.',
        },
        { messageId: 'clearText' },
      ],
      output: undefined,
    },
    {
      name: 'node ports that no load balancer of an Ingress connects to: it speaks HTTP',
      code: `apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi, annotations: { alb.ingress.kubernetes.io/healthcheck-path: /up } }
spec: { type: NodePort, ports: [{ port: 80 }, { port: «2575» }, { port: 81, name: web-http }, { port: «7000», name: mysql }, { port: 5432, name: tls }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: portal, namespace: phi }
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: portal, port: { number: 80 } } }
`,
      errors: [{ messageId: 'clearText' }, { messageId: 'clearText' }],
      output: undefined,
    },
    {
      name: 'a node port by its number, a name, an appProtocol, ports without TLS beside one with it',
      code: `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: { name: a, namespace: phi }
  spec: { type: NodePort, ports: [{ port: «8080» }, { port: «30001», name: web-http }, { port: «30002», appProtocol: kubernetes.io/h2c }] }
- apiVersion: v1
  kind: Service
  metadata:
    name: b
    namespace: phi
    annotations:
      service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:x
      service.beta.kubernetes.io/aws-load-balancer-ssl-ports: "443"
  spec: { type: LoadBalancer, ports: [{ port: «80» }, { port: 443, targetPort: 8080 }] }
`,
      errors: [
        { messageId: 'clearText' },
        { messageId: 'clearText' },
        { messageId: 'clearText' },
        { messageId: 'clearText' },
      ],
      output: undefined,
    },
  ],
};
