import { added, fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const namespace = (name: string, more = '') => `apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { pod-security.kubernetes.io/enforce: restricted${more} } }
`;
const policy = (spec: string, metadata = 'name: deny, namespace: phi') => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { ${metadata} }
spec: ${spec}
`;

/** What the fix adds. */
const denial = (name: string, type: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
  - ${type}
`;
const DNS = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-dns
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
  - Egress
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
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'one policy that denies both directions',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: phi
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
`,
    },
    {
      name: 'two policies, one of which allows a little; one names no namespace',
      code: `${namespace('phi')}${policy('{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }')}${policy(
        '{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 53 }] }] }',
        'name: egress',
      )}`,
    },
    {
      name: 'policies of Cilium, Calico and of administrators',
      code: `${namespace('phi')}---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: deny }
spec: { endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": phi } }, ingress: [{}] }
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: deny }
spec:
  namespaceSelector: projectcalico.org/name not in {"kube-system"}
  types: [Egress]
`,
    },
    {
      name: 'a baseline of administrators',
      code: `${namespace('phi')}---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: { name: default }
spec:
  subject: { namespaces: {} }
  ingress: [{ action: Deny, from: [{ namespaces: {} }] }]
  egress: [{ action: Deny, to: [{ namespaces: {} }] }]
`,
    },
    { name: 'outside of PHI scope', code: namespace('phi', ', kube-safeguards.io/phi: "false"') },
    { name: 'a namespace of Kubernetes', code: namespace('kube-system') },
    { name: 'other files are not in view', code: namespace('phi'), isolated: true },
    {
      name: 'another kind of this name',
      code: 'apiVersion: example.com/v1\nkind: Namespace\nmetadata: { name: phi }\n',
    },
  ],
  invalid: [
    {
      name: 'no policy',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: «phi»
  labels:
    pod-security.kubernetes.io/enforce: restricted
`,
      errors: [
        {
          messageId: 'both',
          message:
            'Namespace "phi" has no default-deny NetworkPolicy, neither for ingress nor for egress: pods that no policy selects can be reached from anywhere and can send ePHI anywhere. Add one, and allow DNS.',
        },
      ],
      output: `apiVersion: v1
kind: Namespace
metadata:
  name: phi
  labels:
    pod-security.kubernetes.io/enforce: restricted
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
  - Ingress
  - Egress
${DNS}`,
    },
    {
      name: 'ingress alone, which is what no policyTypes means; the name is taken',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: «phi» }
${added(denial('default-deny-2', 'Egress') + DNS)}${policy('{ podSelector: {} }', 'name: default-deny, namespace: phi')}`),
      errors: [{ messageId: 'egress' }],
    },
    {
      name: 'policies of plug-ins that reach another namespace, select some pods, or let all through',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: «phi» }
${added(denial('default-deny', 'Ingress'))}---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: other }
spec: { endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": web } }, ingress: [{}], egress: [{}] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: open, namespace: phi }
spec: { endpointSelector: {}, egress: [{ toEntities: [all] }] }
---
apiVersion: crd.projectcalico.org/v1
kind: NetworkPolicy
metadata: { name: some, namespace: phi }
spec: { selector: app == 'a', types: [Ingress, Egress] }
${policy('{ podSelector: {}, policyTypes: [Egress] }')}`),
      errors: [{ messageId: 'ingress' }],
    },
    {
      name: 'policies that select some pods, of another namespace, or allow everything',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: «phi» }
${added(denial('default-deny', 'Ingress'))}${policy('{ podSelector: { matchLabels: { app: a } } }')}${policy('{ podSelector: {} }', 'name: deny, namespace: web')}${policy('{ podSelector: {}, ingress: [{}] }')}${policy(
  '{ podSelector: {}, policyTypes: [Egress] }',
  'name: deny-egress, namespace: phi',
)}`),
      errors: [{ messageId: 'ingress' }],
    },
  ],
};
