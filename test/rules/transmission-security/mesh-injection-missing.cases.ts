import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const namespace = (metadata: string) => `---
apiVersion: v1
kind: Namespace
metadata: { ${metadata} }
`;
const MEMBER = namespace('name: web, labels: { istio-injection: enabled }');
const pod = (name: string, metadata: string) => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: clinic, ${metadata} }
spec: { containers: [{ name: main, image: registry.example/${name}:1 }] }
`;
const STRICT_MESH = `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'a Namespace in the mesh',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    istio-injection: enabled
${STRICT_MESH}`,
    },
    {
      name: 'in a revision of the mesh, in ambient mode, or out of it in so many words',
      code: `${MEMBER}${namespace('name: clinic, labels: { istio.io/rev: stable }')}${namespace(
        'name: billing, labels: { istio.io/dataplane-mode: ambient }',
      )}${namespace('name: docs, labels: { istio-injection: disabled }')}`,
    },
    {
      name: 'all of its pods speak for themselves',
      code: `${MEMBER}${namespace('name: clinic')}${pod('api', 'labels: { sidecar.istio.io/inject: "true" }')}${pod(
        'export',
        'labels: { sidecar.istio.io/inject: "false" }',
      )}`,
    },
    { name: 'no mesh', code: namespace('name: clinic') },
    {
      name: 'gateways of Istio alone are no mesh',
      code: `${namespace('name: clinic')}---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web }
spec: { servers: [] }
`,
    },
    {
      name: 'Consul, which has no label for namespaces',
      code: `${namespace('name: clinic')}---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: api }
spec: { destination: { name: api }, sources: [{ name: portal, action: allow }] }
`,
    },
    { name: 'namespaces of control planes', code: `${MEMBER}${namespace('name: istio-system')}` },
    {
      name: 'outside of PHI scope',
      code: `${MEMBER}${namespace('name: docs, labels: { kube-safeguards.io/phi: "false" }')}`,
    },
    { name: 'other files are not in view', code: `${MEMBER}${namespace('name: clinic')}`, isolated: true },
  ],
  invalid: [
    {
      name: 'a Namespace beside those of the mesh',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: web
  labels:
    istio-injection: enabled
---
apiVersion: v1
kind: Namespace
«metadata»:
  name: clinic
`,
      errors: [
        {
          messageId: 'missing',
          message:
            'Namespace "clinic" is not part of the Istio mesh that this workspace uses, so its pods send ePHI in clear text. Set istio-injection: enabled.',
        },
      ],
      output: `apiVersion: v1
kind: Namespace
metadata:
  name: web
  labels:
    istio-injection: enabled
---
apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    istio-injection: enabled
`,
    },
    {
      name: 'only policies of the mesh; one of two pods speaks for itself',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  «labels»:
    team: records
+    istio-injection: enabled
${STRICT_MESH}${pod('api', 'labels: { sidecar.istio.io/inject: "true" }')}---
apiVersion: batch/v1
kind: Job
metadata: { name: claims, namespace: clinic }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: registry.example/claims:1 }] } } }
`),
      errors: [{ messageId: 'missing' }],
    },
    {
      name: 'the revision that most others have',
      code: `apiVersion: v1
kind: Namespace
«metadata»: { name: clinic }
${namespace('name: a, labels: { istio.io/rev: stable }')}${namespace('name: b, labels: { istio-injection: enabled }')}${namespace(
  'name: c, labels: { istio.io/rev: stable }',
)}`,
      errors: [{ messageId: 'missing', message: /Set istio\.io\/rev: stable\.$/ }],
      output: `apiVersion: v1
kind: Namespace
metadata: { name: clinic, labels: { istio.io/rev: stable } }
${namespace('name: a, labels: { istio.io/rev: stable }')}${namespace('name: b, labels: { istio-injection: enabled }')}${namespace('name: c, labels: { istio.io/rev: stable }')}`,
    },
    {
      name: 'an ambient mesh',
      code: `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh, namespace: istio-system }
spec: { profile: ambient, meshConfig: { accessLogFile: /dev/stdout } }
---
apiVersion: v1
kind: Namespace
«metadata»: { name: clinic }
`,
      errors: [{ messageId: 'missing', message: /Set istio\.io\/dataplane-mode: ambient\.$/ }],
      output: `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh, namespace: istio-system }
spec: { profile: ambient, meshConfig: { accessLogFile: /dev/stdout } }
---
apiVersion: v1
kind: Namespace
metadata: { name: clinic, labels: { istio.io/dataplane-mode: ambient } }
`,
    },
    {
      name: 'Linkerd',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata: { name: clinic, «annotations»: { config.linkerd.io/access-log: json‹→, linkerd.io/inject: enabled› } }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: clinic }
spec: { identities: [portal.web.serviceaccount.identity.linkerd.cluster.local] }
`),
      errors: [{ messageId: 'missing', message: /Set linkerd\.io\/inject: enabled\.$/ }],
    },
  ],
};
