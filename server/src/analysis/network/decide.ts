import { selects } from '../../kubernetes/selectors.ts';
import { satisfies } from './calico-selectors.ts';
import { type AddressRange, coverEverything, holds, parseCidr } from './cidr.ts';
import type { Direction } from './network-policy.ts';
import type { ContainerPort } from './pod-network.ts';
import type { LabelTest, NetworkPolicyFact, Peer, PolicyRule, PolicySpec, PortMatch } from './policy.ts';

/** A pod as one end of a connection. */
export interface PodPoint {
  readonly type: 'pod';
  readonly namespace: string | undefined;
  /** With the labels that Kubernetes and Calico give every namespace. */
  readonly namespaceLabels: ReadonlyMap<string, string>;
  /** With the labels that network plug-ins give every pod. */
  readonly labels: ReadonlyMap<string, string>;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
}

/** An address outside of the cluster. */
export interface AddressPoint {
  readonly type: 'address';
  readonly address: AddressRange;
}

export type Point = PodPoint | AddressPoint;

/** What is connected to: `TCP`, `UDP` or `SCTP`, and the port. */
export interface Port {
  readonly protocol: string;
  readonly port: number;
}

/** A policy that has a say about a pod in a direction. */
export interface Say {
  readonly fact: NetworkPolicyFact;
  readonly spec: PolicySpec;
}

/** What the policies of one end say of a connection. */
export interface Decision {
  readonly allowed: boolean;
  /**
   * `open`: no policy has a say. `rule`: a rule of the policy named allows or denies it. `closed`: the policies named close the pod, and no rule allows it.
   */
  readonly why: 'open' | 'rule' | 'closed';
  readonly by: readonly NetworkPolicyFact[];
}

const OPEN: Decision = { allowed: true, why: 'open', by: [] };

const TIERS: readonly PolicySpec['precedence']['tier'][] = ['admin', 'named', 'default', 'baseline'];

/** In the order in which they are asked. */
export function bySay(a: Say, b: Say): number {
  const [one, other] = [a.spec.precedence, b.spec.precedence];
  return (
    TIERS.indexOf(one.tier) - TIERS.indexOf(other.tier) ||
    compare(one.tierName, other.tierName) ||
    compare(one.order, other.order) ||
    compare(a.fact.name, b.fact.name)
  );
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a policy is about a pod. One that names no namespace may be meant for any, and a pod that names none may be in that of the policy. */
export function isSubject({ fact, spec }: Say, pod: PodPoint): boolean {
  if (pod.hostNetwork) return false;
  const { namespaces, pods } = spec.subject;
  const isThere =
    namespaces === 'own'
      ? fact.namespace === undefined || pod.namespace === undefined || fact.namespace === pod.namespace
      : passes(namespaces, pod.namespaceLabels);
  return isThere && passes(pods, pod.labels);
}

export function passes(test: LabelTest, labels: ReadonlyMap<string, string>): boolean {
  return 'op' in test ? satisfies(test, labels) : selects(test, labels);
}

/**
 * Whether a connection may pass one end of it. What manifests do not tell (names of the internet, groups of a cloud) allows nothing and denies everything, so that
 * what is said to be allowed is.
 *
 * @param says the policies about `subject` in this direction, in the order of `bySay`
 */
export function decide(
  says: readonly Say[],
  direction: Direction,
  subject: PodPoint,
  other: Point,
  port: Port,
): Decision {
  const destination = direction === 'ingress' ? subject : other;
  for (const tier of tiersOf(says)) {
    const { precedence } = tier[0].spec;
    const matched = firstMatch(tier, direction, (say, rule) =>
      matches(say, rule, subject, other, destination, port),
    );
    if (matched !== undefined && matched.action !== 'pass') {
      return { allowed: matched.action === 'allow', why: 'rule', by: [matched.fact] };
    }
    if (matched !== undefined || precedence.tier === 'admin' || precedence.tier === 'baseline') continue;
    const closing = tier.filter(({ spec }) => spec.isolates.includes(direction));
    if (closing.length > 0) return { allowed: false, why: 'closed', by: factsOf(closing) };
  }
  return OPEN;
}

function factsOf(says: readonly Say[]): NetworkPolicyFact[] {
  return [...new Set(says.map(({ fact }) => fact))];
}

/** Policies of one tier together, in order. */
function tiersOf(says: readonly Say[]): [Say, ...Say[]][] {
  const tiers: [Say, ...Say[]][] = [];
  for (const say of says) {
    const last = tiers.at(-1);
    const before = last?.[0].spec.precedence;
    const { tier, tierName } = say.spec.precedence;
    if (last !== undefined && before?.tier === tier && before.tierName === tierName) last.push(say);
    else tiers.push([say]);
  }
  return tiers;
}

function firstMatch(
  says: readonly Say[],
  direction: Direction,
  isMatch: (say: Say, rule: PolicyRule) => boolean,
): { action: PolicyRule['action']; fact: NetworkPolicyFact } | undefined {
  for (const say of says) {
    const rule = say.spec.rules[direction].find((candidate) => isMatch(say, candidate));
    if (rule !== undefined) return { action: rule.action, fact: say.fact };
  }
  return undefined;
}

function matches(
  { fact }: Say,
  { action, peers, ports }: PolicyRule,
  subject: PodPoint,
  other: Point,
  destination: Point,
  port: Port,
): boolean {
  if (ports !== undefined && !ports.some((match) => matchesPort(match, destination, port))) return false;
  if (peers === undefined) return true;
  return peers.some((peer) =>
    peer.type === 'unknown' ? action === 'deny' : matchesPeer(peer, fact, subject, other),
  );
}

export function matchesPort({ protocol, port }: PortMatch, destination: Point, wanted: Port): boolean {
  if (protocol !== undefined && protocol !== wanted.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'object') return port.first <= wanted.port && wanted.port <= port.last;
  return (
    destination.type === 'pod' &&
    destination.ports.some(
      (named) => named.name === port && named.port === wanted.port && named.protocol === wanted.protocol,
    )
  );
}

function matchesPeer(
  peer: Exclude<Peer, { type: 'unknown' }>,
  fact: NetworkPolicyFact,
  subject: PodPoint,
  other: Point,
): boolean {
  if (peer.type === 'addresses') return matchesAddress(peer, other);
  if (other.type !== 'pod' || other.hostNetwork) return false;
  const { namespaces, pods } = peer.match;
  const isThere =
    namespaces === 'own'
      ? other.namespace === subject.namespace || other.namespace === fact.namespace
      : passes(namespaces, other.namespaceLabels);
  return isThere && passes(pods, other.labels) && (peer.not === undefined || !passes(peer.not, other.labels));
}

type Addresses = Extract<Peer, { type: 'addresses' }>;

interface Ranges {
  readonly listed: readonly AddressRange[];
  readonly except: readonly AddressRange[];
  readonly isEverything: boolean;
}

/** A peer is asked about many addresses and read once. */
const RANGES = new WeakMap<Addresses, Ranges>();

function rangesOf(peer: Addresses): Ranges {
  const known = RANGES.get(peer);
  if (known !== undefined) return known;
  const parse = (cidrs: readonly string[]) => cidrs.flatMap((cidr) => parseCidr(cidr) ?? []);
  const isEverything = peer.except.length === 0 && coverEverything(peer.cidrs);
  const ranges = { listed: parse(peer.cidrs), except: parse(peer.except), isEverything };
  RANGES.set(peer, ranges);
  return ranges;
}

/** Addresses of pods are not known; but a block that leaves out none holds them, too. */
function matchesAddress(peer: Addresses, other: Point): boolean {
  const { listed, except, isEverything } = rangesOf(peer);
  if (other.type === 'pod') return (peer.withPods || other.hostNetwork) && isEverything;
  const isIn = (range: AddressRange) => holds(range, other.address);
  return listed.some(isIn) && !except.some(isIn);
}
