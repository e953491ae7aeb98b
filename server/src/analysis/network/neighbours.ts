import type { World } from '../world.ts';
import type { Direction } from './network-policy.ts';
import type { PodNetworkFact } from './pod-network.ts';
import {
  internetPassage,
  isGoverned,
  type Passage,
  passageBetween,
  portsOf,
  type Site,
  siteOf,
} from './points.ts';

/** A workload at the other end of a connection that policies allow, with the ports and why. */
export interface Neighbour {
  readonly workload: PodNetworkFact;
  readonly passages: readonly Passage[];
}

/** Whom a workload's policies let in, or out to. */
export interface Neighbours {
  /** Whether any policy limits the direction; when not, `workloads` are those whose own policies allow it. */
  readonly isLimited: boolean;
  readonly workloads: readonly Neighbour[];
  /** Whether some address of the internet is among them. */
  readonly internet: boolean;
}

/** The allowed callers (`ingress`) or callees (`egress`) of a workload among those that are known. */
export function neighboursOf(fact: PodNetworkFact, direction: Direction, world: World): Neighbours {
  const site = siteOf(fact, world);
  const workloads = world
    .facts('pod-network')
    .filter((other) => !isSame(other, fact) && other.kind !== 'PodTemplate')
    .flatMap((other) => {
      const passages = passagesBetween(site, siteOf(other, world), direction);
      return passages.length === 0 ? [] : [{ workload: other, passages }];
    });
  return {
    isLimited: isGoverned(site[direction], direction),
    workloads,
    internet: fact.hostNetwork || internetPassage(site, direction) !== undefined,
  };
}

function passagesBetween(site: Site, other: Site, direction: Direction): Passage[] {
  const [from, to] = direction === 'ingress' ? [other, site] : [site, other];
  return portsOf(to, from).flatMap((port) => passageBetween(from, to, port) ?? []);
}

function isSame(a: PodNetworkFact, b: PodNetworkFact): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}
