import { coverEverything, parseCidr } from '../../analysis/network/cidr.ts';
import { decide, matchesPort, type Point, type Port, passes } from '../../analysis/network/decide.ts';
import type { Direction } from '../../analysis/network/network-policy.ts';
import type { ContainerPort } from '../../analysis/network/pod-network.ts';
import {
  distinctPorts,
  namespaceLabelsOf,
  passageBetween,
  portsOf,
  type Site,
} from '../../analysis/network/points.ts';
import type { LabelTest, Peer, PolicyRule } from '../../analysis/network/policy.ts';
import type { World } from '../../analysis/world.ts';
import { describeLabels, describePeer, describePort } from './policy-words.ts';

/** Whom a policy lets connect: every pod of the cluster, or somebody in words. */
export interface AllowedPeer {
  readonly type: 'anything' | 'pods' | 'addresses' | 'unknown';
  readonly label: string;
  /** In words; empty for any. */
  readonly ports: readonly string[];
}

const DNS_PORT = 53;

/** The label by which Kubernetes lets policies name a namespace. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/**
 * Those whom the policies about a workload let connect to it, or it to them, and who are not among the workloads in view. Each is tried by an example of its own, so
 * that a rule counts only where no other comes before it; whom manifests do not tell is believed to be somebody.
 *
 * @param isDrawn whether ways to a workload are told by its name
 */
export function peersAllowed(
  site: Site,
  direction: Direction,
  { sites, world, isDrawn }: { sites: readonly Site[]; world: World; isDrawn: (site: Site) => boolean },
): AllowedPeer[] {
  const says = site[direction];
  const ports = [
    ...(direction === 'ingress' ? site.fact.ports : []),
    ...distinctPorts(says.map((say) => [say, direction])),
  ].filter(({ port }) => direction === 'ingress' || port !== DNS_PORT);
  const verdict = (point: Point, port: Port) => decide(says, direction, site.point, point, port);
  const stranger = podPoint('any', new Map([[NAME_LABEL, 'any']]), new Map());
  const isOpen = ports.some((port) => {
    const { allowed, why } = verdict(stranger, port);
    return allowed && why === 'open';
  });
  const rules = says.flatMap((say) =>
    say.spec.rules[direction].filter(({ action }) => action === 'allow').map((rule) => ({ say, rule })),
  );
  const named = rules.flatMap(({ say, rule }) => {
    const namedPorts = namedPortsOf(rule);
    return (rule.peers ?? [undefined]).flatMap((peer): AllowedPeer[] => {
      const own = say.fact.namespace ?? site.fact.namespace;
      if (peer !== undefined && isTold(peer, own)) return [];
      const isAllowed = examplesOf(peer, own, world, namedPorts)?.some((point) => {
        const destination = direction === 'ingress' ? site.point : point;
        return ports.some(
          (port) =>
            (rule.ports?.some((match) => matchesPort(match, destination, port)) ?? true) &&
            verdict(point, port).allowed,
        );
      });
      if (isAllowed === false) return [];
      return [{ ...nameOfPeer(peer, own), ports: (rule.ports ?? []).map(describePort) }];
    });
  });
  return isOpen ? [{ ...ANYTHING, ports: [] }, ...named] : named;

  /** Pods of one namespace that are in view are told by the names of their workloads; those of the workload itself are not. */
  function isTold(peer: Peer, own: string | undefined): boolean {
    if (peer.type !== 'pods' || isEverything(peer.match.pods)) return false;
    const namespace = peer.match.namespaces === 'own' ? own : nameIn(peer.match.namespaces);
    if (namespace === undefined && peer.match.namespaces !== 'own') return false;
    const matched = sites.filter(
      ({ fact, point }) =>
        fact !== site.fact &&
        !point.hostNetwork &&
        point.namespace === namespace &&
        passes(peer.match.pods, point.labels),
    );
    return (
      matched.length > 0 &&
      matched.every(
        (other) =>
          isDrawn(other) ||
          !portsOf(other, site).some((port) => passageBetween(site, other, port) !== undefined),
      )
    );
  }
}

const ANYTHING = { type: 'anything', label: 'any pod of the cluster' } as const;

/** Undefined stands for everybody. */
function nameOfPeer(peer: Peer | undefined, own: string | undefined): Omit<AllowedPeer, 'ports'> {
  if (peer === undefined || (peer.type === 'addresses' && isEveryAddress(peer))) return ANYTHING;
  if (peer.type !== 'pods') return { type: peer.type, label: describePeer(peer) };
  const { namespaces, pods } = peer.match;
  if (namespaces !== 'own' && isEverything(namespaces) && isEverything(pods) && peer.not === undefined)
    return ANYTHING;
  const where =
    namespaces === 'own'
      ? (own ?? 'its namespace')
      : (nameIn(namespaces) ?? describeLabels(namespaces, 'namespaces'));
  const but = peer.not === undefined ? '' : `, but no ${describeLabels(peer.not, 'pods')}`;
  return { type: 'pods', label: `${describeLabels(pods, 'pods')} in ${where}${but}` };
}

/** Points that stand for a peer; undefined where none can be made up. */
function examplesOf(
  peer: Peer | undefined,
  own: string | undefined,
  world: World,
  ports: readonly ContainerPort[],
): Point[] | undefined {
  if (peer === undefined || (peer.type === 'addresses' && isEveryAddress(peer)))
    return peer === undefined || peer.withPods ? [podPoint('any', new Map(), new Map(), ports)] : [];
  if (peer.type === 'unknown') return undefined;
  if (peer.type === 'addresses') {
    const edges = (cidrs: readonly string[], by: bigint) =>
      cidrs
        .flatMap((cidr) => parseCidr(cidr) ?? [])
        .flatMap(({ family, first, last }) =>
          [first - by, last + by].map((at) => ({ family, first: at, last: at })),
        );
    return [...edges(peer.cidrs, 0n), ...edges(peer.except, 1n)].map((address) => ({
      type: 'address',
      address,
    }));
  }
  const { namespaces, pods } = peer.match;
  const labels = labelsBy(pods);
  const wanted = namespaces === 'own' ? new Map<string, string>() : labelsBy(namespaces);
  if (labels === undefined || wanted === undefined || peer.not !== undefined) return undefined;
  const name = (namespaces === 'own' ? own : wanted.get(NAME_LABEL)) ?? 'any';
  return [podPoint(name, new Map([...namespaceLabelsOf(name, world), ...wanted]), labels, ports)];
}

function podPoint(
  namespace: string,
  namespaceLabels: ReadonlyMap<string, string>,
  labels: ReadonlyMap<string, string>,
  ports: readonly ContainerPort[] = [],
): Point {
  return { type: 'pod', namespace, namespaceLabels, labels, ports, hostNetwork: false };
}

/** Labels that a selector selects. */
function labelsBy(test: LabelTest): Map<string, string> | undefined {
  if ('op' in test) return undefined;
  const wanted = test.matchExpressions.filter(({ operator }) => operator === 'In' || operator === 'Exists');
  return new Map([
    ...wanted.map(({ key, values }) => [key, values[0] ?? 'any'] as const),
    ...test.matchLabels,
  ]);
}

/** Ports that rules know by name, as whoever is connected to might have them. */
function namedPortsOf({ ports = [] }: PolicyRule): ContainerPort[] {
  return ports.flatMap(({ protocol = 'TCP', port }) =>
    typeof port === 'string' ? [{ name: port, protocol, port: 1 }] : [],
  );
}

function isEverything(test: LabelTest): boolean {
  return !('op' in test) && test.matchLabels.size === 0 && test.matchExpressions.length === 0;
}

function isEveryAddress({ cidrs, except }: Extract<Peer, { type: 'addresses' }>): boolean {
  return except.length === 0 && coverEverything(cidrs);
}

function nameIn(test: LabelTest): string | undefined {
  return 'op' in test ? undefined : test.matchLabels.get(NAME_LABEL);
}
