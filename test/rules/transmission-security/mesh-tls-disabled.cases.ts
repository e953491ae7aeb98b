import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const rule = (host: string, policy: string) => `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: records, namespace: clinic }
spec: { host: ${host}, trafficPolicy: ${policy} }
`;
const pod = (annotations: string) => `apiVersion: v1
kind: Pod
metadata: { name: api, namespace: clinic, annotations: { ${annotations} } }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'certificates of the mesh',
      code: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: records
  namespace: clinic
spec:
  host: records.clinic.svc.cluster.local
  trafficPolicy:
    tls:
      mode: ISTIO_MUTUAL
`,
    },
    {
      name: 'TLS to hosts outside of the mesh, and one that the program encrypts itself',
      code: `${rule('fhir.example.com', '{ tls: { mode: SIMPLE } }')}${rule('example.com', '{ tls: { mode: SIMPLE } }')}${rule(
        'db.example.com',
        '{ tls: { mode: DISABLE } }',
      )}`,
    },
    {
      name: 'a host that a ServiceEntry takes in from outside',
      code: `${rule('lab.local', '{ tls: { mode: SIMPLE } }')}---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: lab, namespace: clinic }
spec: { hosts: [lab.local], location: MESH_EXTERNAL, ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }
`,
    },
    {
      name: "certificates of one's own, in the mesh too",
      code: rule(
        'records',
        '{ tls: { mode: MUTUAL, clientCertificate: /c.pem, privateKey: /k.pem, caCertificates: /ca.pem } }',
      ),
    },
    {
      name: 'the API server, which has no proxy',
      code: rule('kubernetes.default.svc.cluster.local', '{ tls: { mode: DISABLE } }'),
    },
    {
      name: 'empty lists, ports of the proxy itself, and the metadata of the cloud',
      code: pod(
        'traffic.sidecar.istio.io/excludeInboundPorts: "15020, 15090", traffic.sidecar.istio.io/excludeOutboundPorts: "", traffic.sidecar.istio.io/excludeOutboundIPRanges: 169.254.169.254/32, traffic.sidecar.istio.io/includeInboundPorts: "*"',
      ),
    },
    {
      name: 'opaque ports stay in the mesh',
      code: `${pod('config.linkerd.io/opaque-ports: "5432"')}---
apiVersion: v1
kind: Namespace
metadata: { name: clinic, annotations: { config.linkerd.io/opaque-ports: "5432", config.linkerd.io/skip-inbound-ports: "" } }
`,
    },
  ],
  invalid: [
    {
      name: 'no TLS towards a Service',
      code: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: records
  namespace: clinic
spec:
  host: records.clinic.svc.cluster.local
  trafficPolicy:
    tls:
      mode: «DISABLE» # the old client
`,
      errors: [
        {
          messageId: 'disabled',
          message:
            'DestinationRule "records" turns TLS off towards "records.clinic.svc.cluster.local", so ePHI is sent in clear text inside of the mesh. Set ISTIO_MUTUAL.',
        },
      ],
      output: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: records
  namespace: clinic
spec:
  host: records.clinic.svc.cluster.local
  trafficPolicy:
    tls:
      mode: ISTIO_MUTUAL # the old client
`,
    },
    {
      name: 'TLS without a client certificate, by short names and for ports and subsets',
      code: `apiVersion: networking.istio.io/v1beta1
kind: DestinationRule
metadata: { name: records, namespace: clinic }
spec:
  host: records.clinic
  trafficPolicy:
    portLevelSettings:
      - port: { number: 8443 }
        tls: { mode: «SIMPLE», caCertificates: /ca.pem, sni: records, insecureSkipVerify: true }
  subsets:
    - name: v2
      labels: { version: v2 }
      trafficPolicy:
        tls:
          mode: «DISABLE»
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: clinic }
spec: { host: "*.local", trafficPolicy: { tls: { mode: «DISABLE» } } }
`,
      errors: [{ messageId: 'simple' }, { messageId: 'disabled' }, { messageId: 'disabled' }],
      output: `apiVersion: networking.istio.io/v1beta1
kind: DestinationRule
metadata: { name: records, namespace: clinic }
spec:
  host: records.clinic
  trafficPolicy:
    portLevelSettings:
      - port: { number: 8443 }
        tls: { mode: ISTIO_MUTUAL, sni: records }
  subsets:
    - name: v2
      labels: { version: v2 }
      trafficPolicy:
        tls:
          mode: ISTIO_MUTUAL
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: clinic }
spec: { host: "*.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
`,
    },
    {
      name: 'a Service of another namespace, and a host that a ServiceEntry says is inside',
      ...fixed(`apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: billing, namespace: clinic }
spec: { host: invoices.billing, trafficPolicy: { tls: { mode: «DISABLE→ISTIO_MUTUAL» } } }
---
apiVersion: v1
kind: Namespace
metadata: { name: billing, labels: { istio-injection: enabled } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: legacy, namespace: clinic }
spec: { host: legacy.clinic.example, trafficPolicy: { tls: { mode: «DISABLE→ISTIO_MUTUAL» } } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: legacy, namespace: clinic }
spec: { hosts: [legacy.clinic.example], location: MESH_INTERNAL, ports: [{ number: 443, name: https }] }
`),
      errors: [{ messageId: 'disabled' }, { messageId: 'disabled' }],
    },
    {
      name: 'a certificate that nobody checks',
      code: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: fhir, namespace: clinic }
spec:
  host: fhir.example.com
  trafficPolicy:
    tls:
      mode: SIMPLE
      insecureSkipVerify: «true»
`,
      errors: [{ messageId: 'unverified' }],
      output: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: fhir, namespace: clinic }
spec:
  host: fhir.example.com
  trafficPolicy:
    tls:
      mode: SIMPLE
`,
    },
    {
      name: 'ports that Linkerd skips',
      code: `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: clinic }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata:
      labels: { app: api }
      annotations:
        config.linkerd.io/skip-outbound-ports: «"5432"»
    spec: { containers: [{ name: api, image: registry.example/api:1 }] }
`,
      errors: [{ messageId: 'bypass', message: /leads ports 5432 past the mesh/ }],
      output: `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: clinic }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata:
      labels: { app: api }
    spec: { containers: [{ name: api, image: registry.example/api:1 }] }
`,
      alternatives: [
        {
          title: 'Keep the traffic in the mesh as opaque: config.linkerd.io/opaque-ports',
          output: `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: clinic }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata:
      labels: { app: api }
      annotations:
        config.linkerd.io/opaque-ports: "5432"
    spec: { containers: [{ name: api, image: registry.example/api:1 }] }
`,
        },
      ],
    },
    {
      name: 'traffic that goes past other meshes',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: api
  namespace: clinic
  annotations:
    team: records
    traffic.sidecar.istio.io/excludeInboundPorts: «"15020,8080"»
    traffic.sidecar.istio.io/excludeOutboundIPRanges: «10.0.0.0/8»
    traffic.sidecar.istio.io/includeInboundPorts: «""»
    consul.hashicorp.com/transparent-proxy-exclude-inbound-ports: «'8080'»
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: clinic, annotations: { config.linkerd.io/opaque-ports: "3306", config.linkerd.io/skip-inbound-ports: «"3306"» } }
`,
      errors: [
        { messageId: 'bypass', message: /ports 8080 past/ },
        { messageId: 'bypass', message: /addresses 10\.0\.0\.0\/8/ },
        { messageId: 'bypass', message: /leads everything past/ },
        { messageId: 'bypass' },
        { messageId: 'bypass' },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: api
  namespace: clinic
  annotations:
    team: records
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: clinic, annotations: { config.linkerd.io/opaque-ports: "3306" } }
`,
    },
  ],
};
