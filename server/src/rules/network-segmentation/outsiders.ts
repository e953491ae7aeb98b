import { coverEverything } from '../../analysis/network/cidr.ts';
import { passes } from '../../analysis/network/decide.ts';
import type { PodNetworkFact } from '../../analysis/network/pod-network.ts';
import { namespaceLabelsOf, type Site, siteOf } from '../../analysis/network/points.ts';
import type { Peer } from '../../analysis/network/policy.ts';
import { type World, worldOf } from '../../analysis/world.ts';
import { isInPhiScope } from '../phi-scope.ts';
import type { RuleSettings } from '../settings.ts';

/** The workloads of one namespace that are outside PHI scope. */
interface Outsiders {
  readonly namespace: string | undefined;
  readonly namespaceLabels: ReadonlyMap<string, string>;
  readonly sites: readonly Site[];
}

interface Known {
  readonly from: readonly unknown[];
  readonly groups: readonly Outsiders[];
}

/** By the list of workloads, which stays the same as long as they do. Every workload in PHI scope asks for the same. */
const KNOWN = new WeakMap<readonly PodNetworkFact[], Known>();

/** The workloads outside PHI scope that a workload's policies may let in, by what they say of namespaces. */
export function outsidersNear(to: Site, world: World, settings: RuleSettings): Site[] {
  const isClosed = to.ingress.some(({ spec }) => spec.isolates.includes('ingress'));
  return outsidersIn(world, settings).flatMap((group) =>
    !isClosed || mayAdmit(to, group) ? group.sites : [],
  );
}

function outsidersIn(world: World, settings: RuleSettings): readonly Outsiders[] {
  const workloads = world.facts('pod-network');
  const others = [...([world.facts('namespace'), world.facts('network-policy')] as const)];
  const from = [...others, settings];
  const known = KNOWN.get(workloads);
  if (known !== undefined && known.from.every((list, index) => list === from[index])) return known.groups;
  // All of it is read already: who reads what need not be noted again, item by item.
  const plain = worldOf(others.flat(), world.complete);
  const byNamespace = new Map<string | undefined, Site[]>();
  for (const fact of workloads) {
    if (fact.hostNetwork || fact.kind === 'PodTemplate' || isInPhiScope(fact, plain, settings)) continue;
    const sites = byNamespace.get(fact.namespace);
    if (sites === undefined) byNamespace.set(fact.namespace, [siteOf(fact, plain)]);
    else sites.push(siteOf(fact, plain));
  }
  const groups = [...byNamespace].map(([namespace, sites]) => ({
    namespace,
    namespaceLabels: namespaceLabelsOf(namespace, plain),
    sites,
  }));
  KNOWN.set(workloads, { from, groups });
  return groups;
}

function mayAdmit(to: Site, group: Outsiders): boolean {
  return to.ingress.some(({ spec, fact }) =>
    spec.rules.ingress.some(
      ({ action, peers }) =>
        action !== 'deny' &&
        (peers === undefined ||
          peers.some((peer) => mayBeThere(peer, to.point.namespace, fact.namespace, group))),
    ),
  );
}

function mayBeThere(
  peer: Peer,
  own: string | undefined,
  ofPolicy: string | undefined,
  { namespace, namespaceLabels }: Outsiders,
): boolean {
  if (peer.type === 'unknown') return false;
  if (peer.type === 'addresses') return peer.withPods && coverEverything(peer.cidrs);
  const { namespaces } = peer.match;
  return namespaces === 'own'
    ? namespace === own || namespace === ofPolicy
    : passes(namespaces, namespaceLabels);
}
