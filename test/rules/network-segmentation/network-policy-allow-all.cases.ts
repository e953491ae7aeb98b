import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const policy = (spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: portal, namespace: phi }
spec:
${spec}`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'callers by their labels',
      code: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: records-api
  namespace: phi
spec:
  podSelector:
    matchLabels:
      app: records-api
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: portal
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ingress-nginx
      ports:
        - port: 8080
`,
    },
    { name: 'default deny', code: policy('  podSelector: {}\n  policyTypes: [Ingress, Egress]\n') },
    {
      name: 'all pods of the same namespace',
      code: policy('  ingress: [{ from: [{ podSelector: {} }] }]\n'),
    },
    {
      name: 'labelled pods of any namespace',
      code: policy(
        '  ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: a } } }] }]\n',
      ),
    },
    {
      name: 'the rules of a direction that the policy is not about',
      code: policy('  policyTypes: [Egress]\n  ingress: [{}]\n'),
    },
    { name: 'an empty peer is invalid, not open', code: policy('  ingress: [{ from: [{}] }]\n') },
    { name: 'open egress is another finding', code: policy('  policyTypes: [Egress]\n  egress: [{}]\n') },
    {
      name: 'blocks that leave something out',
      code: policy(
        '  ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/1 } }, { ipBlock: { cidr: 128.0.0.0/2 } }, { ipBlock: { cidr: "8000::/1" } }] }]\n',
      ),
    },
    {
      name: 'a block that a template fills',
      code: policy('  ingress: [{ from: [{ ipBlock: { cidr: "$CIDR" } }] }]\n'),
    },
    {
      name: 'Calico: names of its own, a denial, and a port of a group',
      code: `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: portal, namespace: phi }
spec:
  selector: app == 'portal'
  ingress:
    - { action: Allow, protocol: TCP, source: { selector: role == 'gateway' } }
    - { action: Allow, source: { namespaceSelector: all(), selector: role == 'gateway' } }
    - { action: Deny }
`,
    },
    {
      name: 'Cilium: an empty rule allows nothing',
      code: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: portal, namespace: phi }
spec: { endpointSelector: {}, ingress: [{}, { fromEntities: [host] }, { fromEndpoints: [{}] }, { fromCIDR: [10.0.0.0/8] }] }
`,
    },
    {
      name: 'a policy of an unknown group',
      code: 'apiVersion: example.com/v1\nkind: NetworkPolicy\nspec: { ingress: [{}] }\n',
    },
  ],
  invalid: [
    {
      name: 'an empty rule',
      code: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-ingress
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress:
    - «{}» # TODO tighten
`,
      errors: [
        {
          messageId: 'anySource',
          message:
            'This rule of NetworkPolicy "allow-ingress" names no source, so every pod and every address may connect to the pods that it selects, which may serve ePHI. Name the callers.',
        },
      ],
      output: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-ingress
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress:
    - # TODO tighten
      from:
        - podSelector: {}
`,
      alternatives: [
        {
          title: 'Allow only a caller, by its labels',
          output: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-ingress
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress:
    - # TODO tighten
      from:
        - podSelector:
            matchLabels:
              app: replace-with-caller
`,
        },
      ],
    },
    {
      name: 'a rule with only ports, an empty list of peers, CRLF',
      ...fixed(`apiVersion: networking.k8s.io/v1\r
kind: NetworkPolicy\r
metadata:\r
  name: portal\r
spec:\r
  ingress:\r
  - «ports»:\r
    - port: 443\r
+    from:\r
+    - podSelector: {}\r
  - «from»:‹ []→›\r
+    - podSelector: {}\r
    ports:\r
    - port: 80\r
`),
      errors: [{ messageId: 'anySource' }, { messageId: 'anySource' }],
    },
    {
      name: 'every namespace, with and without an empty pod selector, by an expression that asks for nothing',
      code: policy(`  ingress:
    - from:
        - «namespaceSelector»: {}
    - from:
        - «namespaceSelector»: {}
          podSelector: {}
    - from:
        - «namespaceSelector»:
            matchExpressions:
              - { key: kubernetes.io/metadata.name, operator: Exists }
`),
      errors: [{ messageId: 'everyPod' }, { messageId: 'everyPod' }, { messageId: 'everyPod' }],
      output: policy(`  ingress:
    - from:
        - podSelector: {}
    - from:
        - podSelector: {}
    - from:
        - podSelector: {}
`),
    },
    {
      name: 'every address beside other sources: the source goes',
      code: policy(`  ingress:
    - from:
        - ipBlock:
            cidr: «0.0.0.0/0»
            except: [10.0.0.0/8]
        - podSelector: { matchLabels: { app: portal } }
        - ipBlock: { cidr: «"::/0"» }
`),
      errors: [
        {
          messageId: 'everyAddress',
          message:
            'NetworkPolicy "portal" lets in every address, the internet included, to pods that may serve ePHI. Narrow the source to the addresses or pods that call.',
        },
        { messageId: 'everyAddress' },
      ],
      output: policy(`  ingress:
    - from:
        - podSelector: { matchLabels: { app: portal } }
`),
    },
    {
      name: 'blocks that are everything together, in a policy whose types are not named',
      code: policy(`  podSelector: {}
  ingress:
    - «from»:
        - ipBlock: { cidr: 128.0.0.0/1 }
        - ipBlock: { cidr: 0.0.0.0/2 }
        - ipBlock: { cidr: 64.0.0.0/2 }
        - podSelector: { matchLabels: { app: portal } }
`),
      errors: [{ messageId: 'everyAddress' }],
      output: policy(`  podSelector: {}
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: portal
        - podSelector: {}
`),
    },
    {
      name: 'an aliased rule',
      ...fixed(`apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: portal }
spec:
  x-rule: &rule { ports: [{ port: 443 }] }
  ingress:
    - «*rule→ports:»
+        - port: 443
+      from:
+        - podSelector: {}
`),
      errors: [{ messageId: 'anySource' }],
    },
    {
      name: 'Cilium and Calico: what is everybody in their words',
      code: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: portal, namespace: phi }
spec:
  endpointSelector: { matchLabels: { app: portal } }
  ingress:
    - fromEntities: [«world», host, «cluster»]
    - fromCIDRSet: [{ cidr: «0.0.0.0/0», except: [10.0.0.0/8] }]
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: portal }
spec:
  ingress:
    - «action»: Allow
      protocol: TCP
    - action: Allow
      source: { nets: [«"::/0"»] }
    - action: Allow
      source: { namespaceSelector: «all()» }
`,
      errors: [
        { messageId: 'everyAddress' },
        { messageId: 'everyPod' },
        { messageId: 'everyAddress' },
        { messageId: 'anySource' },
        { messageId: 'everyAddress' },
        { messageId: 'everyPod' },
      ],
      output: undefined,
    },
  ],
};
