import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const pod = (name: string, labels: string, namespace = 'phi') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }
spec: { containers: [{ name: main, image: registry.clinic.example/${name}:1 }] }
---
`;
const policy = (spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a, namespace: phi }
spec: ${spec}
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'labels that pods carry',
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
`,
    },
    {
      name: 'peers of their namespaces, and everybody',
      code: `${pod('a', 'app: a')}${pod('b', 'app: b', 'web')}${policy(
        '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } }, podSelector: { matchLabels: { app: b } } }, { podSelector: {} }] }] }',
      )}`,
    },
    {
      name: 'pods of an operator, which no manifest shows',
      code: `${pod('a', 'app: a')}${policy('{ podSelector: { matchLabels: { cnpg.io/cluster: records } } }')}`,
    },
    {
      name: 'names of other things',
      code: `${pod('a', 'app: ceph-mgr')}${pod('b', 'app: shard-1')}${policy(
        '{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: ceph-mon } } }, { podSelector: { matchLabels: { app: shard-2 } } }] }] }',
      )}`,
    },
    {
      name: 'labels that controllers give',
      code: `${pod('a', 'job-name: a')}${policy('{ podSelector: { matchLabels: { job-name: migrate } } }')}`,
    },
    { name: 'no pods in view', code: policy('{ podSelector: { matchLabels: { app: a } } }') },
    {
      name: 'a namespace that is not in view, or that labels choose',
      code: `${pod('a', 'app: a')}${policy(
        '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ops } }, podSelector: { matchLabels: { app: x } } }, { namespaceSelector: { matchLabels: { team: x } }, podSelector: { matchLabels: { app: x } } }] }] }',
      )}`,
    },
    {
      name: 'pods that a chart brings',
      code: `${pod('a', 'app: a')}apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: grafana, namespace: phi }
---
${policy('{ podSelector: { matchLabels: { app: grafana } } }')}`,
    },
    {
      name: 'other files are not in view',
      code: `${pod('a', 'app: portal')}${policy('{ podSelector: { matchLabels: { app: portl } } }')}`,
      isolated: true,
    },
  ],
  invalid: [
    {
      name: 'a misspelled label',
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
      app: «protal»
`,
      errors: [
        {
          messageId: 'noSubject',
          message:
            'NetworkPolicy "portal" selects none of the pods in its namespace, so it protects no ePHI. Did you mean app=portal? Write the labels that the pods carry.',
        },
      ],
      output: `apiVersion: v1
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
`,
    },
    {
      name: 'the right value under another key',
      code: `${pod('a', 'app.kubernetes.io/name: portal, tier: web')}${policy('{ podSelector: { matchLabels: { tier: web, app: «portal» } } }')}`,
      errors: [{ messageId: 'noSubject' }],
      output: `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: phi, labels: { app.kubernetes.io/name: portal, tier: web } }
spec: { containers: [{ name: main, image: registry.clinic.example/a:1 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a, namespace: phi }
spec: { podSelector: { matchLabels: { tier: web, app.kubernetes.io/name: portal } } }
`,
    },
    {
      name: 'peers that are nobody, in the namespace and in another',
      ...fixed(
        `${pod('a', 'app: portal')}${pod('b', 'app: gateway', 'web')}${policy(
          '{ podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: { matchLabels: { app: «portals→portal» } } }] }], egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } }, podSelector: { matchLabels: { app: «gatewya→gateway» } } }] }] }',
        )}`,
      ),
      errors: [{ messageId: 'noPeer' }, { messageId: 'noPeer' }],
    },
    {
      name: 'labels in use, with nothing near; an expression',
      code: `${pod('a', 'app: a')}${policy('{ «podSelector»: { matchLabels: { app: reporting } } }')}---
${policy('{ «podSelector»: { matchExpressions: [{ key: app, operator: In, values: [b, c] }] } }').replace('name: a', 'name: b')}`,
      errors: [{ messageId: 'noSubject' }, { messageId: 'noSubject' }],
      output: undefined,
    },
  ],
};
