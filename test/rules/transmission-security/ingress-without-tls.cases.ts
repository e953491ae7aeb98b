import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const ingress = (annotations: string, spec = '  rules:\n    - host: portal.clinic.example\n') =>
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
${annotations === '' ? '' : `  annotations:\n    ${annotations}\n`}spec:
${spec}`;

const albClass = (parameters: string) => `---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: alb }
spec: { controller: ingress.k8s.aws/alb${parameters} }
`;
const middleware = (spec: string) => `---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: upgrade, namespace: phi }
spec: { ${spec} }
`;
const ROUTER = 'traefik.ingress.kubernetes.io/router.middlewares: phi-upgrade@kubernetescrd';

const quiet = (name: string, annotations: string) => ({ name, code: ingress(annotations) });

export const cases: RuleCases = {
  valid: [
    {
      name: 'spec.tls with a certificate',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
`,
    },
    { name: 'the default certificate', code: ingress('', '  tls: [{}]\n') },
    {
      name: 'another kind of this name',
      code: 'apiVersion: config.openshift.io/v1\nkind: Ingress\nspec: {}\n',
    },
    quiet(
      'an ACM certificate',
      'alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:us-east-1:1:certificate/1',
    ),
    quiet(
      'an ALB that finds its certificate by the host',
      `alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS":443}]'`,
    ),
    quiet('a certificate of Google', 'networking.gke.io/managed-certificates: portal'),
    quiet('a pre-shared certificate', 'ingress.gcp.kubernetes.io/pre-shared-cert: portal'),
    quiet('a Traefik router with TLS', 'traefik.ingress.kubernetes.io/router.tls: "true"'),
    quiet(
      'a Traefik router on an entry point for TLS',
      'traefik.ingress.kubernetes.io/router.entrypoints: websecure',
    ),
    quiet(
      'a Traefik router that redirects',
      'traefik.ingress.kubernetes.io/router.middlewares: kube-system-redirect-https@kubernetescrd',
    ),
    {
      name: 'an AWS load balancer whose class has settings of its own',
      code: `${ingress('', '  ingressClassName: alb\n')}${albClass(', parameters: { apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: tls }')}`,
    },
    {
      name: 'a Traefik router with a Middleware that redirects',
      code: `${ingress(ROUTER)}${middleware('redirectScheme: { scheme: https }')}`,
    },
    quiet('TLS up to the pod', 'nginx.ingress.kubernetes.io/ssl-passthrough: "true"'),
    quiet('HTTPS alone at Kong', 'konghq.com/protocols: https'),
    quiet('a canary of another Ingress', 'nginx.ingress.kubernetes.io/canary: "true"'),
    quiet('a tunnel whose edge speaks TLS', 'kubernetes.io/ingress.class: cloudflare-tunnel'),
    {
      name: 'an Ingress of ingress-nginx whose host has a certificate through another one',
      code: `${ingress('', '  ingressClassName: nginx\n  rules: [{ host: portal.clinic.example }]\n')}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: main, namespace: phi }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [portal.clinic.example], secretName: main-tls }]
`,
    },
    {
      name: 'an IngressClass tells the controller',
      code: `${ingress('', '  ingressClassName: internal\n')}---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: internal }
spec: { controller: k8s.ngrok.com/ingress-controller }
`,
    },
  ],
  invalid: [
    {
      name: 'no spec.tls',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
«spec»:
  ingressClassName: nginx
  rules:
    - host: portal.clinic.example # public
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 8080
`,
      errors: [
        {
          messageId: 'noTls',
          message:
            'Ingress "portal" has no TLS: ePHI, passwords and session cookies cross the network in clear text. Add spec.tls with a certificate for its hosts.',
        },
      ],
      output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
  annotations:
    cert-manager.io/cluster-issuer: replace-with-issuer
spec:
  ingressClassName: nginx
  rules:
    - host: portal.clinic.example # public
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 8080
  tls:
    - hosts:
        - portal.clinic.example
      secretName: portal-tls
`,
      alternatives: [
        {
          title: 'Add TLS with a certificate from a cert-manager Issuer',
          output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
  annotations:
    cert-manager.io/issuer: replace-with-issuer
spec:
  ingressClassName: nginx
  rules:
    - host: portal.clinic.example # public
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 8080
  tls:
    - hosts:
        - portal.clinic.example
      secretName: portal-tls
`,
        },
        {
          title: 'Add TLS with the certificate in Secret "portal-tls"',
          output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
spec:
  ingressClassName: nginx
  rules:
    - host: portal.clinic.example # public
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 8080
  tls:
    - hosts:
        - portal.clinic.example
      secretName: portal-tls
`,
        },
      ],
    },
    {
      name: 'an issuer of the workspace, two hosts, flow style, CRLF, an old API version',
      ...fixed(`apiVersion: networking.k8s.io/v1beta1\r
kind: Ingress\r
metadata: {name: portal, namespace: phi, annotations: {team: ehr‹→, cert-manager.io/issuer: clinic-ca›}}\r
«spec»: {rules: [{host: a.clinic.example}, {host: "*.clinic.example"}, {host: a.clinic.example}]‹→, tls: [{hosts: [a.clinic.example, "*.clinic.example"], secretName: portal-tls}]›}\r
---\r
apiVersion: cert-manager.io/v1\r
kind: Issuer\r
metadata: {name: clinic-ca, namespace: phi}\r
spec: {ca: {secretName: ca}}\r
---\r
apiVersion: cert-manager.io/v1\r
kind: Issuer\r
metadata: {name: other, namespace: web}\r
spec: {ca: {secretName: ca}}\r
`),
      errors: [{ messageId: 'noTls' }],
    },
    {
      name: 'an empty list, an issuer already named, a redirect switched off',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
    nginx.ingress.kubernetes.io/ssl-redirect: "false"
spec:
  «tls»: []
  rules:
    - host: portal.clinic.example
`,
      errors: [{ messageId: 'noTls' }],
      output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
    nginx.ingress.kubernetes.io/ssl-redirect: "true"
spec:
  tls:
    - hosts:
        - portal.clinic.example
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
`,
    },
    {
      name: 'an AWS load balancer that listens by HTTP',
      ...fixed(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    alb.ingress.kubernetes.io/scheme: internet-facing
+    alb.ingress.kubernetes.io/listen-ports: "[{\\"HTTP\\": 80}, {\\"HTTPS\\": 443}]"
+    alb.ingress.kubernetes.io/ssl-redirect: "443"
«spec»:
  ingressClassName: alb
  rules:
    - host: portal.clinic.example
`),
      errors: [{ messageId: 'noTls' }],
    },
    {
      name: 'a List with two findings: Google answers HTTP unless told, Traefik needs TLS on the router',
      ...fixed(`apiVersion: v1
kind: List
items:
- apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: a
    annotations:
      cert-manager.io/issuer: ca
      kubernetes.io/ingress.class: gce
+      kubernetes.io/ingress.allow-http: "false"
  «spec»:
    rules:
    - host: a.clinic.example
+    tls:
+    - hosts:
+      - a.clinic.example
+      secretName: a-tls
- apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: b
    annotations:
      cert-manager.io/issuer: ca
      traefik.ingress.kubernetes.io/router.entrypoints: ‹web→websecure›
+      traefik.ingress.kubernetes.io/router.tls: "true"
  «spec»:
    rules:
    - host: b.clinic.example
+    tls:
+    - hosts:
+      - b.clinic.example
+      secretName: b-tls
`),
      errors: [{ messageId: 'noTls' }, { messageId: 'noTls' }],
    },
    {
      name: 'an AWS load balancer whose class has no settings',
      code: `${ingress('', '  ingressClassName: alb\n').replace('spec:', '«spec»:')}${albClass('')}`,
      errors: [{ messageId: 'noTls' }],
      output: undefined,
    },
    {
      name: 'the old annotation, for which AWS reads no settings of the class',
      code: `${ingress('kubernetes.io/ingress.class: alb').replace(/spec:.*$/s, '«spec»: {}\n')}${albClass(', parameters: { apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: tls }')}`,
      errors: [{ messageId: 'noTls' }],
      output: undefined,
    },
    {
      name: 'a Traefik router with a Middleware that does not redirect',
      code: `${ingress(`${ROUTER}\n    cert-manager.io/issuer: ca`).replace('spec:', '«spec»:')}${middleware('compress: {}')}`,
      errors: [{ messageId: 'noTls' }],
      output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
  annotations:
    traefik.ingress.kubernetes.io/router.middlewares: phi-upgrade@kubernetescrd
    cert-manager.io/issuer: ca
    traefik.ingress.kubernetes.io/router.entrypoints: websecure
    traefik.ingress.kubernetes.io/router.tls: "true"
spec:
  rules:
    - host: portal.clinic.example
  tls:
    - hosts:
        - portal.clinic.example
      secretName: portal-tls
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: upgrade, namespace: phi }
spec: { compress: {} }
`,
    },
    {
      name: 'an AWS load balancer without hosts: nothing to find a certificate by',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: portal, annotations: { kubernetes.io/ingress.class: alb } }
«spec»: { defaultBackend: { service: { name: portal, port: { number: 80 } } } }
`,
      errors: [{ messageId: 'noTls' }],
      output: undefined,
    },
  ],
};
