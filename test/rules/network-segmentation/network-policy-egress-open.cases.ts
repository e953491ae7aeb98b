import type { RuleCases } from '../../support/rule-cases.ts';

const policy = (egress: string, kind = 'networking.k8s.io/v1\nkind: NetworkPolicy') => `apiVersion: ${kind}
metadata: { name: a, namespace: phi }
spec: { podSelector: {}, policyTypes: [Egress], egress: ${egress} }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'named callees',
      code: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: records
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Egress
  egress:
    - to:
        - podSelector:
            matchLabels:
              app: postgres
      ports:
        - port: 5432
`,
    },
    {
      name: 'every address, but on one port',
      code: policy('[{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }]'),
    },
    { name: 'ports alone', code: policy('[{ ports: [{ port: 53, protocol: UDP }] }]') },
    {
      name: 'every address but some',
      code: policy('[{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }]'),
    },
    { name: 'every pod of the cluster', code: policy('[{ to: [{ namespaceSelector: {} }] }]') },
    {
      name: 'rules without the policy type',
      code: policy('[{}]').replace('[Egress]', '[Ingress]'),
    },
    {
      name: 'plug-ins: ports, the cluster, exceptions',
      code: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: a, namespace: phi }
spec:
  endpointSelector: {}
  egress:
    - { toEntities: [world], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }
    - { toEntities: [cluster] }
    - { toCIDRSet: [{ cidr: 0.0.0.0/0, except: [10.0.0.0/8] }] }
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: a, namespace: phi }
spec: { types: [Egress], egress: [{ action: Allow, protocol: TCP, destination: { ports: [443] } }, { action: Deny }] }
`,
    },
  ],
  invalid: [
    {
      name: 'an empty rule',
      code: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: records
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Egress
  egress:
    - «{}»
`,
      errors: [
        {
          messageId: 'anywhere',
          message:
            'This rule of NetworkPolicy "records" names neither destination nor port, so the pods that it selects may send ePHI anywhere. Name what they call.',
        },
      ],
      output: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: records
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Egress
  egress:
    - to:
        - podSelector: {}
`,
      alternatives: [
        {
          title: 'Allow only a callee, by its labels',
          output: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: records
  namespace: phi
spec:
  podSelector: {}
  policyTypes:
    - Egress
  egress:
    - to:
        - podSelector:
            matchLabels:
              app: replace-with-callee
`,
        },
      ],
    },
    {
      name: 'every address, beside a callee; an empty list of destinations',
      code: policy(
        '[{ to: [{ ipBlock: { cidr: «0.0.0.0/0» } }, { podSelector: { matchLabels: { app: b } } }] }, { «to»: [] }]',
      ),
      errors: [{ messageId: 'everyAddress' }, { messageId: 'anywhere' }],
      output: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a, namespace: phi }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: b } } }] }, { to: [{ podSelector: {} }] }] }
`,
    },
    {
      name: 'blocks that together are every address; IPv6',
      code: `${policy('[{ «to»: [{ ipBlock: { cidr: 0.0.0.0/1 } }, { ipBlock: { cidr: 128.0.0.0/1 } }] }]')}---\n${policy('[{ to: [{ ipBlock: { cidr: «"::/0"» } }] }]')}`,
      errors: [{ messageId: 'everyAddress' }, { messageId: 'everyAddress' }],
      output: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a, namespace: phi }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a, namespace: phi }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }] }
`,
    },
    {
      name: 'policies of Cilium and Calico',
      code: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: a, namespace: phi }
spec: { endpointSelector: {}, egress: [{ toEntities: [«world»] }, { toCIDR: [«0.0.0.0/0»] }] }
---
apiVersion: crd.projectcalico.org/v1
kind: GlobalNetworkPolicy
metadata: { name: b }
spec:
  types: [Egress]
  egress:
    - «action»: Allow
    - { action: Allow, destination: { nets: [«0.0.0.0/0»] } }
`,
      errors: [
        { messageId: 'everyAddress' },
        { messageId: 'everyAddress' },
        { messageId: 'anywhere' },
        { messageId: 'everyAddress' },
      ],
      output: undefined,
    },
  ],
};
