import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const operator = (spec: string) => `---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh, namespace: istio-system }
spec: ${spec}
`;
const telemetry = (spec: string, namespace = 'istio-system') => `---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: ${namespace} }
spec: ${spec}
`;
const ON = '{ accessLogging: [{ providers: [{ name: envoy }] }] }';
const PROVIDER =
  '{ meshConfig: { extensionProviders: [{ name: otel, envoyOtelAls: { service: otel, port: 4317 } }] } }';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a file, in JSON',
      code: `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: mesh
  namespace: istio-system
spec:
  meshConfig:
    accessLogFile: /dev/stdout
    accessLogEncoding: JSON
`,
    },
    {
      name: 'a default provider, the older service, and a profile that logs',
      code: `${operator('{ meshConfig: { defaultProviders: { accessLogging: [otel] } } }')}${operator(
        '{ meshConfig: { enableEnvoyAccessLogService: true } }',
      )}${operator('{ profile: demo }')}`,
    },
    { name: 'a Telemetry for the mesh', code: `${operator('{}')}${telemetry(ON)}` },
    { name: 'a provider that a Telemetry uses', code: `${operator(PROVIDER)}${telemetry(ON, 'clinic')}` },
    {
      name: 'a provider that a Telemetry may use, which is not in view',
      code: operator(PROVIDER),
      isolated: true,
    },
    {
      name: 'the ConfigMap of the mesh; another one',
      code: `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "accessLogFile: /dev/stdout" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: records, namespace: clinic }
data: { mesh: "accessLogFile: ''" }
`,
    },
    {
      name: 'installations without a control plane',
      code: `${operator('{ profile: empty, components: { ingressGateways: [{ name: web, enabled: true }] } }')}${operator(
        '{ components: { pilot: { enabled: false } } }',
      )}`,
    },
    {
      name: 'only what the workloads ask of others goes unlogged',
      code: telemetry(
        '{ accessLogging: [{ match: { mode: CLIENT }, disabled: true }, { providers: [{ name: envoy }] }] }',
      ),
    },
    {
      name: 'Consul',
      code: `apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global }
spec: { accessLogs: { enabled: true } }
`,
    },
    {
      name: 'Linkerd: on the Namespace, for whose pods it holds; pods alone whose Namespace is not in view',
      code: `apiVersion: v1
kind: Namespace
metadata: { name: clinic, annotations: { linkerd.io/inject: enabled, config.linkerd.io/access-log: apache } }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: clinic, annotations: { linkerd.io/inject: enabled } }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
`,
    },
    {
      name: 'Linkerd: a pod whose Namespace is not in view',
      code: `apiVersion: v1
kind: Pod
metadata: { name: api, namespace: clinic, annotations: { linkerd.io/inject: enabled } }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
`,
      isolated: true,
    },
    {
      name: 'Linkerd: the control plane',
      code: `apiVersion: v1
kind: Namespace
metadata: { name: clinic, annotations: { linkerd.io/inject: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: linkerd }
data: { values: "proxy: { accessLog: json }" }
`,
    },
  ],
  invalid: [
    {
      name: 'a Telemetry that turns logs off',
      code: `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata:
  name: quiet
  namespace: clinic
spec:
  accessLogging:
    - disabled: «true»
`,
      errors: [
        {
          messageId: 'telemetry',
          message:
            'Telemetry "quiet" turns access logs off, so nothing records who reached ePHI there. Turn them on.',
        },
      ],
      output: `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata:
  name: quiet
  namespace: clinic
spec:
  accessLogging:
    - disabled: false
`,
    },
    {
      name: 'an IstioOperator without a file; the Telemetry of one namespace does not help',
      ...fixed(`apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh, namespace: istio-system }
spec:
  profile: default
  «meshConfig»:
    enableTracing: true
+    accessLogFile: /dev/stdout
+    accessLogEncoding: JSON
${telemetry(ON, 'clinic')}`),
      errors: [{ messageId: 'istio' }],
    },
    {
      name: 'an empty file in a file without a name, a provider that nobody uses, and an Istio object',
      ...fixed(`apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  meshConfig:
    accessLogFile: «""→"/dev/stdout"»
    extensionProviders: [{ name: otel, envoyOtelAls: { service: otel, port: 4317 } }]
+    accessLogEncoding: JSON
---
apiVersion: sailoperator.io/v1
kind: Istio
metadata: { name: default }
«spec»:
  version: v1.28.0
+  values:
+    meshConfig:
+      accessLogFile: /dev/stdout
+      accessLogEncoding: JSON
`),
      errors: [{ messageId: 'istio', message: /^IstioOperator sets/ }, { messageId: 'istio' }],
    },
    {
      name: 'the ConfigMap of the mesh',
      ...fixed(`apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |-
    # written by hand
    accessLogEncoding: ‹TEXT→JSON›
    accessLogFile: «""→/dev/stdout»
    rootNamespace: istio-system
`),
      errors: [{ messageId: 'istio' }],
    },
    {
      name: 'the ConfigMap of a revision, without the setting',
      ...fixed(`apiVersion: v1
kind: ConfigMap
metadata: { name: istio-1-28, namespace: istio-system }
data:
  mesh: |-
+    accessLogFile: /dev/stdout
+    accessLogEncoding: JSON
    «rootNamespace»: istio-system
    enableTracing: true
  meshNetworks: 'networks: {}'
`),
      errors: [{ messageId: 'istio' }],
    },
    {
      name: 'Consul',
      ...fixed(`apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global }
«spec»:
  config: { protocol: http }
+  accessLogs:
+    enabled: true
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: other }
spec: { accessLogs: { enabled: «false→true», type: stdout } }
`),
      errors: [{ messageId: 'consul' }, { messageId: 'consul' }],
    },
    {
      name: 'Linkerd: a Namespace, a pod that switches logs off, and a pod alone',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  «annotations»:
    linkerd.io/inject: enabled
+    config.linkerd.io/access-log: json
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: clinic, annotations: { linkerd.io/inject: enabled, config.linkerd.io/access-log: «""→"json"» } }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web }, «annotations»: { linkerd.io/inject: ingress‹→, config.linkerd.io/access-log: json› } }
    spec: { containers: [{ name: web, image: registry.example/web:1 }] }
`),
      errors: [{ messageId: 'linkerd' }, { messageId: 'linkerd' }, { messageId: 'linkerd' }],
    },
  ],
};
