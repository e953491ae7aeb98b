import { coverEverything } from '../../analysis/network/cidr.ts';
import { passes } from '../../analysis/network/decide.ts';
import type { PodNetworkFact } from '../../analysis/network/pod-network.ts';
import { namespaceLabelsOf, type Site, siteOf } from '../../analysis/network/points.ts';
import type { Peer } from '../../analysis/network/policy.ts';
import { type Derivation, type World, worldOf } from '../../analysis/world.ts';
import { isInPhiScope } from '../phi-scope.ts';
import type { RuleSettings } from '../settings.ts';

/** The workloads of one namespace that are outside PHI scope. */
interface Outsiders {
  readonly namespace: string | undefined;
  readonly namespaceLabels: ReadonlyMap<string, string>;
  readonly sites: readonly Site[];
}

/** What is computed once for all workloads in PHI scope, by the settings that say what is there. */
const DERIVATIONS = new WeakMap<RuleSettings, Derivation<readonly Outsiders[]>>();

/** The workloads outside PHI scope that a workload's policies may let in, by what they say of namespaces. */
export function outsidersNear(to: Site, world: World, settings: RuleSettings): Site[] {
  const isClosed = to.ingress.some(({ spec }) => spec.isolates.includes('ingress'));
  return outsidersIn(world, settings).flatMap((group) =>
    !isClosed || mayAdmit(to, group) ? group.sites : [],
  );
}

function outsidersIn(world: World, settings: RuleSettings): readonly Outsiders[] {
  let derivation = DERIVATIONS.get(settings);
  if (derivation === undefined) {
    // Apart from the policies, which change without changing who is outside.
    const outside: Derivation<readonly PodNetworkFact[]> = (facts) => workloadsOutside(facts, settings);
    derivation = (facts) => groupsOf(facts.derived(outside), facts);
    DERIVATIONS.set(settings, derivation);
  }
  return world.derived(derivation);
}

function workloadsOutside(world: World, settings: RuleSettings): readonly PodNetworkFact[] {
  // All of it is read at once: who reads what need not be noted again, item by item.
  const namespaces = worldOf(world.facts('namespace'), world.complete);
  return world
    .facts('pod-network')
    .filter(
      (fact) => !fact.hostNetwork && fact.kind !== 'PodTemplate' && !isInPhiScope(fact, namespaces, settings),
    );
}

function groupsOf(workloads: readonly PodNetworkFact[], world: World): readonly Outsiders[] {
  if (workloads.length === 0) return [];
  const plain = worldOf([...world.facts('namespace'), ...world.facts('network-policy')], world.complete);
  const byNamespace = new Map<string | undefined, Site[]>();
  for (const fact of workloads) {
    const sites = byNamespace.get(fact.namespace);
    if (sites === undefined) byNamespace.set(fact.namespace, [siteOf(fact, plain)]);
    else sites.push(siteOf(fact, plain));
  }
  return [...byNamespace].map(([namespace, sites]) => ({
    namespace,
    namespaceLabels: namespaceLabelsOf(namespace, plain),
    sites,
  }));
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
