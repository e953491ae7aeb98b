import type { RuleCases } from '../../support/rule-cases.ts';

const service = (annotations: string, spec = '') => `apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi, annotations: { ${annotations} } }
spec: { type: LoadBalancer, ports: [{ port: 443 }]${spec} }
`;
const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
const AZURE = 'service.beta.kubernetes.io/azure-';

export const cases: RuleCases = {
  valid: [
    {
      name: 'an internal load balancer',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
  annotations:
    service.beta.kubernetes.io/azure-load-balancer-internal: "true"
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
    },
    {
      name: 'internal in other clouds',
      code: [
        `${AWS}scheme: internal`,
        `${AWS}internal: "true"`,
        'networking.gke.io/load-balancer-type: Internal',
        'cloud.google.com/load-balancer-type: "internal"',
        'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type: intranet',
        'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid: subnet-1',
      ]
        .map((annotation) => service(annotation))
        .join('---\n'),
    },
    {
      name: 'the controller of AWS, whose load balancers are internal unless told otherwise',
      code: `${service(`${AWS}type: external`)}---\n${service('', ', loadBalancerClass: service.k8s.aws/nlb')}`,
    },
    {
      name: 'callers are listed',
      code: `${service('', ', loadBalancerSourceRanges: [198.51.100.0/24]')}---\n${service(`${AZURE}allowed-ip-ranges: "198.51.100.0/24,203.0.113.0/24"`)}`,
    },
    {
      name: 'an address of a private network',
      code: `${service('', ', loadBalancerIP: 10.0.0.7')}---\n${service('metallb.universe.tf/loadBalancerIPs: 192.168.1.20')}`,
    },
    {
      name: 'inside of the cluster',
      code: 'apiVersion: v1\nkind: Service\nmetadata: { name: db, namespace: phi }\nspec: { ports: [{ port: 5432 }] }\n',
    },
  ],
  invalid: [
    {
      name: 'nothing says who may connect',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
spec:
  type: «LoadBalancer»
  ports:
    - port: 443
`,
      errors: [
        {
          messageId: 'isPublic',
          message:
            'Service "portal" gets a public load balancer that everybody may connect to, and may serve ePHI. Add your cloud\'s annotation for an internal one, or list the callers in loadBalancerSourceRanges.',
        },
      ],
      output: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-scheme: internal
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
      alternatives: [
        {
          title: 'Use an internal load balancer (Azure)',
          output: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
  annotations:
    service.beta.kubernetes.io/azure-load-balancer-internal: "true"
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
        },
        {
          title: 'Use an internal load balancer (Google Cloud)',
          output: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
  annotations:
    networking.gke.io/load-balancer-type: Internal
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
        },
        {
          title: 'Use an internal load balancer (Oracle Cloud)',
          output: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
  annotations:
    service.beta.kubernetes.io/oci-load-balancer-internal: "true"
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
        },
      ],
    },
    {
      name: 'told to be public, on a known cloud',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
  annotations:
    ${AWS}type: external
    ${AWS}scheme: internet-facing
spec:
  type: «LoadBalancer»
  ports: [{ port: 443 }]
`,
      errors: [{ messageId: 'isPublic' }],
      output: `apiVersion: v1
kind: Service
metadata:
  name: portal
  namespace: phi
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: external
    service.beta.kubernetes.io/aws-load-balancer-scheme: internal
spec:
  type: LoadBalancer
  ports: [{ port: 443 }]
`,
      alternatives: [],
    },
    {
      name: 'ranges that hold every address: one, several together, an annotation',
      code: `${service(`${AZURE}dns-label-name: a`, ', loadBalancerSourceRanges: [10.0.0.0/8, «0.0.0.0/0»]')}---
${service(`${AZURE}dns-label-name: b`, ', loadBalancerSourceRanges: «[0.0.0.0/1, 128.0.0.0/1]»')}---
${service(`${AZURE}dns-label-name: c, service.beta.kubernetes.io/load-balancer-source-ranges: «0.0.0.0/0»`)}`,
      errors: [{ messageId: 'everybody' }, { messageId: 'everybody' }, { messageId: 'everybody' }],
      output: `apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi, annotations: { service.beta.kubernetes.io/azure-dns-label-name: a, service.beta.kubernetes.io/azure-load-balancer-internal: "true" } }
spec: { type: LoadBalancer, ports: [{ port: 443 }], loadBalancerSourceRanges: [10.0.0.0/8, 0.0.0.0/0] }
---
apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi, annotations: { service.beta.kubernetes.io/azure-dns-label-name: b, service.beta.kubernetes.io/azure-load-balancer-internal: "true" } }
spec: { type: LoadBalancer, ports: [{ port: 443 }], loadBalancerSourceRanges: [0.0.0.0/1, 128.0.0.0/1] }
---
apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi, annotations: { service.beta.kubernetes.io/azure-dns-label-name: c, service.beta.kubernetes.io/load-balancer-source-ranges: 0.0.0.0/0, service.beta.kubernetes.io/azure-load-balancer-internal: "true" } }
spec: { type: LoadBalancer, ports: [{ port: 443 }] }
`,
    },
    {
      name: 'an Ingress controller',
      code: service(`${AZURE}x: a`)
        .replace('portal', 'ingress-nginx-controller')
        .replace('LoadBalancer', '«LoadBalancer»'),
      errors: [{ messageId: 'frontDoor', severity: 'information' }],
      output: `apiVersion: v1
kind: Service
metadata: { name: ingress-nginx-controller, namespace: phi, annotations: { service.beta.kubernetes.io/azure-x: a, service.beta.kubernetes.io/azure-load-balancer-internal: "true" } }
spec: { type: LoadBalancer, ports: [{ port: 443 }] }
`,
    },
    {
      name: 'an annotation that says no, and a public address',
      code: `${service(`${AZURE}load-balancer-internal: "false"`, '').replace('LoadBalancer', '«LoadBalancer»')}---
${service(`${AZURE}x: a`, ', loadBalancerIP: 8.8.8.8').replace('LoadBalancer', '«LoadBalancer»')}`,
      errors: [{ messageId: 'isPublic' }, { messageId: 'isPublic' }],
      output: `apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi, annotations: { service.beta.kubernetes.io/azure-load-balancer-internal: "true" } }
spec: { type: LoadBalancer, ports: [{ port: 443 }] }
---
apiVersion: v1
kind: Service
metadata: { name: portal, namespace: phi, annotations: { service.beta.kubernetes.io/azure-x: a, service.beta.kubernetes.io/azure-load-balancer-internal: "true" } }
spec: { type: LoadBalancer, ports: [{ port: 443 }], loadBalancerIP: 8.8.8.8 }
`,
    },
  ],
};
