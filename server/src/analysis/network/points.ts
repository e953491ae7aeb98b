import type { World } from '../world.ts';
import { type AddressRange, isPrivateRange, parseCidr } from './cidr.ts';
import {
  bySay,
  type Decision,
  decide,
  isSubject,
  type PodPoint,
  type Point,
  type Port,
  type Say,
} from './decide.ts';
import type { Direction } from './network-policy.ts';
import type { PodNetworkFact } from './pod-network.ts';
import type { NetworkPolicyFact } from './policy.ts';

/** A workload's pods as one end of a connection, in a world. */
export function pointOf(fact: PodNetworkFact, world: World): PodPoint {
  const { namespace, podLabels, ports, hostNetwork } = fact;
  const serviceAccount = fact.serviceAccount ?? 'default';
  return {
    type: 'pod',
    namespace,
    namespaceLabels: namespaceLabelsOf(namespace, world),
    labels: new Map([
      ...podLabels,
      ['projectcalico.org/namespace', namespace ?? ''],
      ['projectcalico.org/orchestrator', 'k8s'],
      ['projectcalico.org/serviceaccount', serviceAccount],
      ['io.cilium.k8s.policy.serviceaccount', serviceAccount],
    ]),
    ports,
    hostNetwork,
  };
}

export function namespaceLabelsOf(namespace: string | undefined, world: World): ReadonlyMap<string, string> {
  if (namespace === undefined) return new Map();
  const written = world.matching('namespace', 'name', namespace)[0]?.labels ?? [];
  return new Map([
    ...written,
    ['kubernetes.io/metadata.name', namespace],
    ['projectcalico.org/name', namespace],
  ]);
}

/** The policies that have a say about a pod in a direction, in the order in which they are asked. */
function saysAbout(pod: PodPoint, direction: Direction, world: World): Say[] {
  return policiesNear(pod.namespace, world)
    .flatMap((fact) => fact.specs.map((spec) => ({ fact, spec })))
    .filter(
      (say) =>
        (say.spec.isolates.includes(direction) || say.spec.rules[direction].length > 0) &&
        isSubject(say, pod),
    )
    .sort(bySay);
}

/** Those of the namespace and those of none, which are about the whole cluster or may be meant for it. */
function policiesNear(namespace: string | undefined, world: World): readonly NetworkPolicyFact[] {
  if (namespace === undefined) return world.facts('network-policy');
  return [
    ...world.matching('network-policy', 'namespace', namespace),
    ...world.matching('network-policy', 'namespace', undefined),
  ];
}

/** Whether some policy closes a pod in a direction but for what is allowed, or the cluster's administrators decide. */
export function isGoverned(says: readonly Say[], direction: Direction): boolean {
  return says.some(
    ({ spec }) =>
      spec.isolates.includes(direction) || spec.rules[direction].some(({ action }) => action === 'deny'),
  );
}

/** A workload with what is asked about it again and again. */
export interface Site {
  readonly fact: PodNetworkFact;
  readonly point: PodPoint;
  readonly ingress: readonly Say[];
  readonly egress: readonly Say[];
}

export function siteOf(fact: PodNetworkFact, world: World): Site {
  const point = pointOf(fact, world);
  return {
    fact,
    point,
    ingress: saysAbout(point, 'ingress', world),
    egress: saysAbout(point, 'egress', world),
  };
}

/** That a connection is allowed, and by which policies; `by` is empty where no policy has a say. */
export interface Passage {
  readonly port: Port;
  readonly egress: Decision | undefined;
  readonly ingress: Decision | undefined;
}

/** How a workload may connect to another, on a port. Undefined when it may not. */
export function passageBetween(from: Site, to: Site, port: Port): Passage | undefined {
  const egress = from.point.hostNetwork
    ? undefined
    : decide(from.egress, 'egress', from.point, to.point, port);
  if (egress?.allowed === false) return undefined;
  const ingress = to.point.hostNetwork
    ? undefined
    : decide(to.ingress, 'ingress', to.point, from.point, port);
  return ingress?.allowed === false ? undefined : { port, egress, ingress };
}

/** The ports on which a workload may be reached, as it declares them; where it declares none, ports that stand for all that policies tell apart. */
export function portsOf(to: Site, from: Site): Port[] {
  if (to.fact.ports.length > 0) return to.fact.ports.map(({ protocol, port }) => ({ protocol, port }));
  return distinctPorts([
    ...to.ingress.map((say) => [say, 'ingress'] as const),
    ...from.egress.map((say) => [say, 'egress'] as const),
  ]);
}

/** One port of every range that the rules treat alike. */
export function distinctPorts(says: readonly (readonly [Say, Direction])[]): Port[] {
  const starts = new Map<string, Set<number>>(['TCP', 'UDP'].map((protocol) => [protocol, new Set([1])]));
  for (const [{ spec }, direction] of says) {
    for (const { protocol, port } of spec.rules[direction].flatMap(({ ports }) => ports ?? [])) {
      if (typeof port !== 'object') continue;
      for (const name of protocol === undefined ? ['TCP', 'UDP'] : [protocol]) {
        const set = starts.get(name) ?? new Set([1]);
        set.add(port.first).add(port.last + 1);
        starts.set(name, set);
      }
    }
  }
  return [...starts].flatMap(([protocol, ports]) =>
    [...ports]
      .filter((port) => port > 0 && port <= 65_535)
      .sort((a, b) => a - b)
      .map((port) => ({ protocol, port })),
  );
}

/**
 * An address that policies let a workload connect to (or be reached from) and that is on the internet, with the decision; undefined when there is none.
 *
 * @param isMeant which ports count
 */
export function internetPassage(
  site: Site,
  direction: Direction,
  isMeant: (port: Port) => boolean = () => true,
): { decision: Decision; port: Port } | undefined {
  const says = site[direction];
  const ports =
    direction === 'ingress'
      ? portsOf(site, { ...site, egress: [] })
      : distinctPorts(says.map((say) => [say, direction]));
  for (const address of distinctAddresses(says, direction)) {
    const point: Point = { type: 'address', address };
    for (const port of ports.filter(isMeant)) {
      const decision = decide(says, direction, site.point, point, port);
      if (decision.allowed) return { decision, port };
    }
  }
  return undefined;
}

/** One public address of every range that the rules treat alike. */
function distinctAddresses(says: readonly Say[], direction: Direction): AddressRange[] {
  const cidrs = says.flatMap(({ spec }) =>
    spec.rules[direction].flatMap(({ peers }) =>
      (peers ?? []).flatMap((peer) => (peer.type === 'addresses' ? [...peer.cidrs, ...peer.except] : [])),
    ),
  );
  const ranges = ['8.8.8.8/32', '2001:4860:4860::8888/128', ...cidrs].flatMap(
    (cidr) => parseCidr(cidr) ?? [],
  );
  const starts = ranges.flatMap(({ family, first, last }) => [
    { family, first, last: first },
    { family, first: last + 1n, last: last + 1n },
  ]);
  // A range may start in a private network and go on beyond it.
  const gaps = PUBLIC_STARTS.filter((start) =>
    ranges.some(
      (range) => range.first <= start.first && start.first <= range.last && range.family === start.family,
    ),
  );
  return [...starts, ...gaps].filter(
    (address) => address.first < 1n << (address.family === 4 ? 32n : 128n) && !isPrivateRange(address),
  );
}

/** The first addresses behind each private network. */
const PUBLIC_STARTS: readonly AddressRange[] = [
  '1.0.0.0/32',
  '11.0.0.0/32',
  '100.128.0.0/32',
  '128.0.0.0/32',
  '169.255.0.0/32',
  '172.32.0.0/32',
  '192.0.3.0/32',
  '192.169.0.0/32',
  '198.51.101.0/32',
  '203.0.114.0/32',
  '2000::/128',
].flatMap((cidr) => parseCidr(cidr) ?? []);
