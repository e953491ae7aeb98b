import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const gateway = (servers: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: phi }
spec:
  selector: { istio: ingressgateway }
  servers:
${servers}`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'HTTPS with a credential, HTTP with a redirect',
      code: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: phi
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: 443
        name: https
        protocol: HTTPS
      tls:
        mode: SIMPLE
        credentialName: edge-tls
      hosts:
        - portal.clinic.example
    - port:
        number: 80
        name: http
        protocol: HTTP
      tls:
        httpsRedirect: true
      hosts:
        - portal.clinic.example
`,
    },
    {
      name: 'TLS to the program, mutual TLS on any protocol',
      code: gateway(`    - { port: { number: 5432, name: db, protocol: TLS }, tls: { mode: PASSTHROUGH } }
    - { port: { number: 2575, name: hl7, protocol: TCP }, tls: { mode: MUTUAL, credentialName: hl7 } }
    - { port: { number: 80, name: out, protocol: HTTP }, tls: { mode: ISTIO_MUTUAL } }
`),
    },
    {
      name: 'a Gateway of the Gateway API',
      code: 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec: { servers: [{ port: { protocol: HTTP } }] }\n',
    },
  ],
  invalid: [
    {
      name: 'HTTP without a redirect',
      code: `apiVersion: networking.istio.io/v1beta1
kind: Gateway
metadata:
  name: edge
  namespace: phi
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: 80
        name: http
        protocol: «HTTP»
      hosts: # both portals
        - portal.clinic.example
`,
      errors: [
        {
          messageId: 'noRedirect',
          message:
            'A server of Gateway "edge" takes plain HTTP on port 80 without a redirect to HTTPS: clients send ePHI and cookies in clear text. Set tls.httpsRedirect.',
        },
      ],
      output: `apiVersion: networking.istio.io/v1beta1
kind: Gateway
metadata:
  name: edge
  namespace: phi
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: 80
        name: http
        protocol: HTTP
      hosts: # both portals
        - portal.clinic.example
      tls:
        httpsRedirect: true
`,
    },
    {
      name: 'a redirect switched off, TCP, HTTPS without and with a credential but no mode, flow style',
      ...fixed(
        gateway(`    - { port: { number: 80, name: http, protocol: «http2» }, tls: { httpsRedirect: ‹false→true› } }
    - { port: { number: 2575, name: hl7, protocol: «TCP» } }
    - { «port»: { number: 8443, name: a, protocol: HTTPS } }
    - { port: { number: 443, name: b, protocol: HTTPS }, «tls»: { credentialName: edge-tls‹→, mode: SIMPLE› } }
`),
      ),
      errors: [
        { messageId: 'noRedirect' },
        { messageId: 'clearText' },
        { messageId: 'noMode' },
        { messageId: 'noMode' },
      ],
      remaining: 2,
    },
  ],
};
