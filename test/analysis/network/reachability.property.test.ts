import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../server/src/analysis/network/cidr.ts';
import { decide } from '../../../server/src/analysis/network/decide.ts';
import {
  distinctPorts,
  internetPassage,
  passageBetween,
} from '../../../server/src/analysis/network/points.ts';
import { siteNamed, worldOfObjects } from './world-of.ts';

/*
 * The model against an evaluator that knows nothing of it: it reads the objects as the API server has them, and goes through every pair, port and address.
 */

interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}
interface PeerObject {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: string[] };
}
interface PortObject {
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
type AdminPeer =
  | { namespaces: Selector }
  | { pods: { namespaceSelector: Selector; podSelector: Selector } }
  | { networks: string[] };
type AdminPort =
  | { portNumber: { protocol: string; port: number } }
  | { portRange: { protocol: string; start: number; end: number } }
  | { namedPort: string };
interface AdminRule {
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
interface PodObject {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  ports: { name: string; containerPort: number; protocol: string }[];
}

const KEYS = ['app', 'tier'];
const VALUES = ['a', 'b'];
const NAMESPACES = ['x', 'y', 'z'];

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
const cluster = fc.record({
  namespaces: fc.tuple(labels, labels, labels),
  pods: fc.array(pod, { minLength: 1, maxLength: 4 }),
  policies: fc.array(networkPolicy, { maxLength: 4 }),
  admin: fc.array(adminPolicy('AdminNetworkPolicy', ['Allow', 'Deny', 'Pass']), { maxLength: 2 }),
  baseline: fc.array(adminPolicy('BaselineAdminNetworkPolicy', ['Allow', 'Deny']), { maxLength: 1 }),
});

function selected(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  on: Record<string, string>,
): boolean {
  const equal = Object.keys(matchLabels).every((key) => on[key] === matchLabels[key]);
  return (
    equal &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const has = Object.hasOwn(on, key);
      if (operator === 'Exists') return has;
      if (operator === 'DoesNotExist') return !has;
      const listed = has && values.includes(on[key] ?? '');
      return operator === 'In' ? listed : !listed;
    })
  );
}

type End = PodObject | { address: string };

class BruteForce {
  readonly #cluster: typeof cluster extends fc.Arbitrary<infer T> ? T : never;
  readonly #namespaces: Record<string, Record<string, string>>;

  constructor(value: typeof cluster extends fc.Arbitrary<infer T> ? T : never) {
    this.#cluster = value;
    this.#namespaces = Object.fromEntries(
      NAMESPACES.map((name, index) => [
        name,
        { ...value.namespaces[index], 'kubernetes.io/metadata.name': name },
      ]),
    );
  }

  mayPass(
    direction: 'ingress' | 'egress',
    own: PodObject,
    other: End,
    protocolName: string,
    number: number,
  ): boolean {
    const destination = direction === 'ingress' ? own : other;
    const { admin, baseline, policies } = this.#cluster;
    for (const { subject: about, [direction]: rules } of admin) {
      if (!this.#isAdminPeer(about, own)) continue;
      const hit = rules.find((rule) => this.#adminRule(rule, other, destination, protocolName, number));
      if (hit?.action === 'Allow') return true;
      if (hit?.action === 'Deny') return false;
      if (hit?.action === 'Pass') break;
    }
    const mine = policies.filter((policy) => {
      const types = policy.policyTypes ?? [
        'Ingress',
        ...((policy.egress ?? []).length > 0 ? ['Egress'] : []),
      ];
      const wanted = direction === 'ingress' ? 'Ingress' : 'Egress';
      return (
        policy.namespace === own.namespace &&
        selected(policy.podSelector, own.labels) &&
        types.includes(wanted)
      );
    });
    if (mine.length > 0) {
      return mine.some((policy) =>
        (policy[direction] ?? []).some((rule) => {
          const peers = ('from' in rule ? rule.from : 'to' in rule ? rule.to : []) ?? [];
          const portsOk =
            (rule.ports ?? []).length === 0 ||
            (rule.ports ?? []).some((item) => this.#port(item, destination, protocolName, number));
          return (
            portsOk && (peers.length === 0 || peers.some((item) => this.#peer(item, policy.namespace, other)))
          );
        }),
      );
    }
    for (const { subject: about, [direction]: rules } of baseline) {
      if (!this.#isAdminPeer(about, own)) continue;
      const hit = rules.find((rule) => this.#adminRule(rule, other, destination, protocolName, number));
      if (hit !== undefined) return hit.action === 'Allow';
    }
    return true;
  }

  #port(
    { protocol: name = 'TCP', port: wanted, endPort }: PortObject,
    to: End,
    protocolName: string,
    number: number,
  ) {
    if (name !== protocolName) return false;
    if (wanted === undefined) return true;
    if (typeof wanted === 'string') return isNamed(to, wanted, protocolName, number);
    return number >= wanted && number <= (endPort ?? wanted);
  }

  #peer(
    { podSelector, namespaceSelector: inNamespaces, ipBlock }: PeerObject,
    home: string,
    other: End,
  ): boolean {
    if (ipBlock !== undefined) return inBlock(ipBlock.cidr, ipBlock.except ?? [], other);
    if ('address' in other) return false;
    const there =
      inNamespaces === undefined
        ? other.namespace === home
        : selected(inNamespaces, this.#namespaces[other.namespace] ?? {});
    return there && selected(podSelector ?? {}, other.labels);
  }

  #isAdminPeer(item: AdminPeer, other: End): boolean {
    if ('networks' in item) return item.networks.some((cidr) => inBlock(cidr, [], other));
    if ('address' in other) return false;
    const on = this.#namespaces[other.namespace] ?? {};
    if ('namespaces' in item) return selected(item.namespaces, on);
    return selected(item.pods.namespaceSelector, on) && selected(item.pods.podSelector, other.labels);
  }

  #adminRule(rule: AdminRule, other: End, to: End, protocolName: string, number: number): boolean {
    const portsOk =
      rule.ports === undefined ||
      rule.ports.some((item) => {
        if ('namedPort' in item) return isNamed(to, item.namedPort, protocolName, number);
        if ('portNumber' in item)
          return item.portNumber.protocol === protocolName && item.portNumber.port === number;
        const { protocol: name, start, end } = item.portRange;
        return name === protocolName && start <= number && number <= end;
      });
    return portsOk && (rule.from ?? rule.to ?? []).some((item) => this.#isAdminPeer(item, other));
  }
}

function isNamed(to: End, name: string, protocolName: string, number: number): boolean {
  if ('address' in to) return false;
  return to.ports.some(
    (item) => item.name === name && item.protocol === protocolName && item.containerPort === number,
  );
}

/** Bit by bit, on the text of the address; a block that leaves out nothing holds pods, too. */
function inBlock(cidr: string, except: readonly string[], other: End): boolean {
  if (!('address' in other)) return cidr === '0.0.0.0/0' && except.length === 0;
  const inside = (block: string) => {
    const [base = '', length = ''] = block.split('/');
    if (base.includes(':') !== other.address.includes(':')) return false;
    return bits(base).slice(0, Number(length)) === bits(other.address).slice(0, Number(length));
  };
  return inside(cidr) && !except.some(inside);
}

function bits(address: string): string {
  if (!address.includes(':')) {
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  }
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter((part) => part !== '');
  const right = tail.split(':').filter((part) => part !== '');
  const middle = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right]
    .map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0'))
    .join('');
}

const ADDRESSES = ['8.8.8.8', '8.1.2.3', '1.2.3.4', '9.9.9.9', '10.1.2.3', '10.2.0.1', '2606:4700::1111'];
const PORTS = [1, 50, 52, 53, 54, 60, 61, 79, 80, 81, 85, 86, 90, 91, 65_535];

type Cluster = typeof cluster extends fc.Arbitrary<infer T> ? T : never;

function objectsOf(
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

describe('reachability', () => {
  it('is what a brute-force evaluator says, pod by pod, port by port, address by address', () => {
    fc.assert(
      fc.property(cluster, (value) => {
        const pods = value.pods.map((item, index) => ({ ...item, name: `pod-${index}` }));
        const world = worldOfObjects(objectsOf(value, pods));
        const oracle = new BruteForce(value);
        const sites = pods.map(({ namespace, name }) => siteNamed(world, `${namespace}/${name}`));
        for (const protocolName of ['TCP', 'UDP']) {
          for (const number of PORTS) {
            const at = { protocol: protocolName, port: number };
            for (const [i, from] of pods.entries()) {
              const site = sites[i];
              if (site === undefined) continue;
              for (const [j, to] of pods.entries()) {
                const target = sites[j];
                if (target === undefined) continue;
                const expected =
                  oracle.mayPass('egress', from, to, protocolName, number) &&
                  oracle.mayPass('ingress', to, from, protocolName, number);
                expect(passageBetween(site, target, at) !== undefined).toBe(expected);
              }
              for (const address of ADDRESSES) {
                const range = parseCidr(`${address}/${address.includes(':') ? 128 : 32}`);
                if (range === undefined) continue;
                for (const direction of ['ingress', 'egress'] as const) {
                  const decision = decide(
                    site[direction],
                    direction,
                    site.point,
                    { type: 'address', address: range },
                    at,
                  );
                  expect(decision.allowed).toBe(
                    oracle.mayPass(direction, from, { address }, protocolName, number),
                  );
                }
              }
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('finds a way to the internet whenever there is one', () => {
    fc.assert(
      fc.property(cluster, (value) => {
        const pods = value.pods.map((item, index) => ({ ...item, name: `pod-${index}` }));
        const world = worldOfObjects(objectsOf(value, pods));
        const oracle = new BruteForce(value);
        const publicAddresses = ADDRESSES.filter((address) => !address.startsWith('10.'));
        for (const from of pods) {
          const site = siteNamed(world, `${from.namespace}/${from.name}`);
          const expected = publicAddresses.some((address) =>
            PORTS.some((number) =>
              ['TCP', 'UDP'].some((name) => oracle.mayPass('egress', from, { address }, name, number)),
            ),
          );
          expect(internetPassage(site, 'egress') !== undefined).toBe(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has a port of every range that rules tell apart', () => {
    fc.assert(
      fc.property(cluster, (value) => {
        const pods = value.pods.map((item, index) => ({ ...item, name: `pod-${index}` }));
        const world = worldOfObjects(objectsOf(value, pods));
        for (const { namespace, name } of pods) {
          const says = siteNamed(world, `${namespace}/${name}`).egress.map((say) => [say, 'egress'] as const);
          const known = new Set(distinctPorts(says).map(({ protocol: p, port: n }) => `${p} ${n}`));
          expect(known.has('TCP 1')).toBe(true);
          for (const [{ spec }] of says) {
            for (const { protocol: p, port: range } of spec.rules.egress.flatMap(
              ({ ports }) => ports ?? [],
            )) {
              if (typeof range === 'object') expect(known.has(`${p ?? 'TCP'} ${range.first}`)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
