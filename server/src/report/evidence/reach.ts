import { isSystemNamespace } from '../../analysis/mesh/meshes.ts';
import type { PodNetworkFact } from '../../analysis/network/pod-network.ts';
import {
  internetPassage,
  isGoverned,
  passageBetween,
  portsOf,
  type Site,
  siteOf,
} from '../../analysis/network/points.ts';
import { type World, worldOf } from '../../analysis/world.ts';
import { isInPhiScope } from '../../rules/phi-scope.ts';
import type { RuleSettings } from '../../rules/settings.ts';
import type { Reach, ReachEdge, ReachNode } from './model.ts';
import { type AllowedPeer, peersAllowed } from './reach-peers.ts';

/** More workloads with PHI are counted, and not looked at one by one: no picture could show them. */
const MOST_PHI_WORKLOADS = 40;
const MOST_CALLERS = 400;

const DNS_PORT = 53;

export interface ReachSource {
  readonly world: World;
  readonly settings: RuleSettings;
  /** The folder that deploys as a whole; undefined where everything deploys together. */
  readonly unit: string | undefined;
}

const INTERNET: ReachNode = { id: 'internet', label: 'the internet', type: 'internet' };
const ANYTHING: ReachNode = { id: 'anything', label: 'any pod of the cluster', type: 'anything' };
/** Policies do not reach pods that are their node. */
const NODE_NETWORK: ReachNode = {
  id: 'node-network',
  label: 'whoever reaches its node, since no policy holds for it (hostNetwork)',
  type: 'anything',
};

/** Who can reach the workloads that may hold PHI, and where these can send to, by the policies in view. */
export function reachOf(sources: readonly ReachSource[]): Reach {
  const graph = new Graph(nodesOf(sources));
  let leftOut = 0;
  for (const { world, settings } of sources) {
    // Who reads what need not be noted here.
    const plain = worldOf([...world.facts('namespace'), ...world.facts('network-policy')], world.complete);
    const facts = world
      .facts('pod-network')
      .filter(({ kind, namespace }) => kind !== 'PodTemplate' && !isSystemNamespace(namespace ?? ''));
    const isPhi = (fact: PodNetworkFact) => isInPhiScope(fact, plain, settings);
    const withPhi = facts.filter(isPhi);
    const drawn = withPhi.slice(0, MOST_PHI_WORKLOADS);
    leftOut += withPhi.length - drawn.length;
    const sites = facts.slice(0, MOST_CALLERS).map((fact) => siteOf(fact, plain));
    for (const fact of drawn) addWays(graph, siteOf(fact, plain), { sites, isPhi, world: plain });
  }
  return { nodes: graph.nodes, edges: graph.edges, leftOut };
}

function addWays(
  graph: Graph,
  to: Site,
  around: { sites: readonly Site[]; isPhi: (fact: PodNetworkFact) => boolean; world: World },
): void {
  const { sites, isPhi, world } = around;
  const node = graph.addWorkload(to.fact, true);
  if (to.fact.hostNetwork) {
    graph.connect(graph.add(NODE_NETWORK), node, []);
    graph.connect(node, graph.add(INTERNET), []);
    return;
  }
  if (isGoverned(to.ingress, 'ingress')) {
    for (const from of sites) {
      if (from.fact === to.fact || from.fact.hostNetwork) continue;
      const ports = portsOf(to, from).filter((port) => passageBetween(from, to, port) !== undefined);
      if (ports.length === 0) continue;
      graph.connect(graph.addWorkload(from.fact, isPhi(from.fact)), node, portNames(to, ports));
    }
    const way = internetPassage(to, 'ingress');
    if (way !== undefined) graph.connect(graph.add(INTERNET), node, [portName(way.port)]);
    for (const peer of peersAllowed(to, 'ingress', { sites, world, isDrawn: () => true }))
      graph.connect(graph.add(nodeOf(peer, 'other')), node, peer.ports);
  } else graph.connect(graph.add(ANYTHING), node, []);
  if (!isGoverned(to.egress, 'egress')) {
    graph.connect(node, graph.add(INTERNET), []);
    return;
  }
  const way = internetPassage(to, 'egress', ({ port }) => port !== DNS_PORT);
  if (way !== undefined) graph.connect(node, graph.add(INTERNET), [portName(way.port)]);
  const isDrawn = ({ fact }: Site) => isPhi(fact);
  for (const peer of peersAllowed(to, 'egress', { sites, world, isDrawn }))
    graph.connect(node, graph.add(nodeOf(peer, 'callee')), peer.ports);
}

/** Who is allowed and not in view. Whom workloads send to stands apart from their callers. */
function nodeOf({ type, label }: AllowedPeer, pods: 'other' | 'callee'): ReachNode {
  if (type === 'anything') return pods === 'other' ? ANYTHING : { id: 'everything', label, type: 'callee' };
  return { id: `${pods} ${label}`, label, type: type === 'addresses' ? 'internet' : pods };
}

/** Where a workload declares no ports, those that were tried stand for others. */
function portNames(to: Site, ports: readonly { protocol: string; port: number }[]): string[] {
  return to.fact.ports.length === 0 ? [] : [...new Set(ports.map(portName))];
}

function portName({ protocol, port }: { protocol: string; port: number }): string {
  return `${protocol} ${port}`;
}

function idOf({ kind, name, namespace }: PodNetworkFact): string {
  return `${namespace ?? ''}/${kind}/${name}`;
}

/** What workloads are called. Those of the same name that are deployed apart are told apart by who deploys them. */
function nodesOf(sources: readonly ReachSource[]): Map<PodNetworkFact, Omit<ReachNode, 'type'>> {
  const unitsOf = new Map<PodNetworkFact, Set<string>>();
  for (const { world, unit = '' } of sources) {
    for (const fact of world.facts('pod-network')) {
      const units = unitsOf.get(fact);
      if (units === undefined) unitsOf.set(fact, new Set([unit]));
      else units.add(unit);
    }
  }
  const placesOf = new Map<string, Set<string>>();
  const whereOf = ([...units]: Iterable<string>) => (units.length === 1 ? (units[0] ?? '') : '');
  for (const [fact, units] of unitsOf) {
    const id = idOf(fact);
    placesOf.set(id, (placesOf.get(id) ?? new Set()).add(whereOf(units)));
  }
  return new Map(
    [...unitsOf].map(([fact, units]) => {
      const id = idOf(fact);
      const name = fact.namespace === undefined ? fact.name : `${fact.namespace}/${fact.name}`;
      const where = whereOf(units);
      const isApart = where !== '' && (placesOf.get(id)?.size ?? 0) > 1;
      return [fact, isApart ? { id: `${id} ${where}`, label: `${name} (${where})` } : { id, label: name }];
    }),
  );
}

class Graph {
  readonly #workloads: ReadonlyMap<PodNetworkFact, Omit<ReachNode, 'type'>>;
  readonly #nodes = new Map<string, ReachNode>();
  readonly #edges = new Map<string, ReachEdge>();

  constructor(workloads: ReadonlyMap<PodNetworkFact, Omit<ReachNode, 'type'>>) {
    this.#workloads = workloads;
  }

  addWorkload(fact: PodNetworkFact, isPhi: boolean): string {
    const node = this.#workloads.get(fact) ?? { id: idOf(fact), label: fact.name };
    return this.add({ ...node, type: isPhi ? 'phi' : 'other' });
  }

  add(node: ReachNode): string {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, node);
    return node.id;
  }

  connect(from: string, to: string, ports: readonly string[]): void {
    const key = `${from}\n${to}`;
    const known = this.#edges.get(key)?.ports ?? ports;
    const isAny = known.length === 0 || ports.length === 0;
    this.#edges.set(key, { from, to, ports: isAny ? [] : [...new Set([...known, ...ports])].sort() });
  }

  get nodes(): ReachNode[] {
    return [...this.#nodes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get edges(): ReachEdge[] {
    return [...this.#edges.values()].sort((a, b) =>
      a.from === b.from ? (a.to < b.to ? -1 : 1) : a.from < b.from ? -1 : 1,
    );
  }
}
