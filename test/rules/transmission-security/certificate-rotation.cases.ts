import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const certificate = (spec: string) => `---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: api, namespace: clinic }
spec: { secretName: api-tls, dnsNames: [api.clinic.svc], issuerRef: { name: ca, kind: ClusterIssuer }, ${spec} }
`;
const CA = `---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: ca }
spec: { ca: { secretName: ca } }
`;
const ACME = `---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: ca }
spec: { acme: { server: https://acme.example/directory, privateKeySecretRef: { name: acme } } }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: '90 days, renewed a third before the end with a new key',
      code: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: api
  namespace: clinic
spec:
  secretName: api-tls
  dnsNames: [api.clinic.svc]
  duration: 2160h
  renewBefore: 720h
  privateKey:
    rotationPolicy: Always
  issuerRef:
    name: ca
    kind: ClusterIssuer
`,
    },
    { name: '200 days from a public CA', code: `${certificate('duration: 4800h')}${ACME}` },
    {
      name: 'nothing said, a percentage, and a short life that is renewed early enough',
      code: `${certificate('privateKey: { algorithm: ECDSA }')}${certificate('renewBeforePercentage: 33')}${certificate(
        'duration: 24h, renewBefore: 8h',
      )}${CA}`,
    },
    {
      name: 'an authority of its own',
      code: `${certificate('isCA: true, duration: 87600h, renewBefore: 24h, privateKey: { rotationPolicy: Never }')}${CA}`,
    },
    {
      name: 'workloads of meshes, hours to days',
      code: `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  meshConfig: { accessLogFile: /dev/stdout }
  values: { pilot: { env: { DEFAULT_WORKLOAD_CERT_TTL: 24h } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: consul-server, namespace: consul }
data: { server.json: '{"connect": {"ca_config": {"leaf_cert_ttl": "72h"}}}' }
`,
    },
    {
      name: 'programs of meshes, hours to days, and a variable of another program',
      code: `apiVersion: v1
kind: Pod
metadata: { name: identity, namespace: linkerd }
spec:
  containers:
    - name: identity
      args: [identity, -identity-issuance-lifetime, 24h0m0s]
      env:
        - { name: SECRET_TTL, value: 168h }
        - { name: TOKEN_TTL, value: 8760h }
`,
    },
    {
      name: 'another kind of this name',
      code: 'apiVersion: networking.internal.knative.dev/v1alpha1\nkind: Certificate\nmetadata: { name: a }\nspec: { duration: 9999h }\n',
    },
    { name: 'a duration that is none', code: certificate('duration: a year') },
  ],
  invalid: [
    {
      name: 'a year',
      code: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: api
  namespace: clinic
spec:
  secretName: api-tls
  dnsNames: [api.clinic.example]
  duration: «8760h» # one year
  issuerRef:
    name: public
    kind: ClusterIssuer
`,
      errors: [
        {
          messageId: 'duration',
          message:
            'Certificate "api" lives 365 days; public CAs give 200 at most since March 2026. A leaked key opens connections to ePHI until then. Set 4800h.',
        },
      ],
      output: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: api
  namespace: clinic
spec:
  secretName: api-tls
  dnsNames: [api.clinic.example]
  duration: 4800h # one year
  issuerRef:
    name: public
    kind: ClusterIssuer
`,
    },
    {
      name: 'half a year from a private CA, renewed beyond the new end',
      ...fixed(`apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: api, namespace: clinic }
spec:
  secretName: api-tls
  dnsNames: [api.clinic.svc]
  duration: «4320h→2160h»
  renewBefore: ‹2400h→720h›
  issuerRef: { name: ca, kind: ClusterIssuer }
${CA}`),
      errors: [{ messageId: 'duration', message: /private CA.*Set 2160h\.$/ }],
    },
    {
      name: 'renewals that never end, that come too late, and by a percentage',
      ...fixed(`apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: api, namespace: clinic }
spec: { secretName: api, dnsNames: [api], issuerRef: { name: x }, duration: 720h, renewBefore: «720h→240h» }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: clinic }
spec: { secretName: web, dnsNames: [web], issuerRef: { name: x }, renewBefore: «24h→720h» }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: lab, namespace: clinic }
spec: { secretName: lab, dnsNames: [lab], issuerRef: { name: x }, renewBeforePercentage: «2→33» }
`),
      errors: [
        { messageId: 'renewalNever' },
        { messageId: 'renewalLate', message: /only 24h before its end.*Set renewBefore: 720h\.$/ },
        { messageId: 'renewalLate' },
      ],
    },
    {
      name: 'the same key for ever',
      code: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: api, namespace: clinic }
spec: { secretName: api, dnsNames: [api], issuerRef: { name: x }, privateKey: { rotationPolicy: «Never» } }
`,
      errors: [{ messageId: 'sameKey' }],
      output: `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: api, namespace: clinic }
spec: { secretName: api, dnsNames: [api], issuerRef: { name: x }, privateKey: { rotationPolicy: Always } }
`,
    },
    {
      name: 'workloads of Istio and Linkerd',
      ...fixed(`apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  meshConfig: { accessLogFile: /dev/stdout }
  components: { pilot: { k8s: { env: [{ name: DEFAULT_WORKLOAD_CERT_TTL, value: «2160h→24h» }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: linkerd-identity, namespace: linkerd }
spec:
  selector: { matchLabels: { linkerd.io/control-plane-component: identity } }
  template:
    metadata: { labels: { linkerd.io/control-plane-component: identity } }
    spec:
      containers:
        - name: identity
          image: registry.example/linkerd/controller:1
          args: [identity, -identity-issuance-lifetime=«720h0m0s→24h»]
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: linkerd, namespace: linkerd }
spec: { values: { identity: { issuer: { issuanceLifetime: «720h→24h» } } } }
`),
      errors: [
        {
          messageId: 'workload',
          message: /^DEFAULT_WORKLOAD_CERT_TTL lets certificates of Istio workloads live 90 days/,
        },
        { messageId: 'workload' },
        { messageId: 'workload' },
      ],
    },
    {
      name: 'workloads of Consul, inside of a text',
      ...fixed(`apiVersion: v1
kind: ConfigMap
metadata: { name: consul-server, namespace: consul }
data:
  server.hcl: |
    connect {
      ca_config {
        leaf_cert_ttl = "«8760h→24h»"
      }
    }
`),
      errors: [{ messageId: 'workload', message: /Consul workloads live 365 days/ }],
    },
  ],
};
