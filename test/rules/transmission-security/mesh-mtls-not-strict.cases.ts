import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const policy = (spec: string, metadata = 'name: default, namespace: clinic') => `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { ${metadata} }
spec: ${spec}
`;
const MESH = 'name: default, namespace: istio-system';
const STRICT = '{ mtls: { mode: STRICT } }';

export const cases: RuleCases = {
  valid: [
    {
      name: 'strict',
      code: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: clinic
spec:
  mtls:
    mode: STRICT
`,
    },
    {
      name: 'unset below a strict mesh',
      code: `${policy(STRICT, MESH)}${policy('{ mtls: { mode: UNSET } }')}${policy('{}', 'name: other, namespace: web')}`,
    },
    {
      name: 'a workload unset below a strict namespace, with an unset port',
      code: `${policy(STRICT)}${policy(
        '{ selector: { matchLabels: { app: api } }, portLevelMtls: { 8443: { mode: UNSET } } }',
        'name: api, namespace: clinic',
      )}`,
    },
    { name: 'unset, and other files are not in view', code: policy('{}'), isolated: true },
    {
      name: 'a root namespace of its own, said in the ConfigMap',
      code: `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: mesh }
data:
  mesh: |
    rootNamespace: mesh
${policy(STRICT, 'name: default, namespace: mesh')}${policy('{}')}`,
    },
    {
      name: 'a selector in the root namespace, which reaches nothing',
      code: policy('{ selector: { matchLabels: { app: api } }, mtls: { mode: PERMISSIVE } }', MESH),
    },
    {
      name: 'Linkerd and Consul',
      code: `apiVersion: v1
kind: Namespace
metadata: { name: clinic, annotations: { config.linkerd.io/default-inbound-policy: all-authenticated } }
---
apiVersion: v1
kind: Pod
metadata: { name: api, annotations: { config.linkerd.io/default-inbound-policy: deny } }
spec: { containers: [{ name: api, image: registry.example/api:1 }] }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: api }
spec: { podSelector: { matchLabels: { app: api } }, port: https, accessPolicy: deny }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global }
spec: { mutualTLSMode: strict }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: Mesh
metadata: { name: mesh }
spec: { allowEnablingPermissiveMutualTLS: false }
`,
    },
    {
      name: 'another kind of this name',
      code: 'apiVersion: example.com/v1\nkind: PeerAuthentication\nmetadata: { name: a }\nspec: { mtls: { mode: DISABLE } }\n',
    },
  ],
  invalid: [
    {
      name: 'permissive for a namespace',
      code: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: clinic
spec:
  mtls:
    mode: «PERMISSIVE» # until the old portal is gone
`,
      errors: [
        {
          messageId: 'permissive',
          message:
            'PeerAuthentication "default" is PERMISSIVE for namespace "clinic": clients may send ePHI in clear text and without an identity. Set STRICT.',
        },
      ],
      output: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: clinic
spec:
  mtls:
    mode: STRICT # until the old portal is gone
`,
    },
    {
      name: 'disabled for the mesh, in an old version of the API; a strict namespace does not excuse it',
      ...fixed(`apiVersion: security.istio.io/v1beta1
kind: PeerAuthentication
metadata: { ${MESH} }
spec: { mtls: { mode: «DISABLE→STRICT» } }
${policy(STRICT)}`),
      errors: [{ messageId: 'disabled', message: /for the mesh/ }],
    },
    {
      name: 'unset for the mesh, for a namespace below it, and for a workload below both',
      ...fixed(`apiVersion: security.istio.io/v1
kind: «PeerAuthentication»
metadata: { ${MESH} }
+spec:
+  mtls:
+    mode: STRICT
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: clinic }
spec:
  mtls: { mode: «UNSET→STRICT» }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: api, namespace: clinic }
«spec»:
  selector: { matchLabels: { app: api } }
+  mtls:
+    mode: STRICT
`),
      errors: [{ messageId: 'unset' }, { messageId: 'unset' }, { messageId: 'unset' }],
    },
    {
      name: 'unset for a workload of a permissive namespace in a strict mesh',
      ...fixed(`${policy(STRICT, MESH)}---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: clinic }
spec: { mtls: { mode: «PERMISSIVE→STRICT» } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: api, namespace: clinic }
spec: { selector: { matchLabels: { app: api } }, mtls: { mode: «UNSET→STRICT» } }
`),
      errors: [{ messageId: 'permissive' }, { messageId: 'unset' }],
    },
    {
      name: 'ports of a workload',
      ...fixed(`apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: api, namespace: clinic }
spec:
  selector: { matchLabels: { app: api } }
  mtls: { mode: STRICT }
  portLevelMtls:
    8080: { mode: «DISABLE→STRICT» }
    9090:
      mode: «PERMISSIVE→STRICT»
    8443: { mode: STRICT }
`),
      errors: [{ messageId: 'disabled', message: /for port 8080/ }, { messageId: 'permissive' }],
    },
    {
      name: 'ports without a selector, which Istio ignores',
      code: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: clinic }
spec:
  mtls:
    mode: STRICT
  «portLevelMtls»:
    8080: { mode: DISABLE }
`,
      errors: [{ messageId: 'portIgnored', severity: 'information' }],
      output: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: clinic }
spec:
  mtls:
    mode: STRICT
`,
    },
    {
      name: 'Linkerd, on a Namespace, on the pods of a workload and for a port',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  annotations:
    linkerd.io/inject: enabled
    config.linkerd.io/default-inbound-policy: «cluster-unauthenticated→cluster-authenticated»
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: claims, namespace: clinic }
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        metadata: { annotations: { config.linkerd.io/default-inbound-policy: «all-unauthenticated→all-authenticated» } }
        spec: { containers: [{ name: claims, image: registry.example/claims:1 }] }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: api, namespace: clinic }
spec: { podSelector: { matchLabels: { app: api } }, port: https, accessPolicy: «audit→all-authenticated» }
`),
      errors: [
        { messageId: 'linkerd', message: /Set cluster-authenticated\.$/ },
        { messageId: 'linkerd', message: /Set all-authenticated\.$/ },
        { messageId: 'linkerd', message: /"audit"/ },
      ],
    },
    {
      name: 'Consul',
      ...fixed(`apiVersion: consul.hashicorp.com/v1alpha1
kind: Mesh
metadata: { name: mesh }
spec:
  allowEnablingPermissiveMutualTLS: «true→false»
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: api }
spec: { protocol: http, mutualTLSMode: «"permissive"→"strict"» }
`),
      errors: [{ messageId: 'consul' }, { messageId: 'consul', message: /ServiceDefaults "api"/ }],
    },
  ],
};
