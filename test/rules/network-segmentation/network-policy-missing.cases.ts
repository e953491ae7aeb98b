import { added, fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const pod = (name: string, more = '', spec = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: phi, labels: { app: ${name} }${more} }
spec: { ${spec}containers: [{ name: main, image: registry.clinic.example/${name}:1 }] }
`;
const policy = (spec: string, name = 'a') => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: phi }
spec: ${spec}
`;
/** The head of a policy that the fix adds. */
const suggested = (name: string, label: string, direction: string, namespace = '  namespace: phi\n') =>
  added(`---
# Allows what the manifests show. Add other callers, and hosts outside of the cluster.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
${namespace}spec:
  podSelector:
    matchLabels:
      ${label}
  policyTypes:
  - ${direction}
`);
const DENY_OTHERS = ['data', 'web']
  .map((namespace) =>
    policy('{ podSelector: {}, policyTypes: [Ingress, Egress] }', 'deny').replace(
      'namespace: phi',
      `namespace: ${namespace}`,
    ),
  )
  .join('');

export const cases: RuleCases = {
  valid: [
    {
      name: 'a policy for both directions',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: portal
  namespace: phi
  labels:
    app: portal
spec:
  containers:
    - name: main
      image: registry.clinic.example/portal:1
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: portal
  namespace: phi
spec:
  podSelector:
    matchLabels:
      app: portal
  policyTypes:
    - Ingress
    - Egress
`,
    },
    {
      name: 'a default-deny policy, and one per direction',
      code: `${pod('a')}---\n${pod('b')}${policy('{ podSelector: {} }')}${policy(
        '{ podSelector: { matchExpressions: [{ key: app, operator: Exists }] }, egress: [{ ports: [{ port: 53 }] }] }',
        'b',
      )}`,
    },
    {
      name: 'a policy that names no namespace, and policies of plug-ins',
      code: `${pod('a')}---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: a }
spec: { endpointSelector: { matchLabels: { app: a } }, ingress: [{}] }
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: b }
spec: { selector: "app == 'a'", types: [Egress] }
`,
    },
    {
      name: 'policies that Kyverno makes for every namespace',
      code: `${pod('a')}---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: default-deny }
spec:
  rules:
    - name: default-deny
      match: { any: [{ resources: { kinds: [Namespace] } }] }
      generate: { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, name: default-deny, data: { spec: { podSelector: {}, policyTypes: [Ingress, Egress] } } }
`,
    },
    {
      name: 'outside of PHI scope',
      code: pod('a').replace('app: a', 'app: a, kube-safeguards.io/phi: "false"'),
    },
    {
      name: 'pods that are their node, which policies do not reach',
      code: pod('a', '', 'hostNetwork: true, '),
    },
    { name: 'a namespace of Kubernetes', code: pod('a').replace('namespace: phi', 'namespace: kube-system') },
    { name: 'other files are not in view', code: pod('a'), isolated: true },
  ],
  invalid: [
    {
      name: 'no policy; its callers and what it calls are known',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: «records»
  namespace: phi
spec:
  selector:
    matchLabels:
      app: records
  template:
    metadata:
      labels:
        app: records
        version: "2"
    spec:
      serviceAccountName: records
      containers:
        - name: main
          image: registry.clinic.example/records:1
          env:
            - name: DATABASE_URL
              value: postgresql://postgres.data.svc.cluster.local:5432/records?sslmode=verify-full
          ports:
            - name: https
              containerPort: 8443
---
apiVersion: v1
kind: Service
metadata: { name: records, namespace: phi }
spec: { selector: { app: records }, ports: [{ port: 443, targetPort: https }] }
---
apiVersion: v1
kind: Service
metadata: { name: postgres, namespace: data }
spec: { selector: { app: postgres }, ports: [{ port: 5432 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: data }
spec:
  selector: { matchLabels: { app: postgres } }
  template: { metadata: { labels: { app: postgres } }, spec: { containers: [{ name: main, image: registry.clinic.example/postgres:1 }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: web, labels: { app: web } }
spec: { containers: [{ name: main, image: registry.clinic.example/web:1, args: [--records-url=https://records.phi:443] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: records, namespace: phi }
spec:
  tls: [{ hosts: [records.clinic.example], secretName: records }]
  rules:
    - host: records.clinic.example
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: records, port: { number: 443 } } } }] }
${DENY_OTHERS}`,
      errors: [
        {
          messageId: 'both',
          message:
            'No NetworkPolicy selects Deployment "records": every pod of the cluster can reach its ePHI, and it can send ePHI anywhere. Add a policy that names its callers and whom it calls.',
        },
      ],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
  namespace: phi
spec:
  selector:
    matchLabels:
      app: records
  template:
    metadata:
      labels:
        app: records
        version: "2"
    spec:
      serviceAccountName: records
      containers:
        - name: main
          image: registry.clinic.example/records:1
          env:
            - name: DATABASE_URL
              value: postgresql://postgres.data.svc.cluster.local:5432/records?sslmode=verify-full
          ports:
            - name: https
              containerPort: 8443
---
# Allows what the manifests show. Add other callers, and hosts outside of the cluster.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: records
  namespace: phi
spec:
  podSelector:
    matchLabels:
      app: records
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: web
          podSelector:
            matchLabels:
              app: web
      ports:
        - protocol: TCP
          port: https
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: replace-with-ingress-namespace
      ports:
        - protocol: TCP
          port: https
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: data
          podSelector:
            matchLabels:
              app: postgres
      ports:
        - protocol: TCP
          port: 5432
---
apiVersion: v1
kind: Service
metadata: { name: records, namespace: phi }
spec: { selector: { app: records }, ports: [{ port: 443, targetPort: https }] }
---
apiVersion: v1
kind: Service
metadata: { name: postgres, namespace: data }
spec: { selector: { app: postgres }, ports: [{ port: 5432 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: data }
spec:
  selector: { matchLabels: { app: postgres } }
  template: { metadata: { labels: { app: postgres } }, spec: { containers: [{ name: main, image: registry.clinic.example/postgres:1 }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: web, labels: { app: web } }
spec: { containers: [{ name: main, image: registry.clinic.example/web:1, args: [--records-url=https://records.phi:443] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: records, namespace: phi }
spec:
  tls: [{ hosts: [records.clinic.example], secretName: records }]
  rules:
    - host: records.clinic.example
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: records, port: { number: 443 } } } }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: data }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: web }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
    },
    {
      name: 'one direction is open; the policy’s name is taken; nobody is known to call',
      ...fixed(`apiVersion: v1
kind: Pod
metadata:
  name: «a»
  namespace: phi
  labels: { app: a }
spec: { containers: [{ name: main, image: registry.clinic.example/a:1 }] }
${suggested('a-2', 'app: a', 'Ingress')}${policy('{ podSelector: { matchLabels: { app: a } }, policyTypes: [Egress] }')}`),
      errors: [{ messageId: 'ingress' }],
    },
    {
      name: 'egress alone, in a CronJob without a namespace; a policy of another namespace says nothing about it',
      ...fixed(`apiVersion: batch/v1
kind: CronJob
metadata: { name: «export» }
spec:
  jobTemplate:
    spec:
      template:
        metadata: { labels: { job: export } }
        spec: { containers: [{ name: main, image: registry.clinic.example/export:1 }] }
${suggested('export', 'job: export', 'Egress', '')}+  egress:
+  - to:
+    - namespaceSelector:
+        matchLabels:
+          kubernetes.io/metadata.name: kube-system
+      podSelector:
+        matchLabels:
+          k8s-app: kube-dns
+    ports:
+    - protocol: UDP
+      port: 53
+    - protocol: TCP
+      port: 53
${policy('{ podSelector: { matchLabels: { job: export } } }').replace(', namespace: phi', '')}${policy('{ podSelector: { matchLabels: { job: other } }, policyTypes: [Egress] }')}`),
      errors: [{ messageId: 'egress' }],
    },
    {
      name: 'a route of the Gateway API leads to it',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: «a», namespace: phi, labels: { app: a } }
spec: { containers: [{ name: main, image: registry.clinic.example/a:1 }] }
${suggested('a', 'app: a', 'Ingress')}+  ingress:
+  - from:
+    - namespaceSelector:
+        matchLabels:
+          kubernetes.io/metadata.name: replace-with-ingress-namespace
+    ports:
+    - protocol: TCP
+      port: 8443
---
apiVersion: v1
kind: Service
metadata: { name: a, namespace: phi }
spec: { selector: { app: a }, ports: [{ port: 443, targetPort: 8443 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: a, namespace: phi }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: a, port: 443 }, { name: other, port: 80 }] }] }
${policy('{ podSelector: {}, policyTypes: [Egress] }', 'egress')}`),
      errors: [{ messageId: 'ingress' }],
    },
    {
      name: 'callers whose ConfigMaps and shells name the Service',
      ...fixed(`apiVersion: v1
kind: Pod
metadata:
  name: «a»
  namespace: phi
  labels: { app: a }
spec: { containers: [{ name: main, image: registry.clinic.example/a:1 }] }
${suggested('a', 'app: a', 'Ingress')}+  ingress:
+  - from:
+    - podSelector:
+        matchLabels:
+          app: shell
+    ports:
+    - protocol: TCP
+      port: 5432
+  - from:
+    - podSelector:
+        matchLabels:
+          app: configured
+    ports:
+    - protocol: TCP
+      port: 5432
---
apiVersion: v1
kind: Service
metadata: { name: a, namespace: phi }
spec: { selector: { app: a }, ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: phi }
data: { DB_HOST: a, DB_PORT: "5432" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: other }
data: { DB_HOST: b }
---
${pod('configured').replace('image:', 'envFrom: [{ configMapRef: { name: settings } }], image:')}---
${pod('shell').replace('image:', 'command: [sh, -c, "pg_dump -h a > /tmp/a.sql"], image:')}---
${pod('other').replace('image:', 'envFrom: [{ configMapRef: { name: none } }], args: ["a"], image:')}${policy('{ podSelector: {}, policyTypes: [Egress] }', 'egress')}${policy('{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [a] }] }, policyTypes: [Ingress] }', 'others')}`),
      errors: [{ messageId: 'ingress' }],
    },
    {
      name: 'an Ingress controller, whose callers and callees manifests do not show',
      code: pod('ingress-nginx').replace('name: ingress-nginx,', 'name: «ingress-nginx»,'),
      errors: [{ messageId: 'both' }],
      output: undefined,
    },
    {
      name: 'pods without labels, which no policy can single out',
      code: 'apiVersion: v1\nkind: Pod\nmetadata: { name: «a», namespace: phi }\nspec: { containers: [{ name: main, image: registry.clinic.example/a:1 }] }\n',
      errors: [{ messageId: 'both' }],
      output: undefined,
    },
  ],
};
