import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const gateway = (listeners: string, more = '') => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: phi, annotations: { cert-manager.io/issuer: ca } }
spec:
  gatewayClassName: envoy
${more}  listeners:
${listeners}`;

const route = (parent: string, rules: string, name = 'route') => `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: phi }
spec: { parentRefs: [{ ${parent} }], rules: [${rules}] }
`;

const REDIRECT = '{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }';
const BACKEND = '{ backendRefs: [{ name: portal, port: 8443 }] }';
const HTTPS =
  '    - { name: https, protocol: HTTPS, port: 443, tls: { certificateRefs: [{ name: edge-tls }] } }\n';
const HTTP = '    - { name: http, protocol: HTTP, port: 80 }\n';

export const cases: RuleCases = {
  valid: [
    {
      name: 'HTTPS, and HTTP that is redirected',
      code: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: phi
spec:
  gatewayClassName: envoy
  listeners:
    - name: http
      protocol: HTTP
      port: 80
    - name: https
      protocol: HTTPS
      port: 443
      tls:
        certificateRefs:
          - name: edge-tls
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: to-https
  namespace: phi
spec:
  parentRefs:
    - name: edge
      sectionName: http
  rules:
    - filters:
        - type: RequestRedirect
          requestRedirect:
            scheme: https
            statusCode: 301
`,
    },
    {
      name: 'TLS that the program terminates, and certificates that stand in options',
      code: gateway(`    - { name: db, protocol: TLS, port: 5432, tls: { mode: Passthrough } }
    - { name: https, protocol: HTTPS, port: 443, tls: { options: { networking.gke.io/pre-shared-certs: portal } } }
    - { name: mesh, protocol: HBONE, port: 15008 }
`),
    },
    { name: 'routes may be elsewhere', code: gateway(HTTP), isolated: true },
    {
      name: 'a Gateway of Istio',
      code: 'apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: { listeners: [{ protocol: HTTP }] }\n',
    },
  ],
  invalid: [
    {
      name: 'HTTP alone',
      code: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: phi
  annotations:
    cert-manager.io/issuer: ca
spec:
  gatewayClassName: envoy
  listeners:
    - name: http
      protocol: «HTTP»
      port: 80
`,
      errors: [
        {
          messageId: 'noRedirect',
          message:
            'Listener "http" of Gateway "edge" takes plain HTTP, and no HTTPRoute redirects it to HTTPS: clients may send ePHI in clear text. Add the redirect.',
        },
      ],
      output: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: phi
  annotations:
    cert-manager.io/issuer: ca
spec:
  gatewayClassName: envoy
  listeners:
    - name: http
      protocol: HTTP
      port: 80
    - name: https
      protocol: HTTPS
      port: 443
      tls:
        certificateRefs:
          - name: edge-tls
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: edge-redirect
  namespace: phi
spec:
  parentRefs:
    - name: edge
      sectionName: http
  rules:
    - filters:
        - type: RequestRedirect
          requestRedirect:
            scheme: https
            statusCode: 301
`,
      alternatives: [
        {
          title: 'Listen by HTTPS with the certificate in Secret "edge-tls"',
          output: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: phi
  annotations:
    cert-manager.io/issuer: ca
spec:
  gatewayClassName: envoy
  listeners:
    - name: http
      protocol: HTTPS
      port: 443
      tls:
        certificateRefs:
          - name: edge-tls
`,
        },
      ],
    },
    {
      name: 'a route that serves on both listeners, beside one that redirects; other files are not in view',
      isolated: true,
      ...fixed(
        `${gateway(`    - { name: http, protocol: «HTTP→HTTPS», port: 8080‹→, tls: { certificateRefs: [{ name: edge-tls }] }› }\n${HTTPS}`)}${route('name: edge', BACKEND)}${route('name: edge, sectionName: http', REDIRECT, 'redirect')}`,
      ),
      errors: [{ messageId: 'serving', message: /serves route "route" by plain HTTP/ }],
    },
    {
      name: 'routes of other listeners and Gateways redirect nothing here',
      ...fixed(`${gateway(`    - { name: http, protocol: «HTTP», port: 80 }\n${HTTPS}`)}+---
+apiVersion: gateway.networking.k8s.io/v1
+kind: HTTPRoute
+metadata:
+  name: edge-redirect
+  namespace: phi
+spec:
+  parentRefs:
+    - name: edge
+      sectionName: http
+  rules:
+    - filters:
+        - type: RequestRedirect
+          requestRedirect:
+            scheme: https
+            statusCode: 301
${route('name: edge, sectionName: https', BACKEND)}${route('name: other', REDIRECT, 'redirect')}`),
      errors: [{ messageId: 'noRedirect' }],
    },
    {
      name: 'TCP, UDP, and TLS without a certificate',
      code: gateway(`    - name: hl7
      protocol: «TCP»
      port: 2575
    - name: syslog
      protocol: «UDP»
      port: 514
    - name: https
      protocol: HTTPS
      port: 443
      «tls»: { mode: Terminate }
`),
      errors: [{ messageId: 'clearText' }, { messageId: 'clearText' }, { messageId: 'noCertificate' }],
      output: gateway(`    - name: hl7
      protocol: TLS
      port: 2575
      tls:
        certificateRefs:
          - name: edge-tls
    - name: syslog
      protocol: UDP
      port: 514
    - name: https
      protocol: HTTPS
      port: 443
      tls: { mode: Terminate, certificateRefs: [{ name: edge-tls }] }
`),
      remaining: 1,
    },
    {
      name: 'options that bring no certificate',
      ...fixed(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: portal
  namespace: clinic
  annotations: { cert-manager.io/cluster-issuer: main }
spec:
  gatewayClassName: nginx
  listeners:
    - name: https
      port: 443
      protocol: HTTPS
      «tls»:
        options: { nginx.org/ssl-protocols: TLSv1.2 TLSv1.3 }
+        certificateRefs:
+          - name: portal-tls
`),
      errors: [{ messageId: 'noCertificate' }],
    },
  ],
};
