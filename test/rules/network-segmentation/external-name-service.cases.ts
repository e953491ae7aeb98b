import type { RuleCases } from '../../support/rule-cases.ts';

const service = (host: string, more = '') => `apiVersion: v1
kind: Service
metadata: { name: outside, namespace: phi${more} }
spec: { type: ExternalName, externalName: ${host} }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'a Service of another namespace',
      code: `apiVersion: v1
kind: Service
metadata:
  name: database
  namespace: phi
spec:
  type: ExternalName
  externalName: postgres.data.svc.cluster.local
`,
    },
    {
      name: 'private names and addresses',
      code: ['db.corp', 'lab.hospital.internal', 'printer.home.arpa.', 'localhost', '10.1.2.3', 'ehr']
        .map((host) => service(host))
        .join('---\n'),
    },
    {
      name: 'managed databases in a private network',
      code: `${service('clinic.c1x2y3.us-east-1.rds.amazonaws.com')}---\n${service('clinic.privatelink.database.windows.net')}`,
    },
    { name: 'a name that is filled in later', code: service('$(DATABASE_HOST).example.com') },
    {
      name: 'outside of PHI scope, and a Service of another type',
      code: `${service('api.example.com', ', labels: { kube-safeguards.io/phi: "false" }')}---
apiVersion: v1
kind: Service
metadata: { name: a, namespace: phi }
spec: { type: ClusterIP, externalName: api.example.com }
`,
    },
  ],
  invalid: [
    {
      name: 'a host on the internet',
      code: `apiVersion: v1
kind: Service
metadata:
  name: claims
  namespace: phi
spec:
  type: ExternalName
  externalName: «api.clearinghouse.example.com»
`,
      errors: [
        {
          messageId: 'publicHost',
          message:
            'Service "claims" looks like a Service of the cluster but leads to a host outside, so ePHI sent to it leaves over the internet, around NetworkPolicies. Let callers name the host and use TLS, or use an egress gateway.',
        },
      ],
      output: undefined,
    },
    {
      name: 'a public address, and a name with a final dot',
      code: `${service('«8.8.8.8»')}---\n${service('«"ftp.example.org."»')}`,
      errors: [{ messageId: 'publicHost' }, { messageId: 'publicHost' }],
      output: undefined,
    },
  ],
};
