import type { RuleCases } from '../../support/rule-cases.ts';

const ingress = (annotations = '', secret = 'portal-tls') => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: portal, namespace: clinic${annotations === '' ? '' : `, annotations: { ${annotations} }`} }
spec: { tls: [{ hosts: [portal.example.com], secretName: ${secret} }], rules: [{ host: portal.example.com }] }
`;
const issuer = (kind: string, name: string, namespace = '') => `---
apiVersion: cert-manager.io/v1
kind: ${kind}
metadata: { name: ${name}${namespace} }
spec: { ca: { secretName: ca } }
`;
const provider = (
  apiVersion: string,
  kind: string,
  spec: string,
  metadata = 'name: portal-tls, namespace: clinic',
) => `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { ${metadata} }
spec: ${spec}
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'cert-manager, by an annotation',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: clinic
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
spec:
  tls:
    - hosts: [portal.example.com]
      secretName: portal-tls
  rules:
    - host: portal.example.com
`,
    },
    {
      name: 'a Certificate; one whose Secret is copied from another namespace',
      code: `${ingress()}${provider(
        'cert-manager.io/v1',
        'Certificate',
        '{ secretName: portal-tls, dnsNames: [portal.example.com], issuerRef: { name: ca } }',
        'name: portal, namespace: clinic',
      )}${ingress('', 'wildcard')}${provider(
        'cert-manager.io/v1',
        'Certificate',
        '{ secretName: wildcard, dnsNames: ["*.example.com"], issuerRef: { name: ca }, secretTemplate: { annotations: { reflector.v1.k8s.emberstack.com/reflection-allowed: "true" } } }',
        'name: wildcard, namespace: cert-manager',
      )}`,
    },
    {
      name: 'external stores',
      code: `${ingress()}${provider('external-secrets.io/v1', 'ExternalSecret', '{ target: { name: portal-tls } }', 'name: portal, namespace: clinic')}${ingress(
        '',
        'vault-tls',
      )}${provider('secrets.hashicorp.com/v1beta1', 'VaultPKISecret', '{ destination: { name: vault-tls, create: true } }')}${ingress('', 'csi-tls')}${provider(
        'secrets-store.csi.x-k8s.io/v1',
        'SecretProviderClass',
        '{ provider: azure, secretObjects: [{ secretName: csi-tls, type: kubernetes.io/tls, data: [] }] }',
      )}`,
    },
    {
      name: 'the controller fetches certificates by itself',
      code: ingress('traefik.ingress.kubernetes.io/router.tls.certresolver: letsencrypt'),
    },
    {
      name: 'TLS that goes through',
      code: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: clinic }
spec:
  gatewayClassName: istio
  listeners: [{ name: tls, port: 443, protocol: TLS, tls: { mode: Passthrough, certificateRefs: [{ name: web }] } }]
`,
    },
    { name: 'other files are not in view', code: ingress(), isolated: true },
  ],
  invalid: [
    {
      name: 'a Secret that nobody renews',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: clinic
spec:
  tls:
    - hosts: [portal.example.com]
      secretName: «portal-tls»
  rules:
    - host: portal.example.com
`,
      errors: [
        {
          messageId: 'byHand',
          message:
            'Nothing in this workspace renews the certificate in Secret "portal-tls", and encryption of ePHI in transit ends with it. Let cert-manager issue it.',
        },
      ],
      output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: clinic
  annotations:
    cert-manager.io/cluster-issuer: replace-with-issuer
spec:
  tls:
    - hosts: [portal.example.com]
      secretName: portal-tls
  rules:
    - host: portal.example.com
`,
    },
    {
      name: 'a Gateway, with issuers to choose from; the Certificate of another namespace does not help',
      code: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: clinic }
spec:
  gatewayClassName: istio
  listeners:
    - name: https
      port: 443
      protocol: HTTPS
      tls: { certificateRefs: [{ name: «web-tls» }] }
${issuer('ClusterIssuer', 'clinic-ca')}${issuer('Issuer', 'local', ', namespace: clinic')}${issuer('Issuer', 'other', ', namespace: web')}${provider(
  'cert-manager.io/v1',
  'Certificate',
  '{ secretName: web-tls, dnsNames: [web], issuerRef: { name: other } }',
  'name: web, namespace: web',
)}`,
      errors: [{ messageId: 'byHand' }],
      output: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: clinic, annotations: { cert-manager.io/cluster-issuer: clinic-ca } }
spec:
  gatewayClassName: istio
  listeners:
    - name: https
      port: 443
      protocol: HTTPS
      tls: { certificateRefs: [{ name: web-tls }] }
${issuer('ClusterIssuer', 'clinic-ca')}${issuer('Issuer', 'local', ', namespace: clinic')}${issuer('Issuer', 'other', ', namespace: web')}${provider('cert-manager.io/v1', 'Certificate', '{ secretName: web-tls, dnsNames: [web], issuerRef: { name: other } }', 'name: web, namespace: web')}`,
      alternatives: [
        {
          title: 'Let the Issuer "local" issue it',
          output: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: clinic, annotations: { cert-manager.io/issuer: local } }
spec:
  gatewayClassName: istio
  listeners:
    - name: https
      port: 443
      protocol: HTTPS
      tls: { certificateRefs: [{ name: web-tls }] }
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: clinic-ca }
spec: { ca: { secretName: ca } }
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: local, namespace: clinic }
spec: { ca: { secretName: ca } }
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: other, namespace: web }
spec: { ca: { secretName: ca } }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: web }
spec: { secretName: web-tls, dnsNames: [web], issuerRef: { name: other } }
`,
        },
      ],
    },
    {
      name: 'a Gateway of Istio, for which somebody has to write a Certificate',
      code: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: clinic }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      hosts: [web.example.com]
      tls: { mode: SIMPLE, credentialName: «web-tls» }
`,
      errors: [{ messageId: 'byHand' }],
      output: undefined,
    },
  ],
};
