import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const certificate = (spec: string, name = 'api') => `---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ${name}, namespace: clinic }
spec: { secretName: ${name}-tls, dnsNames: [${name}.clinic.svc], ${spec} }
`;
const SELF_SIGNED = `---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: self, namespace: clinic }
spec: { selfSigned: {} }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'a long key from a CA',
      code: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: api
  namespace: clinic
spec:
  secretName: api-tls
  dnsNames: [api.clinic.svc]
  privateKey:
    algorithm: ECDSA
    size: 384
  issuerRef:
    name: ca
`,
    },
    {
      name: 'defaults, and an algorithm of one size',
      code: `${certificate('issuerRef: { name: ca }')}${certificate('issuerRef: { name: ca }, privateKey: { algorithm: Ed25519, size: 0 }')}`,
    },
    {
      name: 'sizes that are long enough, or none, on Ingresses',
      code: [
        'private-key-size: "4096"',
        'private-key-algorithm: ECDSA, cert-manager.io/private-key-size: "256"',
        'issuer: ca',
      ]
        .map(
          (annotation) => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: clinic, annotations: { cert-manager.io/${annotation} } }
spec: { tls: [{ hosts: [web.example.com], secretName: web }] }
`,
        )
        .join(''),
    },
    {
      name: 'a self-signed root, and an issuer of this name elsewhere',
      code: `${certificate('isCA: true, issuerRef: { name: self }', 'root')}${certificate('issuerRef: { name: self, kind: ClusterIssuer }')}${SELF_SIGNED}`,
    },
    {
      name: 'the certificate of a webhook, which the API server is told to trust',
      code: `${certificate('issuerRef: { name: self }', 'webhook')}${SELF_SIGNED}---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: records.clinic.example, annotations: { cert-manager.io/inject-ca-from: clinic/webhook } }
`,
    },
  ],
  invalid: [
    {
      name: 'a short RSA key',
      code: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: api
  namespace: clinic
spec:
  secretName: api-tls
  dnsNames: [api.clinic.svc]
  privateKey:
    algorithm: RSA
    size: «1024» # the old load balancer
  issuerRef:
    name: ca
`,
      errors: [
        {
          messageId: 'short',
          message:
            'A key of 1024 bits (RSA) can be broken, and with it the encryption of ePHI in transit. Use 3072 bits.',
        },
      ],
      output: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: api
  namespace: clinic
spec:
  secretName: api-tls
  dnsNames: [api.clinic.svc]
  privateKey:
    algorithm: RSA
    size: 3072 # the old load balancer
  issuerRef:
    name: ca
`,
    },
    {
      name: 'a short elliptic curve; an old version of the API; an Ingress',
      ...fixed(`apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: api, namespace: clinic }
spec: { secretName: api, dnsNames: [api], issuerRef: { name: ca }, privateKey: { algorithm: ECDSA, size: «224→256» } }
---
apiVersion: cert-manager.io/v1alpha2
kind: Certificate
metadata: { name: old, namespace: clinic }
spec: { secretName: old, dnsNames: [old], issuerRef: { name: ca }, keySize: «1024→3072» }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: clinic
  annotations: { cert-manager.io/cluster-issuer: ca, cert-manager.io/private-key-size: «"1024"→"3072"» }
spec: { tls: [{ hosts: [web.example.com], secretName: web }], rules: [{ host: web.example.com }] }
`),
      errors: [
        { messageId: 'short', message: /Use 256 bits\.$/ },
        { messageId: 'short' },
        { messageId: 'short' },
      ],
    },
    {
      name: 'a leaf that vouches for itself',
      code: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: api, namespace: clinic }
spec: { secretName: api, dnsNames: [api.clinic.svc], issuerRef: { name: «self», kind: Issuer } }
${SELF_SIGNED}`,
      errors: [{ messageId: 'selfSigned' }],
      output: undefined,
    },
  ],
};
