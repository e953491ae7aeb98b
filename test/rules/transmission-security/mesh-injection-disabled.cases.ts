import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const namespace = (metadata: string) => `apiVersion: v1
kind: Namespace
metadata: { ${metadata} }
`;
const pod = (metadata: string, image = 'registry.example/api:1') => `---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: clinic, ${metadata} }
spec: { containers: [{ name: api, image: ${image} }] }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'a Namespace in the mesh',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    istio-injection: enabled
`,
    },
    {
      name: "no sidecar, but ambient mode: of the Namespace, of the pod, of the pod's Namespace",
      code: `${namespace('name: web, labels: { istio-injection: disabled, istio.io/dataplane-mode: ambient }')}---
${namespace('name: clinic, labels: { istio.io/dataplane-mode: ambient }')}${pod('labels: { sidecar.istio.io/inject: "false" }')}${pod(
  'labels: { sidecar.istio.io/inject: "false", istio.io/dataplane-mode: ambient }',
)}`,
    },
    {
      name: 'another mesh',
      code: `${namespace('name: clinic, annotations: { linkerd.io/inject: enabled }')}${pod('labels: { sidecar.istio.io/inject: "false" }')}`,
    },
    {
      name: 'the label overrules the annotation of old releases',
      code: pod(
        'labels: { sidecar.istio.io/inject: "true" }, annotations: { sidecar.istio.io/inject: "false" }',
      ),
    },
    {
      name: 'control planes, gateways and proxies',
      code: `${namespace('name: istio-system, labels: { istio-injection: disabled }')}${pod(
        'labels: { sidecar.istio.io/inject: "false" }',
        'docker.io/istio/proxyv2:1.29.0',
      )}${pod('labels: { sidecar.istio.io/inject: "false", gateway.networking.k8s.io/gateway-name: web }')}`,
    },
    { name: 'a value that means nothing', code: pod('annotations: { linkerd.io/inject: "off" }') },
  ],
  invalid: [
    {
      name: 'a pod template',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: clinic
spec:
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
        sidecar.istio.io/inject: «"false"»
    spec:
      containers:
        - name: api
          image: registry.example/api:1
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: deny-all
  namespace: clinic
spec: {}
`,
      errors: [
        {
          messageId: 'pod',
          message:
            'Deployment "api" opts out of Istio (sidecar.istio.io/inject: false), so its pods send ePHI in clear text and without an identity. Let them into the mesh.',
        },
      ],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: clinic
spec:
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
        sidecar.istio.io/inject: "true"
    spec:
      containers:
        - name: api
          image: registry.example/api:1
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: deny-all
  namespace: clinic
spec: {}
`,
    },
    {
      name: 'Namespaces, each in its own way',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: clinic, labels: { istio-injection: «disabled→enabled» } }
---
apiVersion: v1
kind: Namespace
metadata: { name: imaging, annotations: { config.linkerd.io/access-log: json, linkerd.io/inject: «disabled→enabled» } }
---
apiVersion: v1
kind: Namespace
metadata: { name: billing, labels: { istio.io/dataplane-mode: «none→ambient» } }
`),
      errors: [{ messageId: 'namespace' }, { messageId: 'namespace' }, { messageId: 'namespace' }],
    },
    {
      name: 'a pod of a Namespace in the mesh, an old annotation, a CronJob outside of Consul',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: clinic, labels: { istio-injection: enabled } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: deny-all
  namespace: clinic
spec: {}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: clinic }
spec: { mtls: { mode: STRICT } }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: clinic, annotations: { sidecar.istio.io/inject: «"false"→"true"» } }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: claims, namespace: billing }
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        metadata: { annotations: { consul.hashicorp.com/connect-inject: «'false'→'true'» } }
        spec: { restartPolicy: Never, containers: [{ name: claims, image: registry.example/claims:1 }] }
`),
      errors: [{ messageId: 'pod' }, { messageId: 'pod', message: /out of Consul/ }],
    },
    {
      name: 'outside of PHI scope it is advice',
      code: `apiVersion: v1
kind: Namespace
metadata: { name: docs, labels: { istio-injection: «disabled», kube-safeguards.io/phi: "false" } }
`,
      errors: [{ messageId: 'namespace', severity: 'information' }],
      output: `apiVersion: v1
kind: Namespace
metadata: { name: docs, labels: { istio-injection: enabled, kube-safeguards.io/phi: "false" } }
`,
    },
  ],
};
