import { added, fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: { name: clinic, labels: { istio-injection: enabled } }
`;
const pod = (name: string, more = '', labels = `app: ${name}`, kind = 'Pod', api = 'v1') => `---
apiVersion: ${api}
kind: ${kind}
metadata: { name: ${name}, namespace: clinic, labels: { ${labels} }${more} }
spec: { containers: [{ name: main, image: registry.example/${name}:1 }] }
`;
const service = (name: string, labels = '') => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: clinic${labels} }
spec: { selector: { app: ${name} }, ports: [{ name: https, port: 8443 }] }
`;
const policy = (spec: string, metadata = 'name: api, namespace: clinic') => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { ${metadata} }
spec: ${spec}
`;
const RULES = 'rules: [{ from: [{ source: { principals: [cluster.local/ns/web/sa/portal] } }] }]';

/** What the fix adds for Istio, up to the ports. */
const DENIED = `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: deny-all
  namespace: clinic
spec: {}
`;
const CALLERS = `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: api-callers
  namespace: clinic
spec:
  selector:
    matchLabels:
      app: api
  action: ALLOW
  rules:
  - from:
    - source:
        principals:
        - cluster.local/ns/clinic/sa/replace-with-caller
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'denied by default',
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
      name: 'a policy for its labels, and one for the whole mesh',
      code: `${NAMESPACE}${pod('api')}${policy(`{ selector: { matchLabels: { app: api } }, ${RULES} }`)}${pod('export')}${policy(
        '{ selector: { matchLabels: { app: export } }, action: DENY, rules: [{}] }',
        'name: no-export, namespace: istio-system',
      )}`,
    },
    {
      name: 'ambient mode: policies for a Service, for the waypoint of the namespace, and for all waypoints',
      code: `${NAMESPACE}${pod('api')}${service('api')}${policy(
        `{ targetRefs: [{ kind: Service, name: api }], ${RULES} }`,
      )}${pod('web')}${service('web', ', labels: { istio.io/use-waypoint: waypoint }')}${policy(
        `{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: waypoint }], ${RULES} }`,
      )}`,
    },
    {
      name: 'all waypoints of the mesh',
      code: `${NAMESPACE}${pod('api')}${policy(
        `{ targetRefs: [{ kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint }], ${RULES} }`,
        'name: all, namespace: istio-system',
      )}`,
    },
    {
      name: 'Linkerd: a Server, and a policy for the namespace',
      code: `${pod('api', ', annotations: { linkerd.io/inject: enabled }')}---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: api, namespace: clinic }
spec: { podSelector: { matchLabels: { app: api } }, port: 8443 }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: web, namespace: web }
spec: { targetRef: { kind: Namespace, name: web }, requiredAuthenticationRefs: [{ kind: ServiceAccount, name: portal }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: web }
spec: { containers: [{ name: web, image: registry.example/web:1 }] }
`,
    },
    {
      name: 'Consul: intentions for the service, by the name of its Kubernetes Service',
      code: `${pod('records', ', annotations: { consul.hashicorp.com/connect-inject: "true" }')}---
apiVersion: v1
kind: Service
metadata: { name: records-api, namespace: clinic }
spec: { selector: { app: records } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: records-api }
spec: { destination: { name: records-api }, sources: [{ name: portal, action: allow }] }
`,
    },
    {
      name: 'a policy of Cilium beside the mesh',
      code: `${NAMESPACE}${pod('api')}---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: clinic }
spec: { endpointSelector: { matchLabels: { app: api } }, ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }] }] }
`,
    },
    {
      name: "pods that nobody calls, that stay out of the mesh, use the node's network, or are its gateway",
      code: `${NAMESPACE}---
apiVersion: batch/v1
kind: Job
metadata: { name: claims, namespace: clinic }
spec: { template: { spec: { containers: [{ name: main, image: registry.example/claims:1 }] } } }
${pod('docs', '', 'sidecar.istio.io/inject: "false"')}${pod('ingress', '', 'gateway.networking.k8s.io/gateway-name: web')}---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: clinic }
spec: { hostNetwork: true, containers: [{ name: main, image: registry.example/agent:1 }] }
`,
    },
    { name: 'no mesh', code: pod('api') },
    {
      name: 'outside of PHI scope',
      code: `${NAMESPACE}${pod('docs', '', 'kube-safeguards.io/phi: "false"')}`,
    },
    { name: 'other files are not in view', code: `${NAMESPACE}${pod('api')}`, isolated: true },
  ],
  invalid: [
    {
      name: 'no policy',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    istio-injection: enabled
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: «api»
  namespace: clinic
spec:
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
        version: v1
    spec:
      containers:
        - name: api
          image: registry.example/api:1
          ports:
            - containerPort: 8443
`,
      errors: [
        {
          messageId: 'missing',
          message:
            'No AuthorizationPolicy says who may call Deployment "api", so every workload of the mesh reaches its ePHI. Deny by default, and allow its callers.',
        },
      ],
      output: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    istio-injection: enabled
---
apiVersion: apps/v1
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
        version: v1
    spec:
      containers:
        - name: api
          image: registry.example/api:1
          ports:
            - containerPort: 8443
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: deny-all
  namespace: clinic
spec: {}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: api-callers
  namespace: clinic
spec:
  selector:
    matchLabels:
      app: api
  action: ALLOW
  rules:
    - from:
        - source:
            principals:
              - cluster.local/ns/clinic/sa/replace-with-caller
      to:
        - operation:
            ports:
              - "8443"
`,
    },
    {
      name: 'policies that only note, select others, or are for another namespace; two workloads share one denial',
      ...fixed(`${NAMESPACE}---
apiVersion: v1
kind: Pod
metadata: { name: «web», namespace: clinic }
spec: { containers: [{ name: web, image: registry.example/web:1 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: «api», namespace: clinic, labels: { app: api } }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
${added(DENIED + CALLERS)}${policy('{ selector: { matchLabels: { app: api } }, action: AUDIT, rules: [{}] }')}${policy(
  `{ selector: { matchLabels: { app: portal } }, ${RULES} }`,
)}${policy('{}', 'name: deny-all, namespace: web')}`),
      errors: [{ messageId: 'missing' }, { messageId: 'missing' }],
    },
    {
      name: 'targets of ambient mode that are others',
      ...fixed(`${NAMESPACE}---
apiVersion: v1
kind: Pod
metadata: { name: «api», namespace: clinic, labels: { app: api } }
spec: { containers: [{ name: api, image: registry.example/api:1, ports: [{ containerPort: 8443 }] }] }
${added(DENIED + CALLERS)}+    to:
+    - operation:
+        ports:
+        - "8443"
${service('web')}${policy(`{ targetRefs: [{ kind: Service, name: web }], ${RULES} }`)}${policy(
  `{ targetRef: { kind: Gateway, group: gateway.networking.k8s.io, name: ingress }, ${RULES} }`,
)}`),
      errors: [{ messageId: 'missing' }],
    },
    {
      name: 'Linkerd, where a Server that lets everybody in is none',
      ...fixed(`apiVersion: v1
kind: Pod
metadata:
  name: «api»
  namespace: clinic
  labels: { app.kubernetes.io/name: api }
  annotations: { linkerd.io/inject: enabled, config.linkerd.io/access-log: json }
spec: { containers: [{ name: api, image: registry.example/api:1, ports: [{ containerPort: 8443 }] }] }
+---
+apiVersion: policy.linkerd.io/v1beta3
+kind: Server
+metadata:
+  name: api
+  namespace: clinic
+spec:
+  podSelector:
+    matchLabels:
+      app.kubernetes.io/name: api
+  port: 8443
+---
+apiVersion: policy.linkerd.io/v1alpha1
+kind: MeshTLSAuthentication
+metadata:
+  name: api
+  namespace: clinic
+spec:
+  identities:
+  - replace-with-caller.clinic.serviceaccount.identity.linkerd.cluster.local
+---
+apiVersion: policy.linkerd.io/v1alpha1
+kind: AuthorizationPolicy
+metadata:
+  name: api
+  namespace: clinic
+spec:
+  targetRef:
+    group: policy.linkerd.io
+    kind: Server
+    name: api
+  requiredAuthenticationRefs:
+  - group: policy.linkerd.io
+    kind: MeshTLSAuthentication
+    name: api
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: open, namespace: clinic }
spec: { podSelector: {}, port: 8443, accessPolicy: all-unauthenticated }
`),
      errors: [{ messageId: 'missing', message: /^No Server with an AuthorizationPolicy/ }],
    },
    {
      name: 'Consul',
      ...fixed(`apiVersion: v1
kind: Pod
metadata:
  name: «api»
  annotations: { consul.hashicorp.com/connect-inject: "true" }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
+---
+apiVersion: consul.hashicorp.com/v1alpha1
+kind: ServiceIntentions
+metadata:
+  name: api
+spec:
+  destination:
+    name: api
+  sources:
+  - name: replace-with-caller
+    action: allow
`),
      errors: [{ messageId: 'missing', message: /^No ServiceIntentions/ }],
    },
    {
      name: 'Cilium: the policy of another workload shows that it authenticates',
      code: `apiVersion: v1
kind: Pod
metadata: { name: «api», namespace: clinic }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: clinic }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress: [{ fromEndpoints: [{ matchLabels: { app: portal } }], authentication: { mode: required } }]
`,
      errors: [{ messageId: 'missing', message: /^No CiliumNetworkPolicy/ }],
      output: undefined,
    },
  ],
};
