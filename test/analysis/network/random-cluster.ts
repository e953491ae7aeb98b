import fc from 'fast-check';

/*
 * Clusters with every sort of network policy of Kubernetes, drawn at random.
 */

export interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}
export interface PeerObject {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: string[] };
}
export interface PortObject {
  protocol?: string;
  port?: number | string;
  endPort?: number;
}
interface NetworkPolicyObject {
  namespace: string;
  podSelector: Selector;
  policyTypes?: string[];
  ingress?: { from?: PeerObject[]; ports?: PortObject[] }[];
  egress?: { to?: PeerObject[]; ports?: PortObject[] }[];
}
export type AdminPeer =
  | { namespaces: Selector }
  | { pods: { namespaceSelector: Selector; podSelector: Selector } }
  | { networks: string[] };
type AdminPort =
  | { portNumber: { protocol: string; port: number } }
  | { portRange: { protocol: string; start: number; end: number } }
  | { namedPort: string };
export interface AdminRule {
  action: string;
  from?: AdminPeer[];
  to?: AdminPeer[];
  ports?: AdminPort[];
}
interface AdminObject {
  kind: string;
  priority: number;
  subject: AdminPeer;
  ingress: AdminRule[];
  egress: AdminRule[];
}
export interface PodObject {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  ports: { name: string; containerPort: number; protocol: string }[];
}

const KEYS = ['app', 'tier'];
const VALUES = ['a', 'b'];
export const NAMESPACES = ['x', 'y', 'z'];

const labels = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 2 });
const selector: fc.Arbitrary<Selector> = fc.record(
  {
    matchLabels: labels,
    matchExpressions: fc.array(
      fc.oneof(
        fc.record({
          key: fc.constantFrom(...KEYS),
          operator: fc.constantFrom('In', 'NotIn'),
          values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 }),
        }),
        fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const namespaceSelector: fc.Arbitrary<Selector> = fc.oneof(
  selector,
  fc.record({ matchLabels: fc.record({ 'kubernetes.io/metadata.name': fc.constantFrom(...NAMESPACES) }) }),
);
const CIDRS = ['0.0.0.0/0', '8.0.0.0/8', '8.8.8.0/24', '10.0.0.0/8', '10.1.0.0/16', '2000::/3', '1.0.0.0/8'];
const peer: fc.Arbitrary<PeerObject> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({
    ipBlock: fc.record(
      {
        cidr: fc.constantFrom(...CIDRS),
        except: fc.uniqueArray(fc.constantFrom(...CIDRS), { maxLength: 2 }),
      },
      { requiredKeys: ['cidr'] },
    ),
  }),
);
const protocol = fc.constantFrom('TCP', 'UDP');
const port: fc.Arbitrary<PortObject> = fc.oneof(
  fc.record({ port: fc.constantFrom<number | string>(80, 81, 'web', 'dns') }),
  fc.record({ protocol, port: fc.constantFrom<number | string>(80, 53, 'web', 'dns') }),
  fc.record({ protocol }),
  fc.record({ protocol, port: fc.constant(53), endPort: fc.constantFrom(60, 80, 90) }),
);
const lists = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 2 });
const networkPolicy: fc.Arbitrary<NetworkPolicyObject> = fc.record(
  {
    namespace: fc.constantFrom(...NAMESPACES),
    podSelector: selector,
    policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: lists(fc.record({ from: lists(peer), ports: lists(port) }, { requiredKeys: [] })),
    egress: lists(fc.record({ to: lists(peer), ports: lists(port) }, { requiredKeys: [] })),
  },
  { requiredKeys: ['namespace', 'podSelector'] },
);
const subject: fc.Arbitrary<AdminPeer> = fc.oneof(
  fc.record({ namespaces: namespaceSelector }),
  fc.record({ pods: fc.record({ namespaceSelector, podSelector: selector }) }),
);
const adminPeer = fc.oneof(
  subject,
  fc.record({ networks: fc.uniqueArray(fc.constantFrom(...CIDRS), { minLength: 1 }) }),
);
const adminPort: fc.Arbitrary<AdminPort> = fc.oneof(
  fc.record({ portNumber: fc.record({ protocol, port: fc.constantFrom(53, 80) }) }),
  fc.record({ portRange: fc.record({ protocol, start: fc.constant(50), end: fc.constantFrom(60, 85) }) }),
  fc.record({ namedPort: fc.constantFrom('web', 'dns') }),
);
const adminRules = (side: 'from' | 'to', actions: readonly string[]) =>
  lists<AdminRule>(
    fc.record(
      {
        action: fc.constantFrom(...actions),
        [side]: fc.array(side === 'to' ? adminPeer : subject, { minLength: 1, maxLength: 2 }),
        ports: fc.array(adminPort, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['action', side] },
    ) as fc.Arbitrary<AdminRule>,
  );
const adminPolicy = (kind: string, actions: readonly string[]): fc.Arbitrary<AdminObject> =>
  fc.record({
    kind: fc.constant(kind),
    priority: fc.constant(0),
    subject,
    ingress: adminRules('from', actions),
    egress: adminRules('to', actions),
  });
const pod: fc.Arbitrary<Omit<PodObject, 'name'>> = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  labels,
  ports: fc.uniqueArray(
    fc.constantFrom(
      { name: 'web', containerPort: 80, protocol: 'TCP' },
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'alt', containerPort: 81, protocol: 'TCP' },
    ),
    { selector: ({ name }) => name, maxLength: 2 },
  ),
});
export const cluster = fc.record({
  namespaces: fc.tuple(labels, labels, labels),
  pods: fc.array(pod, { minLength: 1, maxLength: 4 }),
  policies: fc.array(networkPolicy, { maxLength: 4 }),
  admin: fc.array(adminPolicy('AdminNetworkPolicy', ['Allow', 'Deny', 'Pass']), { maxLength: 2 }),
  baseline: fc.array(adminPolicy('BaselineAdminNetworkPolicy', ['Allow', 'Deny']), { maxLength: 1 }),
});

export type Cluster = typeof cluster extends fc.Arbitrary<infer T> ? T : never;

/** What stands in the manifests. */
export function objectsOf(
  { namespaces, policies, admin, baseline }: Cluster,
  pods: readonly PodObject[],
): unknown[] {
  return [
    ...NAMESPACES.map((name, index) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: namespaces[index] },
    })),
    ...pods.map(({ name, namespace, labels: on, ports }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: on },
      spec: { containers: [{ name: 'main', image: 'x', ports }] },
    })),
    ...policies.map(({ namespace, ...spec }, index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `policy-${index}`, namespace },
      spec,
    })),
    ...[...admin.map((policy, index) => ({ ...policy, priority: index })), ...baseline].map(
      ({ kind, ...spec }, index) => ({
        apiVersion: 'policy.networking.k8s.io/v1alpha1',
        kind,
        metadata: { name: `admin-${index}` },
        spec,
      }),
    ),
  ];
}
