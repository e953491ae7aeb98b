import { fixed } from '../../support/marked-text.ts';
import type { InvalidCase, RuleCases } from '../../support/rule-cases.ts';

const object = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: phi }\nspec: ${spec}\n`;

/** One setting of one product, before and after. */
const setting = (
  name: string,
  apiVersion: string,
  kind: string,
  before: string,
  after: string,
): InvalidCase => ({
  name,
  code: object(apiVersion, kind, before),
  errors: [{ messageId: 'version' }],
  output: object(apiVersion, kind, after),
});

const config = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: phi }
data:
${data}`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'TLS 1.2',
      code: `apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: modern
  namespace: phi
spec:
  minVersion: VersionTLS12
`,
    },
    {
      name: 'nothing said is the default',
      code: object('traefik.io/v1alpha1', 'TLSOption', '{ sniStrict: true }'),
    },
    {
      name: 'names that are no versions',
      code: object(
        'networking.istio.io/v1',
        'Gateway',
        '{ servers: [{ tls: { minProtocolVersion: TLS_AUTO } }] }',
      ),
    },
    {
      name: 'such a key in an object of another product',
      code: object('example.com/v1', 'Update', '{ minVersion: "1.0" }'),
    },
    {
      name: 'configuration of servers',
      code: config(`  a.conf: |
    # ssl_protocols TLSv1;
    ssl_protocols TLSv1.2 TLSv1.3;
    SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
    my_min_version = 1.0
`),
    },
    {
      name: 'a policy of AWS that is good',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, annotations: { alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-FS-1-2-Res-2020-10 } }
`,
    },
    {
      name: 'flags, variables and properties that are good, and a version of something else',
      code: `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: phi }
spec:
  containers:
    - name: app
      args: [--tls-min-version, VersionTLS12, --tls-versions=TLSv1.2, --api-version=1.1, --ssl-protocols, --tls-verify]
      env:
        - { name: MIN_TLS_VERSION, value: TLS_AUTO }
        - { name: JAVA_OPTS, value: "-Dhttps.protocols=TLSv1.2,TLSv1.3 -Dversion=1.1" }
        - { name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
`,
    },
    {
      name: 'what a controller has observed',
      code: `apiVersion: operator.openshift.io/v1
kind: IngressController
metadata: { name: default, namespace: openshift-ingress-operator }
status:
  tlsProfile: { minTLSVersion: VersionTLS11, ciphers: [] }
`,
    },
  ],
  invalid: [
    {
      name: 'Traefik',
      code: `apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: kiosks
  namespace: phi
spec:
  minVersion: «VersionTLS10» # old check-in kiosks
`,
      errors: [
        {
          messageId: 'version',
          message:
            'TLS of Traefik may go down to VersionTLS10 (minVersion), which is broken: ePHI can be read on the way. Set TLS 1.2.',
        },
      ],
      output: `apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: kiosks
  namespace: phi
spec:
  minVersion: VersionTLS12 # old check-in kiosks
`,
    },
    setting(
      'Istio',
      'networking.istio.io/v1',
      'Gateway',
      '{ servers: [{ port: { protocol: HTTPS }, tls: { mode: SIMPLE, minProtocolVersion: «TLSV1_1» } }] }',
      '{ servers: [{ port: { protocol: HTTPS }, tls: { mode: SIMPLE, minProtocolVersion: TLSV1_2 } }] }',
    ),
    setting(
      'Envoy Gateway',
      'gateway.envoyproxy.io/v1alpha1',
      'ClientTrafficPolicy',
      '{ tls: { minVersion: «"1.0"» } }',
      '{ tls: { minVersion: "1.2" } }',
    ),
    setting(
      'Contour, where YAML makes a number of it',
      'projectcontour.io/v1',
      'HTTPProxy',
      '{ virtualhost: { fqdn: a, tls: { secretName: a, minimumProtocolVersion: «1.1» } } }',
      '{ virtualhost: { fqdn: a, tls: { secretName: a, minimumProtocolVersion: "1.2" } } }',
    ),
    setting(
      'Emissary',
      'getambassador.io/v3alpha1',
      'TLSContext',
      '{ min_tls_version: «v1.0» }',
      '{ min_tls_version: v1.2 }',
    ),
    setting(
      'Consul',
      'consul.hashicorp.com/v1alpha1',
      'Mesh',
      '{ tls: { incoming: { tlsMinVersion: «TLSv1_0» } } }',
      '{ tls: { incoming: { tlsMinVersion: TLSv1_2 } } }',
    ),
    setting(
      'Kafka of Strimzi, a list',
      'kafka.strimzi.io/v1beta2',
      'Kafka',
      '{ kafka: { config: { ssl.enabled.protocols: «"TLSv1.1,TLSv1"» } } }',
      '{ kafka: { config: { ssl.enabled.protocols: "TLSv1.2" } } }',
    ),
    {
      name: 'a limit above, and the old profile of OpenShift',
      code: `${object('traefik.io/v1alpha1', 'TLSOption', '{ sniStrict: true, maxVersion: «VersionTLS11» }')}---
${object('config.openshift.io/v1', 'APIServer', '{ tlsSecurityProfile: { type: «Old», old: {} } }')}`,
      errors: [{ messageId: 'maximum' }, { messageId: 'policy' }],
      output: `${object('traefik.io/v1alpha1', 'TLSOption', '{ sniStrict: true }')}---
${object('config.openshift.io/v1', 'APIServer', '{ tlsSecurityProfile: { type: Intermediate, old: {} } }')}`,
    },
    {
      name: 'annotations, CRLF; a policy that is decided elsewhere',
      ...fixed(`apiVersion: networking.k8s.io/v1\r
kind: Ingress\r
metadata:\r
  name: a\r
  annotations:\r
    alb.ingress.kubernetes.io/certificate-arn: arn\r
    alb.ingress.kubernetes.io/ssl-policy: «ELBSecurityPolicy-2016-08→ELBSecurityPolicy-TLS13-1-2-Res-2021-06»\r
    nginx.ingress.kubernetes.io/proxy-ssl-protocols: «"TLSv1 TLSv1.1 TLSv1.2"→"TLSv1.2"»\r
---\r
apiVersion: networking.gke.io/v1beta1\r
kind: FrontendConfig\r
metadata: {name: a}\r
spec: {redirectToHttps: {enabled: true}, sslPolicy: «clinic»}\r
`),
      errors: [
        { messageId: 'policy' },
        { messageId: 'version', message: /^TLS of ingress-nginx may go down to TLSv1, TLSv1.1 \(/ },
        { messageId: 'elsewhere', severity: 'information' },
      ],
      remaining: 1,
    },
    {
      name: 'settings of ingress-nginx, and servers in a ConfigMap',
      ...fixed(
        config(`  ssl-protocols: «"TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"→"TLSv1.2 TLSv1.3"»
  nginx.conf: |
    server {
      ssl_protocols «TLSv1.1→TLSv1.2»;
    }
  httpd.conf: |
    SSLProtocol «all -SSLv3→all -SSLv3 -TLSv1 -TLSv1.1»
  haproxy.cfg: |
    bind :443 ssl crt /a ssl-min-ver «TLSv1.0→TLSv1.2»
  postgresql.conf: |
    ssl_min_protocol_version = '«TLSv1→TLSv1.2»' # clients of 2012
  envoy.yaml: |
    tls_params: { tls_minimum_protocol_version: «TLSv1_1→TLSv1_2» }
`),
      ),
      errors: Array(6).fill({ messageId: 'version' }),
    },
    {
      name: 'flags in one and two items, the environment, properties of Java',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: a, namespace: phi }
spec:
  initContainers:
    - name: proxy
      args: ["--tls-min-version=«VersionTLS11→VersionTLS12»", --min-tls-version, «"1.0"→"1.2"»]
  containers:
    - name: app
      env:
        - { name: MIN_TLS_VERSION, value: «TLS1_1→TLS1_2» }
        - { name: JAVA_OPTS, value: "-Xmx1g -Dhttps.protocols=«TLSv1,TLSv1.1,TLSv1.2→TLSv1.2»" }
`),
      errors: Array(4).fill({ messageId: 'version' }),
    },
    {
      name: 'kubelet, kubeadm',
      ...fixed(`apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
tlsMinVersion: «VersionTLS11→VersionTLS12»
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  extraArgs:
    - name: tls-min-version
      value: «VersionTLS10→VersionTLS12»
`),
      errors: [{ messageId: 'version' }, { messageId: 'version' }],
    },
    {
      name: 'a control plane of the Cluster API, with arguments as a map and as a list',
      ...fixed(`apiVersion: controlplane.cluster.x-k8s.io/v1beta1
kind: KubeadmControlPlane
metadata: { name: a, namespace: phi }
spec:
  kubeadmConfigSpec:
    clusterConfiguration: { apiServer: { extraArgs: { tls-min-version: «VersionTLS11→VersionTLS12» } } }
---
apiVersion: bootstrap.cluster.x-k8s.io/v1beta2
kind: KubeadmConfigTemplate
metadata: { name: a, namespace: phi }
spec:
  template:
    spec:
      joinConfiguration:
        nodeRegistration: { kubeletExtraArgs: [{ name: tls-min-version, value: «VersionTLS10→VersionTLS12» }] }
`),
      errors: [{ messageId: 'version' }, { messageId: 'version' }],
    },
    {
      name: 'what implementations of the Gateway API read from a listener, and the classes of AWS',
      ...fixed(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: portal, namespace: phi }
spec:
  gatewayClassName: any
  listeners:
    - name: kgateway
      port: 443
      protocol: HTTPS
      tls:
        certificateRefs: [{ name: portal-tls }]
        options: { kgateway.dev/min-tls-version: «"1.1"→"1.2"» }
    - name: nginx
      port: 444
      protocol: HTTPS
      tls:
        certificateRefs: [{ name: portal-tls }]
        options: { nginx.org/ssl-protocols: «TLSv1.1 TLSv1.2→TLSv1.2» }
    - name: consul
      port: 445
      protocol: HTTPS
      tls:
        certificateRefs: [{ name: portal-tls }]
        options: { api-gateway.consul.hashicorp.com/tls_min_version: «TLSv1_0→TLSv1_2» }
---
apiVersion: elbv2.k8s.aws/v1beta1
kind: IngressClassParams
metadata: { name: alb }
spec: { sslPolicy: «ELBSecurityPolicy-2016-08→ELBSecurityPolicy-TLS13-1-2-Res-2021-06» }
`),
      errors: [
        { messageId: 'version' },
        { messageId: 'version' },
        { messageId: 'version' },
        { messageId: 'policy' },
      ],
    },
    {
      name: 'lines of the server’s configuration in annotations, and a file of Traefik',
      ...fixed(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
  annotations:
    nginx.ingress.kubernetes.io/server-snippet: |
      ssl_protocols «TLSv1 TLSv1.2→TLSv1.2»;
    haproxy-ingress.github.io/ssl-options: no-sslv3 force-«tlsv11→tlsv12»
spec:
  ingressClassName: nginx
  tls: [{ hosts: [portal.example.com], secretName: portal-tls }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: traefik, namespace: traefik }
data:
  dynamic.yaml: |
    tls:
      options:
        default:
          minVersion: «VersionTLS10→VersionTLS12»
`),
      errors: [{ messageId: 'version' }, { messageId: 'version' }, { messageId: 'version' }],
    },
  ],
};
