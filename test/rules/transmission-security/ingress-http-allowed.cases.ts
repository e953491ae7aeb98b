import { fixed } from '../../support/marked-text.ts';
import type { InvalidCase, RuleCases } from '../../support/rule-cases.ts';

const ingress = (annotations: string, tls = '  tls: [{ hosts: [a.clinic.example], secretName: a-tls }]\n') =>
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
${annotations
  .split('\n')
  .map((line) => `    ${line}\n`)
  .join('')}spec:
${tls}  rules: [{ host: a.clinic.example }]
`;

const quiet = (name: string, annotations: string, tls?: string) => ({
  name,
  code: ingress(annotations, tls),
});

/** An annotation that leaves plain HTTP open, and what closes it. */
const opened = (product: string, before: string, after: string, tls?: string): InvalidCase => ({
  name: product,
  code: ingress(before, tls),
  errors: [{ messageId: 'on' }],
  output: ingress(after, tls),
});

export const cases: RuleCases = {
  valid: [
    {
      name: 'ingress-nginx redirects by default',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
`,
    },
    quiet('no TLS at all is another finding', 'nginx.ingress.kubernetes.io/ssl-redirect: "false"', ''),
    quiet(
      'force-ssl-redirect wins',
      'nginx.ingress.kubernetes.io/ssl-redirect: "false"\nnginx.ingress.kubernetes.io/force-ssl-redirect: "true"',
    ),
    quiet('force-ssl-redirect off is the default', 'nginx.ingress.kubernetes.io/force-ssl-redirect: "false"'),
    quiet('a value that a template fills', 'nginx.ingress.kubernetes.io/ssl-redirect: "$REDIRECT"'),
    quiet('GKE told not to', 'kubernetes.io/ingress.class: gce\nkubernetes.io/ingress.allow-http: "false"'),
    quiet(
      'GKE with a FrontendConfig that is not in view',
      'kubernetes.io/ingress.class: gce\nnetworking.gke.io/v1beta1.FrontendConfig: redirect',
    ),
    quiet(
      'ALB that redirects',
      `alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'\nalb.ingress.kubernetes.io/ssl-redirect: "443"`,
    ),
    quiet('ALB that listens by HTTPS alone', `alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'`),
    {
      name: 'ALB that redirects by an action',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'
    alb.ingress.kubernetes.io/actions.ssl-redirect: '{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443"}}'
spec:
  rules:
    - http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: ssl-redirect, port: { name: use-annotation } } } }
`,
    },
    {
      name: 'one Ingress of an ALB group redirects for all',
      code: `${ingress(`alb.ingress.kubernetes.io/group.name: portal\nalb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'`)}---
${ingress('alb.ingress.kubernetes.io/group.name: portal\nalb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:x\nalb.ingress.kubernetes.io/ssl-redirect: "443"')}`,
    },
    quiet(
      'a Traefik router with TLS on both entry points',
      'traefik.ingress.kubernetes.io/router.entrypoints: web,websecure\ntraefik.ingress.kubernetes.io/router.tls: "true"',
    ),
    quiet(
      'a Traefik router with middlewares that are not in view',
      'traefik.ingress.kubernetes.io/router.entrypoints: web\ntraefik.ingress.kubernetes.io/router.middlewares: default-auth@kubernetescrd',
    ),
    quiet(
      'Contour without plain HTTP',
      'kubernetes.io/ingress.class: contour\nkubernetes.io/ingress.allow-http: "false"',
    ),
    {
      name: 'a Route that redirects, and one that is closed by default',
      code: `apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: portal }
spec: { tls: { termination: edge, insecureEdgeTerminationPolicy: Redirect } }
---
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: portal }
spec: { tls: { termination: passthrough } }
`,
    },
    {
      name: 'an HTTPProxy that redirects, and one that others include',
      code: `apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: portal }
spec: { virtualhost: { fqdn: a.clinic.example, tls: { secretName: a-tls } }, routes: [{ services: [{ name: a }] }] }
---
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: part }
spec: { routes: [{ permitInsecure: false, services: [{ name: a }] }] }
`,
    },
    {
      name: 'IngressRoutes: TLS, and a redirect on the plain entry point',
      code: `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: portal, namespace: phi }
spec: { entryPoints: [websecure], routes: [{ match: Host(\`a\`) }], tls: {} }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: plain, namespace: phi }
spec: { entryPoints: [web], routes: [{ match: Host(\`a\`), middlewares: [{ name: upgrade }] }] }
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: upgrade, namespace: phi }
spec: { redirectScheme: { scheme: https, permanent: true } }
`,
    },
    {
      name: 'another ConfigMap with such a key',
      code: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: portal }\ndata: { ssl-redirect: "false" }\n',
    },
    {
      name: 'a gateway of Consul with TLS, for all listeners or each',
      code: `apiVersion: consul.hashicorp.com/v1alpha1
kind: IngressGateway
metadata: { name: all, namespace: consul }
spec:
  tls: { enabled: true }
  listeners: [{ port: 443, protocol: http, services: [{ name: portal }] }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: IngressGateway
metadata: { name: each, namespace: consul }
spec:
  listeners: [{ port: 443, protocol: http, tls: { enabled: true }, services: [{ name: portal }] }]
`,
    },
  ],
  invalid: [
    {
      name: 'ingress-nginx told not to redirect',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/ssl-redirect: «"false"» # old tablets
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
`,
      errors: [
        {
          messageId: 'on',
          message:
            'Ingress "portal" also answers plain HTTP (nginx.ingress.kubernetes.io/ssl-redirect): a client that starts there sends ePHI and session cookies in clear text. Redirect it to HTTPS.',
        },
      ],
      output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/ssl-redirect: "true" # old tablets
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
`,
    },
    opened('NGINX Inc.', `nginx.org/ssl-redirect: «'False'»`, `nginx.org/ssl-redirect: 'true'`),
    opened(
      'an old prefix',
      'ingress.kubernetes.io/ssl-redirect: «"false"»',
      'ingress.kubernetes.io/ssl-redirect: "true"',
    ),
    opened('HAProxy', 'haproxy.org/ssl-redirect: «"false"»', 'haproxy.org/ssl-redirect: "true"'),
    opened(
      'HAProxy Ingress',
      'haproxy-ingress.github.io/ssl-redirect: «"false"»',
      'haproxy-ingress.github.io/ssl-redirect: "true"',
    ),
    opened('Kong', 'konghq.com/protocols: «"http,https"»', 'konghq.com/protocols: "https"'),
    opened('Cilium', 'ingress.cilium.io/force-https: «disabled»', 'ingress.cilium.io/force-https: enabled'),
    opened(
      'NetScaler',
      'ingress.citrix.com/insecure-termination: «allow»',
      'ingress.citrix.com/insecure-termination: redirect',
    ),
    opened(
      'GKE with HTTP allowed',
      'kubernetes.io/ingress.class: gce\nkubernetes.io/ingress.allow-http: «"true"»',
      'kubernetes.io/ingress.class: gce\nkubernetes.io/ingress.allow-http: "false"',
    ),
    opened(
      'Traefik on the plain entry point, with certificates that its router does not use',
      'traefik.ingress.kubernetes.io/router.entrypoints: «web»',
      'traefik.ingress.kubernetes.io/router.entrypoints: websecure\ntraefik.ingress.kubernetes.io/router.tls: "true"',
    ),
    opened(
      'ALB that listens by both without a redirect',
      `alb.ingress.kubernetes.io/listen-ports: «'[{"HTTP": 80}, {"HTTPS": 443}]'»`,
      `alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'\nalb.ingress.kubernetes.io/ssl-redirect: "443"`,
    ),
    {
      name: 'GKE, Contour and Kong answer HTTP by default; a FrontendConfig that does not redirect',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: a
  «annotations»:
    kubernetes.io/ingress.class: gce
    networking.gke.io/v1beta1.FrontendConfig: policy
spec:
  tls: [{ secretName: a-tls }]
---
apiVersion: networking.gke.io/v1beta1
kind: FrontendConfig
metadata: { name: policy }
spec: { sslPolicy: modern }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
«metadata»: { name: b }
spec: { ingressClassName: contour, tls: [{ secretName: b-tls }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
«metadata»: { name: c }
spec: { ingressClassName: kong, tls: [{ secretName: c-tls }] }
`,
      errors: [{ messageId: 'byDefault' }, { messageId: 'byDefault' }, { messageId: 'byDefault' }],
      output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: a
  annotations:
    kubernetes.io/ingress.class: gce
    networking.gke.io/v1beta1.FrontendConfig: policy
    kubernetes.io/ingress.allow-http: "false"
spec:
  tls: [{ secretName: a-tls }]
---
apiVersion: networking.gke.io/v1beta1
kind: FrontendConfig
metadata: { name: policy }
spec: { sslPolicy: modern }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: b, annotations: { ingress.kubernetes.io/force-ssl-redirect: "true" } }
spec: { ingressClassName: contour, tls: [{ secretName: b-tls }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: c, annotations: { konghq.com/protocols: https } }
spec: { ingressClassName: kong, tls: [{ secretName: c-tls }] }
`,
    },
    opened(
      'an ALB group of which no Ingress redirects',
      `alb.ingress.kubernetes.io/group.name: portal\nalb.ingress.kubernetes.io/listen-ports: «'[{"HTTP": 80}, {"HTTPS": 443}]'»`,
      `alb.ingress.kubernetes.io/group.name: portal\nalb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'\nalb.ingress.kubernetes.io/ssl-redirect: "443"`,
    ),
    {
      name: 'routers of Traefik with Middlewares that do not redirect',
      code: `apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: squeeze, namespace: phi }
spec: { compress: {} }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: a, namespace: phi }
spec: { entryPoints: [«web»], routes: [{ match: Host(\`a\`), middlewares: [{ name: squeeze }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: b
  namespace: phi
  annotations:
    traefik.ingress.kubernetes.io/router.entrypoints: «web»
    traefik.ingress.kubernetes.io/router.middlewares: phi-squeeze@kubernetescrd
spec:
  ingressClassName: traefik
  tls: [{ hosts: [b.clinic.example], secretName: b-tls }]
`,
      errors: [{ messageId: 'on' }, { messageId: 'on' }],
      output: `apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: squeeze, namespace: phi }
spec: { compress: {} }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: a, namespace: phi }
spec: { entryPoints: [web], routes: [{ match: Host(\`a\`), middlewares: [{ name: squeeze }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: b
  namespace: phi
  annotations:
    traefik.ingress.kubernetes.io/router.entrypoints: websecure
    traefik.ingress.kubernetes.io/router.middlewares: phi-squeeze@kubernetescrd
    traefik.ingress.kubernetes.io/router.tls: "true"
spec:
  ingressClassName: traefik
  tls: [{ hosts: [b.clinic.example], secretName: b-tls }]
`,
      remaining: 1,
    },
    {
      name: 'an AWS load balancer with a certificate of Kubernetes that nothing has it listen with',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
«metadata»: { name: a, namespace: phi }
spec: { ingressClassName: alb, tls: [{ hosts: [a.clinic.example] }] }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: alb }
spec: { controller: ingress.k8s.aws/alb }
`,
      errors: [{ messageId: 'byDefault' }],
      output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, namespace: phi, annotations: { alb.ingress.kubernetes.io/listen-ports: "[{\\"HTTP\\": 80}, {\\"HTTPS\\": 443}]", alb.ingress.kubernetes.io/ssl-redirect: "443" } }
spec: { ingressClassName: alb, tls: [{ hosts: [a.clinic.example] }] }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: alb }
spec: { controller: ingress.k8s.aws/alb }
`,
    },
    {
      name: 'OpenShift Routes: without TLS, and with HTTP allowed beside it',
      ...fixed(`apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: a }
«spec»:
  to: { kind: Service, name: a }
+  tls:
+    termination: edge
+    insecureEdgeTerminationPolicy: Redirect
---
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: b }
spec:
  tls:
    termination: edge
    insecureEdgeTerminationPolicy: «Allow→Redirect»
`),
      errors: [{ messageId: 'noTls' }, { messageId: 'on' }],
    },
    {
      name: 'Contour, Emissary, NGINX Inc. and the settings of ingress-nginx',
      ...fixed(`apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: a }
spec:
  virtualhost: { fqdn: a.clinic.example, tls: { secretName: a-tls } }
  routes:
    - permitInsecure: «true→false»
      services: [{ name: a, port: 80 }]
---
apiVersion: getambassador.io/v3alpha1
kind: Host
metadata: { name: b }
spec: { hostname: b.clinic.example, requestPolicy: { insecure: { action: «Route→Redirect» } } }
---
apiVersion: k8s.nginx.org/v1
kind: VirtualServer
metadata: { name: c }
spec:
  host: c.clinic.example
  tls:
    secret: c-tls
    redirect:
      enable: «false→true»
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ingress-nginx-controller, namespace: ingress-nginx }
data:
  ssl-redirect: «"false"→"true"»
`),
      errors: [{ messageId: 'on' }, { messageId: 'on' }, { messageId: 'on' }, { messageId: 'on' }],
    },
    {
      name: 'an HTTPProxy and an IngressRoute without TLS: the certificate is for people to choose',
      code: `apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: a }
spec:
  «virtualhost»: { fqdn: a.clinic.example }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: b }
spec: { entryPoints: [«web»], routes: [{ match: Host(\`a\`), services: [{ name: a, port: 80 }] }] }
`,
      errors: [{ messageId: 'noTls' }, { messageId: 'on' }],
      output: undefined,
    },
    {
      name: 'a gateway of Consul, and the settings of NGINX Inc. and HAProxy',
      ...fixed(`apiVersion: consul.hashicorp.com/v1alpha1
kind: IngressGateway
metadata: { name: clear, namespace: consul }
«spec»:
  listeners: [{ port: 8080, protocol: http, services: [{ name: portal }] }]
+  tls:
+    enabled: true
---
apiVersion: v1
kind: ConfigMap
metadata: { name: nginx-config, namespace: nginx-ingress }
data: { ssl-redirect: «"False"→"true"» }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: release-settings
  namespace: haproxy
  labels: { app.kubernetes.io/name: kubernetes-ingress }
data: { ssl-redirect: «"false"→"true"» }
`),
      errors: [{ messageId: 'noTls' }, { messageId: 'on' }, { messageId: 'on' }],
    },
  ],
};
