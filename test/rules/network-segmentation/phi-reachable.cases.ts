import type { RuleCases } from '../../support/rule-cases.ts';

const NAMESPACES = `apiVersion: v1
kind: Namespace
metadata: { name: phi, labels: { kube-safeguards.io/phi: "true" } }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kube-safeguards.io/phi: "false" } }
---
`;
const pod = (name: string, namespace: string, spec = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name.replace(/[«»]/g, '')} } }
spec: { ${spec}containers: [{ name: main, image: registry.clinic.example/a:1, ports: [{ containerPort: 5432 }] }] }
---
`;
const policy = (name: string, namespace: string, spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
---
`;
const FROM_PODS = '{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }';
const FROM_ALL =
  '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 5432 }] }] }';
const FROM_OTHERS = FROM_ALL.replace(
  'namespaceSelector: {}',
  'namespaceSelector: { matchExpressions: [{ key: kube-safeguards.io/phi, operator: NotIn, values: ["true"] }] }',
);

export const cases: RuleCases = {
  valid: [
    {
      name: 'only callers of the namespace',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    kube-safeguards.io/phi: "false"
---
apiVersion: v1
kind: Pod
metadata:
  name: cart
  namespace: shop
spec:
  containers:
    - name: main
      image: registry.clinic.example/cart:1
---
apiVersion: v1
kind: Pod
metadata:
  name: records
  namespace: phi
  labels:
    app: records
spec:
  containers:
    - name: main
      image: registry.clinic.example/records:1
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: records
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - podSelector: {}
`,
    },
    {
      name: 'the caller may not send',
      code: `${NAMESPACES}${pod('db', 'phi')}${pod('cart', 'shop')}${policy('in', 'phi', FROM_ALL)}${policy('out', 'shop', '{ podSelector: {}, policyTypes: [Egress] }')}`,
    },
    {
      name: 'another port, and a denial of the cluster’s administrators',
      code: `${NAMESPACES}${pod('db', 'phi')}${pod('cart', 'shop')}${policy('in', 'phi', FROM_ALL.replace('5432', '80'))}${pod('api', 'phi')}apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: no-shop }
spec:
  priority: 10
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: phi } } }
  ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }] }]
`,
    },
    {
      name: 'no policy selects it: another rule says so',
      code: `${NAMESPACES}${pod('db', 'phi')}${pod('cart', 'shop')}`,
    },
    {
      name: 'private addresses, and some outside of them that are the network’s own',
      code: `${NAMESPACES}${pod('db', 'phi')}${policy('out', 'phi', '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }, { ipBlock: { cidr: 172.16.0.0/12 } }] }] }')}`,
    },
    {
      name: 'DNS for everybody, and a policy that is open outright, which another rule reports',
      code: `${NAMESPACES}${pod('db', 'phi')}${pod('api', 'phi')}${policy('dns', 'phi', '{ podSelector: { matchLabels: { app: db } }, policyTypes: [Egress], egress: [{ ports: [{ port: 53, protocol: UDP }] }] }')}${policy('out', 'phi', '{ podSelector: { matchLabels: { app: api } }, policyTypes: [Egress], egress: [{}] }')}`,
    },
    {
      name: 'other files are not in view',
      code: `${NAMESPACES}${pod('db', 'phi')}${pod('cart', 'shop')}${policy('in', 'phi', FROM_ALL)}`,
      isolated: true,
    },
  ],
  invalid: [
    {
      name: 'a policy that lets in every namespace',
      code: `${NAMESPACES}${pod('«db»', 'phi')}${pod('cart', 'shop')}${pod('agent', 'shop', 'hostNetwork: true, ')}${policy('in', 'phi', FROM_ALL)}${policy('out', 'phi', '{ podSelector: {}, policyTypes: [Egress] }')}`,
      errors: [
        {
          messageId: 'byWorkload',
          message:
            'Pod "cart" of namespace shop outside PHI scope can connect to Pod "db" on TCP 5432: no policy limits what is going out, and NetworkPolicy "in" allows it coming in. Narrow the policy to the callers that need ePHI.',
        },
      ],
      output: undefined,
    },
    {
      name: 'two policies, each harmless; more callers than are named',
      code: `${NAMESPACES}${pod('«db»', 'phi')}${['a', 'b', 'c', 'd'].map((name) => pod(name, 'shop')).join('')}${policy('pods', 'phi', FROM_PODS)}${policy('team', 'phi', FROM_OTHERS)}${policy('out', 'shop', '{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 5432 }] }] }')}`,
      errors: [
        {
          messageId: 'byWorkload',
          message:
            /^Pod "a" of namespace shop, Pod "b" of namespace shop, Pod "c" of namespace shop, others outside PHI scope can connect to Pod "db" on TCP 5432: NetworkPolicy "out" allows it going out, and NetworkPolicy "team" allows it coming in\./,
        },
      ],
      output: undefined,
    },
    {
      name: 'the internet, but for private networks',
      code: `${NAMESPACES}${pod('«db»', 'phi')}${policy('out', 'phi', '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 192.168.0.0/16] } }], ports: [{ port: 443 }] }] }')}`,
      errors: [
        {
          messageId: 'toInternet',
          message:
            'Pod "db" can send ePHI to the internet on TCP 443: NetworkPolicy "out" allows it going out. Narrow the policy to the addresses that it calls.',
        },
      ],
      output: undefined,
    },
  ],
};
