import { MESH_ANNOTATION, MESH_IMAGE, MESH_LABELS } from '../analysis/mesh/enrolment.ts';
import { LINKERD_ACCESS_LOG, LINKERD_POLICY, UNAUTHENTICATED_POLICIES } from '../analysis/mesh/linkerd.ts';
import {
  CILIUM_AUTHENTICATIONS,
  CILIUM_MESH,
  ciliumPolicies,
  HOME,
  IN_HOME,
  IN_ROOT,
  IS_INJECTED,
  LINKERD_POLICIES,
  NAMESPACE_WORD,
  nothingIn,
  ROOT,
  SERVICES,
  SYSTEM_NAMESPACES,
  words,
} from './kyverno-mesh-words.ts';
import { type KyvernoPolicy, type Lookup, OWN_LABELS, refusal, selects } from './kyverno-policy.ts';

const POD = 'request.object.metadata';
const HAS_OWN_NETWORK = 'request.object.spec.hostNetwork != `true`';

const namesAt = (name: string, path: string): Lookup => ({
  name,
  path,
  take: 'items[].metadata.name',
  isOptional: true,
});

const PEERS = '/apis/security.istio.io/v1beta1/peerauthentications';

/** Objects that mean nothing without their mesh. */
const USES: readonly Lookup[] = [
  namesAt('peers', PEERS),
  namesAt('operators', '/apis/install.istio.io/v1alpha1/istiooperators'),
  namesAt('istios', '/apis/sailoperator.io/v1/istios'),
  namesAt('identities', '/apis/policy.linkerd.io/v1alpha1/meshtlsauthentications'),
];
const ENROLLED: Lookup = {
  name: 'enrolled',
  path: '/api/v1/namespaces',
  take: `items[?(${NAMESPACE_WORD('metadata')}) == 'in'].metadata.name`,
};

/** A pod that says nothing of the mesh that others are in, in a Namespace that does not either. */
export const OUTSIDE_OF_MESH: KyvernoPolicy = {
  rule: 'mesh-injection-missing',
  beyond: 'Namespaces in which no pod is made yet: they are refused with the first that says nothing itself',
  spec: (action, namespaces) => ({
    background: false,
    rules: [
      refusal(action, namespaces, {
        name: 'in-the-mesh',
        kinds: ['Pod'],
        onlyNew: true,
        except: SYSTEM_NAMESPACES,
        lookups: [HOME, ENROLLED, ...USES],
        when: [
          HAS_OWN_NETWORK,
          `!contains(${words()}, 'in')`,
          `!contains(${words()}, 'out')`,
          `!(${IS_INJECTED})`,
        ].join(' && '),
        condition: `!(${nothingIn([ENROLLED, ...USES])})`,
        message:
          'mesh-injection-missing: this cluster has a mesh, and neither the Namespace nor the pod says anything of it. Put the label of the mesh on the Namespace (45 CFR 164.312(e)(1)).',
      }),
    ],
  }),
};

const UNAUTHENTICATED = [...UNAUTHENTICATED_POLICIES.keys()].map((policy) => `'${policy}'`).join(', ');

/** What says how the traffic of a pod is encrypted, whatever mesh it is in; what it says is for other rules. */
const DECISIONS: readonly Lookup[] = [
  {
    name: 'nodes',
    path: '/api/v1/namespaces/kube-system/configmaps',
    take: "items[?metadata.name == 'cilium-config' && (data.\"enable-wireguard\" == 'true' || data.\"enable-ipsec\" == 'true')].metadata.name",
  },
  ...['crd.projectcalico.org/v1', 'projectcalico.org/v3'].map((version, index) => ({
    name: `felix${index}`,
    path: `/apis/${version}/felixconfigurations`,
    take: 'items[?spec.wireguardEnabled].metadata.name',
    isOptional: true as const,
  })),
  {
    name: 'peers',
    path: PEERS,
    take: `items[?contains(['DISABLE', 'PERMISSIVE', 'STRICT'], spec.mtls.mode) && (${IN_ROOT} && length(keys(spec.selector.matchLabels || \`{}\`)) == \`0\` || ${IN_HOME} && label_match(spec.selector.matchLabels || \`{}\`, ${OWN_LABELS}))].metadata.name`,
    isOptional: true,
  },
  ...LINKERD_POLICIES,
  ...CILIUM_AUTHENTICATIONS,
];

/** What the control planes of Linkerd and Consul do by default, for pods that are in no other mesh. */
const DEFAULTS: readonly Lookup[] = [
  {
    name: 'linkerd',
    path: '/api/v1/namespaces/linkerd/configmaps',
    take: `items[?metadata.name == 'linkerd-config' && data.values].[parse_yaml(data.values).proxy.defaultInboundPolicy][] | [?@ && !contains([${UNAUTHENTICATED}], @)]`,
  },
  namesAt('proxies', '/apis/consul.hashicorp.com/v1alpha1/proxydefaults'),
  namesAt('intentions', '/apis/consul.hashicorp.com/v1alpha1/serviceintentions'),
];

/** A pod whose traffic nothing in the cluster encrypts. */
export const WITHOUT_MUTUAL_TLS: KyvernoPolicy = {
  rule: 'mesh-mtls-missing',
  beyond:
    'pods that a policy of Cilium may select by labels with a prefix, and pods in no mesh where Linkerd demands identities, or Consul is there, for those in theirs',
  spec: (action, namespaces) => ({
    background: false,
    rules: [
      refusal(action, namespaces, {
        name: 'encrypted',
        kinds: ['Pod'],
        onlyNew: true,
        except: SYSTEM_NAMESPACES,
        lookups: [HOME, ROOT, ...DECISIONS, ...DEFAULTS],
        when: [
          HAS_OWN_NETWORK,
          `(contains(${words()}, 'in') || !contains(${words()}, 'out'))`,
          `(${POD}.annotations || \`{}\`)."${LINKERD_POLICY}" == \`null\``,
          `(home.annotations || \`{}\`)."${LINKERD_POLICY}" == \`null\``,
          `length(peers) == \`0\``,
          `!contains(${words('consul')}, 'in')`,
        ].join(' && '),
        condition: [
          nothingIn(DECISIONS),
          `!(contains(${words('linkerd')}, 'in') && length(linkerd) > \`0\`)`,
          `(contains(${words()}, 'in') || ${nothingIn(DEFAULTS)})`,
        ].join(' && '),
        message:
          'mesh-mtls-missing: nothing in the cluster encrypts what this pod sends and takes. Demand mutual TLS in a mesh, such as by a PeerAuthentication with mode STRICT, or encrypt between nodes (45 CFR 164.312(e)(1)).',
      }),
    ],
  }),
};

const TARGETS = '([spec.targetRefs || `[]`, spec.targetRef || `[]`][])';
const WAYPOINT = '"istio.io/use-waypoint"';
const WAYPOINTS = `\`{{ [${POD}.labels.${WAYPOINT}, home.labels.${WAYPOINT}, services[].waypoint][] }}\``;

/** What decides who may call a pod. */
const AUTHORIZATIONS: readonly Lookup[] = [
  {
    name: 'policies',
    path: '/apis/security.istio.io/v1beta1/authorizationpolicies',
    take: `items[?spec.action != 'AUDIT' && (length(${TARGETS}) == \`0\` && (${IN_ROOT} || ${IN_HOME}) && ${selects('spec.selector')} || ${IN_ROOT} && length(${TARGETS}[?kind == 'GatewayClass']) > \`0\` || ${IN_HOME} && length(${TARGETS}[?kind == 'Service' && contains(\`{{ services[].name }}\`, name) || kind == 'Gateway' && contains(${WAYPOINTS}, name)]) > \`0\`)].metadata.name`,
    isOptional: true,
  },
  ...LINKERD_POLICIES,
  {
    // The name of a service of Consul is that of a Service, of the ServiceAccount, or of what made the pod, whose name begins with it.
    name: 'intentions',
    path: '/apis/consul.hashicorp.com/v1alpha1/serviceintentions',
    take: `items[?spec.destination.name && (contains(['*', '{{ request.object.spec.serviceAccountName || '' }}'], spec.destination.name) || contains(\`{{ services[].name }}\`, spec.destination.name) || starts_with('{{ ${POD}.name || ${POD}.generateName || '' }}', spec.destination.name))].metadata.name`,
    isOptional: true,
  },
  ...ciliumPolicies(),
];

/** Pods that answer nobody, or are the mesh. */
const IS_CALLED = [
  `length((${POD}.ownerReferences || \`[]\`)[?kind == 'Job']) == \`0\``,
  ...MESH_LABELS.map((label) => `(${POD}.labels || \`{}\`)."${label}" == \`null\``),
  `(${POD}.annotations || \`{}\`)."${MESH_ANNOTATION}" == \`null\``,
  // Beside its own containers a pod has the proxy by then.
  `length((request.object.spec.containers || \`[]\`)[?!regex_match('${MESH_IMAGE.source}', image || '')]) > \`0\``,
];

/** A pod in a mesh for which no policy decides who may call it. */
export const WITHOUT_AUTHORIZATION: KyvernoPolicy = {
  rule: 'mesh-authorization-missing',
  beyond:
    'pods of which neither they nor their Namespace say that they are in a mesh, unless Cilium is it; mesh-injection-missing refuses those',
  spec: (action, namespaces) => ({
    background: false,
    rules: [
      refusal(action, namespaces, {
        name: 'authorized',
        kinds: ['Pod'],
        onlyNew: true,
        except: SYSTEM_NAMESPACES,
        lookups: [HOME, ROOT, SERVICES, ...CILIUM_MESH, ...AUTHORIZATIONS],
        when: [
          HAS_OWN_NETWORK,
          ...IS_CALLED,
          `(contains(${words()}, 'in') || !contains(${words()}, 'out') && !(${nothingIn(CILIUM_MESH)}))`,
          'length(policies) == `0`',
        ].join(' && '),
        condition: nothingIn(AUTHORIZATIONS),
        message:
          'mesh-authorization-missing: no policy of the mesh says who may call this pod. Deny by default in the namespace, and allow its callers (45 CFR 164.312(a)(1)).',
      }),
    ],
  }),
};

const logOf = (metadata: string) => `(${metadata}.annotations || \`{}\`)."${LINKERD_ACCESS_LOG}"`;

/** A pod that joins Linkerd where neither it, its Namespace nor the control plane says anything of access logs. */
export const WITHOUT_ACCESS_LOG: KyvernoPolicy = {
  rule: 'mesh-access-log-disabled',
  spec: (action, namespaces) => ({
    background: false,
    rules: [
      refusal(action, namespaces, {
        name: 'logged',
        kinds: ['Pod'],
        onlyNew: true,
        except: SYSTEM_NAMESPACES,
        lookups: [
          HOME,
          {
            name: 'logs',
            path: '/api/v1/namespaces/linkerd/configmaps',
            take: "items[?metadata.name == 'linkerd-config' && data.values].[parse_yaml(data.values).proxy.accessLog][] | [?@]",
          },
        ],
        when: [
          HAS_OWN_NETWORK,
          `contains(${words('linkerd')}, 'in')`,
          `${logOf(POD)} == \`null\``,
          `${logOf('home')} == \`null\``,
        ].join(' && '),
        condition: 'length(logs) == `0`',
        message:
          'mesh-access-log-disabled: this pod joins Linkerd without access logs. Set config.linkerd.io/access-log: json on its Namespace (45 CFR 164.312(b)).',
      }),
    ],
  }),
};
