import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a load balancer',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
    },
    {
      name: 'an empty list; the field in another kind',
      code: `apiVersion: v1
kind: Service
metadata: { name: a, namespace: phi }
spec: { externalIPs: [], ports: [{ port: 443 }] }
---
apiVersion: example.com/v1
kind: Service
metadata: { name: b, namespace: phi }
spec: { externalIPs: [192.0.2.10] }
`,
    },
  ],
  invalid: [
    {
      name: 'an address',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
spec:
  «externalIPs»:
    - 192.0.2.10
  ports:
    - port: 443
`,
      errors: [
        {
          messageId: 'externalIps',
          message:
            'Service "portal" claims external addresses, so every node draws traffic to them to its pods, ePHI of others included (CVE-2020-8554). Remove externalIPs; use a load balancer or an Ingress.',
        },
      ],
      output: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
spec:
  ports:
    - port: 443
`,
    },
    {
      name: 'in flow style, in two Services of a List',
      code: `apiVersion: v1
kind: List
items:
- { apiVersion: v1, kind: Service, metadata: { name: a, namespace: phi }, spec: { ports: [{ port: 443 }], «externalIPs»: [192.0.2.10, 192.0.2.11] } }
- apiVersion: v1
  kind: Service
  metadata: { name: b, namespace: phi }
  spec:
    «externalIPs»: [192.0.2.12] # the old gateway
    ports: [{ port: 443 }]
`,
      errors: [{ messageId: 'externalIps' }, { messageId: 'externalIps' }],
      output: `apiVersion: v1
kind: List
items:
- { apiVersion: v1, kind: Service, metadata: { name: a, namespace: phi }, spec: { ports: [{ port: 443 }] } }
- apiVersion: v1
  kind: Service
  metadata: { name: b, namespace: phi }
  spec:
    ports: [{ port: 443 }]
`,
    },
  ],
};
