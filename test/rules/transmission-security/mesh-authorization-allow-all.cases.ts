import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const policy = (spec: string, metadata = 'name: api, namespace: clinic') => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { ${metadata} }
spec: ${spec}
`;
const linkerd = (target: string, references: string) => `---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: api, namespace: clinic }
spec: { targetRef: ${target}, requiredAuthenticationRefs: ${references} }
`;
const EVERYWHERE = `---
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: everywhere, namespace: clinic }
spec: { networks: [{ cidr: 0.0.0.0/0 }, { cidr: "::/0" }] }
`;
const NETWORK = '[{ group: policy.linkerd.io, kind: NetworkAuthentication, name: everywhere }]';
const SERVER = '{ group: policy.linkerd.io, kind: Server, name: api }';

export const cases: RuleCases = {
  valid: [
    {
      name: 'callers by name',
      code: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: api
  namespace: clinic
spec:
  selector:
    matchLabels:
      app: api
  rules:
    - from:
        - source:
            principals: ["cluster.local/ns/clinic/sa/portal"]
`,
    },
    {
      name: 'no rule allows nothing; no limit denies everything; AUDIT and CUSTOM allow nothing',
      code: `${policy('{}')}${policy('{ action: DENY, rules: [{}] }')}${policy('{ action: AUDIT, rules: [{}] }')}${policy(
        '{ action: CUSTOM, provider: { name: opa }, rules: [{}] }',
      )}`,
    },
    {
      name: 'every identity, but one path or one condition',
      code: `${policy('{ rules: [{ from: [{ source: { principals: ["*"] } }], to: [{ operation: { paths: [/health] } }] }] }')}${policy(
        '{ rules: [{ from: [{ source: { namespaces: ["*"] } }], when: [{ key: "request.auth.claims[group]", values: [staff] }] }] }',
      )}`,
    },
    {
      name: 'everybody to one port, or with a token, or but for some',
      code: `${policy('{ rules: [{ to: [{ operation: { ports: ["8081"] } }] }] }')}${policy(
        '{ rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }',
      )}${policy('{ rules: [{ from: [{ source: { principals: ["*"], notNamespaces: [web] } }] }] }')}`,
    },
    {
      name: 'Linkerd: identities; addresses for the route of a probe, or beside an identity, or some of them',
      code: `${linkerd(SERVER, '[{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: portal }]')}${linkerd(
        '{ group: policy.linkerd.io, kind: HTTPRoute, name: probe }',
        NETWORK,
      )}${linkerd(SERVER, `[{ kind: ServiceAccount, name: portal }, { group: policy.linkerd.io, kind: NetworkAuthentication, name: everywhere }]`)}${linkerd(
        SERVER,
        '[{ group: policy.linkerd.io, kind: NetworkAuthentication, name: kubelet }]',
      )}${EVERYWHERE}`,
    },
    {
      name: 'Linkerd: a ServerAuthorization with identities',
      code: `apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: api, namespace: clinic }
spec: { server: { name: api }, client: { unauthenticated: false, meshTLS: { serviceAccounts: [{ name: portal }] } } }
`,
    },
    {
      name: 'Consul: callers by name, everybody denied, and everybody to one path',
      code: `apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: api }
spec:
  destination: { name: api }
  sources:
    - { name: portal, action: allow }
    - { name: "*", action: deny }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: health }
spec:
  destination: { name: health }
  sources: [{ name: "*", permissions: [{ action: allow, http: { pathExact: /health } }] }]
`,
    },
  ],
  invalid: [
    {
      name: 'an empty rule',
      code: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: api
  namespace: clinic
spec:
  action: ALLOW
  rules:
    - «{}»
`,
      errors: [
        {
          messageId: 'anybody',
          message:
            'A rule of AuthorizationPolicy "api" allows everybody everything, clients without an identity too, so any pod reaches the ePHI behind it. Name the callers.',
        },
      ],
      output: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: api
  namespace: clinic
spec:
  action: ALLOW
  rules:
    - from:
        - source:
            principals:
              - cluster.local/ns/clinic/sa/replace-with-caller
`,
      alternatives: [
        {
          title: 'Let in namespace "clinic" alone',
          output: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: api
  namespace: clinic
spec:
  action: ALLOW
  rules:
    - from:
        - source:
            namespaces:
              - clinic
`,
        },
      ],
    },
    {
      name: 'wildcards for identities, in several rules; ALLOW is the default',
      code: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: api }
spec:
  rules:
    - from:
        - source:
            principals: «["*"]»
    - from:
        - source: { principals: [cluster.local/ns/web/sa/portal] }
        - source: { namespaces: «["*"]» }
    - from:
        - source: { principals: [cluster.local/ns/web/sa/portal] }
`,
      errors: [{ messageId: 'identity' }, { messageId: 'identity' }],
      output: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: api }
spec:
  rules:
    - from:
        - source:
            principals:
              - cluster.local/ns/replace-with-namespace/sa/replace-with-caller
    - from:
        - source: { principals: [cluster.local/ns/web/sa/portal] }
    - from:
        - source: { principals: [cluster.local/ns/web/sa/portal] }
`,
    },
    {
      name: 'operations and addresses that are all there are',
      code: `apiVersion: security.istio.io/v1beta1
kind: AuthorizationPolicy
metadata: { name: api, namespace: clinic }
spec:
  rules:
    - «to»: [{ operation: { methods: ["*"], paths: ["/*"] } }]
    - from: [{ source: { ipBlocks: «[0.0.0.0/0]» } }]
`,
      errors: [{ messageId: 'anybody' }, { messageId: 'anybody' }],
      output: `apiVersion: security.istio.io/v1beta1
kind: AuthorizationPolicy
metadata: { name: api, namespace: clinic }
spec:
  rules:
    - to: [{ operation: { methods: ["*"], paths: ["/*"] } }]
      from:
        - source:
            principals:
              - cluster.local/ns/clinic/sa/replace-with-caller
    - from:
        - source:
            principals:
              - cluster.local/ns/clinic/sa/replace-with-caller
`,
    },
    {
      name: 'Linkerd: clients without an identity',
      code: `apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: api, namespace: clinic }
spec:
  server: { name: api }
  client:
    unauthenticated: «true»
---
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: web, namespace: clinic }
spec: { server: { name: web }, client: { meshTLS: { unauthenticatedTLS: «true» } } }
`,
      errors: [{ messageId: 'linkerd' }, { messageId: 'linkerd' }],
      output: `apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: api, namespace: clinic }
spec:
  server: { name: api }
  client:
    meshTLS:
      serviceAccounts:
      - name: replace-with-caller
        namespace: clinic
---
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: web, namespace: clinic }
spec: { server: { name: web }, client: { meshTLS: { serviceAccounts: [{ name: replace-with-caller, namespace: clinic }] } } }
`,
    },
    {
      name: 'Linkerd: every address, and nothing at all',
      code: `apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: api, namespace: clinic }
spec: { targetRef: ${SERVER}, requiredAuthenticationRefs: «${NETWORK}» }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: web, namespace: clinic }
spec: { targetRef: { kind: Namespace, name: clinic }, requiredAuthenticationRefs: «[]» }
${EVERYWHERE}`,
      errors: [{ messageId: 'linkerd', message: /^AuthorizationPolicy "api"/ }, { messageId: 'linkerd' }],
      output: undefined,
    },
    {
      name: 'Consul: everybody, also by a permission without limits',
      ...fixed(`apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: api }
spec:
  destination: { name: api }
  sources:
    - name: «"*"→"replace-with-caller"»
      action: allow
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web }
spec:
  destination: { name: web }
  sources: [{ name: «"*"→"replace-with-caller"», permissions: [{ action: allow, http: { pathPrefix: / } }] }]
`),
      errors: [{ messageId: 'consul' }, { messageId: 'consul' }],
    },
  ],
};
