import { added, fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const namespace = (more = '', name = 'clinic') => `apiVersion: v1
kind: Namespace
metadata: { name: ${name}${more} }
`;
const ISTIO = ', labels: { istio-injection: enabled }';
const LINKERD = ', annotations: { linkerd.io/inject: enabled }';
const job = (name = 'claims', more = '') => `---
apiVersion: batch/v1
kind: Job
metadata: { name: ${name}, namespace: clinic }
spec:
  template:
    metadata: { labels: { app: ${name}${more} } }
    spec: { restartPolicy: Never, containers: [{ name: main, image: registry.example/${name}:1 }] }
`;
const peers = (spec: string, metadata = 'name: default, namespace: clinic') => `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { ${metadata} }
spec: ${spec}
`;
const STRICT = '{ mtls: { mode: STRICT } }';

/** What the fix adds. */
const DEMANDED = `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: clinic
spec:
  mtls:
    mode: STRICT
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'a strict namespace',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    istio-injection: enabled
${DEMANDED}${job()}`,
    },
    {
      name: 'a strict mesh',
      code: `${namespace(ISTIO)}${job()}${peers(STRICT, 'name: default, namespace: istio-system')}`,
    },
    {
      name: 'every workload has a policy of its own; one that is too weak is the business of another rule',
      code: `${namespace(ISTIO)}${job()}${job('export')}${peers(
        '{ selector: { matchLabels: { app: claims } }, mtls: { mode: STRICT } }',
        'name: claims, namespace: clinic',
      )}${peers(
        '{ selector: { matchLabels: { app: export } }, mtls: { mode: PERMISSIVE } }',
        'name: export, namespace: clinic',
      )}`,
    },
    {
      name: 'workloads that stay out of the mesh, or hold no PHI',
      code: `${namespace(ISTIO)}${job('claims', ', sidecar.istio.io/inject: "false"')}---
apiVersion: batch/v1
kind: Job
metadata: { name: docs, namespace: clinic, labels: { kube-safeguards.io/phi: "false" } }
spec: { template: { spec: { containers: [{ name: docs, image: registry.example/docs:1 }] } } }
`,
    },
    {
      name: 'Linkerd: the policy of the Namespace',
      code: `${namespace(', annotations: { linkerd.io/inject: enabled, config.linkerd.io/default-inbound-policy: all-authenticated }')}${job()}`,
    },
    {
      name: 'Linkerd: the policy of the control plane',
      code: `${namespace(LINKERD)}${job()}---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: linkerd }
data:
  values: |
    proxy:
      defaultInboundPolicy: all-authenticated
`,
    },
    {
      name: 'Linkerd: a Server for the workload',
      code: `${namespace(LINKERD)}${job()}---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: claims, namespace: clinic }
spec: { podSelector: { matchLabels: { app: claims } }, port: 8443 }
`,
    },
    {
      name: 'Consul, which demands mutual TLS by itself',
      code: `${namespace()}${job()}---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global }
spec: { accessLogs: { enabled: true } }
`,
    },
    {
      name: 'mutual authentication of Cilium, of one namespace and of the cluster',
      code: `${namespace()}${job()}${job('export')}---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: claims, namespace: clinic }
spec:
  endpointSelector: { matchLabels: { "k8s:app": claims } }
  ingress: [{ fromEndpoints: [{}], authentication: { mode: required } }]
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: clinic }
spec:
  endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": clinic, app: export } }
  ingress: [{ fromEndpoints: [{}], authentication: { mode: required } }]
`,
    },
    {
      name: 'WireGuard between the nodes',
      code: `${namespace()}${job()}---
apiVersion: v1
kind: ConfigMap
metadata: { name: cilium-config, namespace: kube-system }
data: { enable-wireguard: "true" }
`,
    },
    {
      name: 'WireGuard of Calico',
      code: `${namespace()}${job()}---
apiVersion: crd.projectcalico.org/v1
kind: FelixConfiguration
metadata: { name: default }
spec: { wireguardEnabled: true }
`,
    },
    { name: 'no workloads', code: namespace() },
    {
      name: 'outside of PHI scope',
      code: `${namespace(', labels: { kube-safeguards.io/phi: "false" }')}${job()}`,
    },
    { name: 'other files are not in view', code: `${namespace(ISTIO)}${job()}`, isolated: true },
  ],
  invalid: [
    {
      name: 'in the mesh, but nothing is demanded',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: «clinic»
  labels:
    istio-injection: enabled
${job()}`,
      errors: [
        {
          messageId: 'permissive',
          message:
            'Nothing demands mutual TLS in namespace "clinic", so Job "claims" still takes ePHI in clear text from clients outside of the mesh. Add a PeerAuthentication with mode STRICT.',
        },
      ],
      output: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    istio-injection: enabled
${DEMANDED}${job()}`,
    },
    {
      name: 'policies of another namespace, of another workload, and in the root namespace with a selector',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: «clinic», labels: { istio.io/dataplane-mode: ambient } }
${added(DEMANDED)}${job()}${job('export')}${peers(STRICT, 'name: default, namespace: web')}${peers(
  '{ selector: { matchLabels: { app: export } }, mtls: { mode: STRICT } }',
  'name: export, namespace: clinic',
)}${peers('{ selector: { matchLabels: { app: claims } }, mtls: { mode: STRICT } }', 'name: all, namespace: istio-system')}`),
      errors: [{ messageId: 'permissive' }],
    },
    {
      name: 'Linkerd, whose default lets everybody in',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata:
  name: «clinic»
  annotations:
    linkerd.io/inject: enabled
    config.linkerd.io/access-log: json
+    config.linkerd.io/default-inbound-policy: all-authenticated
${job()}`),
      errors: [{ messageId: 'permissive', message: /Set the inbound policy all-authenticated\.$/ }],
    },
    {
      name: 'Linkerd, where the control plane keeps its default',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: «clinic», annotations: { linkerd.io/inject: enabled‹→, config.linkerd.io/default-inbound-policy: all-authenticated› } }
${job()}---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: linkerd }
data: { values: "proxy: { defaultInboundPolicy: all-unauthenticated }" }
`),
      errors: [{ messageId: 'permissive' }],
    },
    {
      name: 'no mesh at all',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata:
  name: «clinic»
+  labels:
+    istio-injection: enabled
${added(DEMANDED)}${job()}`),
      errors: [{ messageId: 'noMesh' }],
    },
    {
      name: 'authentication of Cilium that one of two rules does without',
      code: `apiVersion: v1
kind: Namespace
metadata: { name: «clinic» }
${job()}${job('export')}---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: export, namespace: clinic }
spec:
  endpointSelector: { matchLabels: { app: export } }
  ingress: [{ fromEndpoints: [{}], authentication: { mode: required } }]
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: claims, namespace: clinic }
spec:
  endpointSelector: { matchLabels: { app: claims } }
  ingress: [{ fromEndpoints: [{}], authentication: { mode: required } }, { fromEntities: [host] }]
`,
      errors: [{ messageId: 'permissive', message: /Job "claims"/ }],
      output: undefined,
    },
  ],
};
