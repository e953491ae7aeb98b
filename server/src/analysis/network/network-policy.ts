import type { Resource } from '../../kubernetes/resource.ts';
import { type LabelSelector, labelSelectorOf, selectsEverything } from '../../kubernetes/selectors.ts';
import type { Value } from '../../syntax/values.ts';
import { coverEverything, parseCidr } from './cidr.ts';

export type Direction = 'ingress' | 'egress';

/** What a NetworkPolicy decides, as far as other documents need to know it. */
export interface NetworkPolicySpec {
  readonly podSelector: LabelSelector;
  readonly directions: readonly Direction[];
  /** Directions in which it lets everything through, so that it restricts nothing there. */
  readonly open: readonly Direction[];
}

/** Where a NetworkPolicy's rules of a direction stand, and the key of their peers. */
const PEERS: Readonly<Record<Direction, 'from' | 'to'>> = { ingress: 'from', egress: 'to' };

/**
 * Reads a NetworkPolicy with the API server's defaults: without `policyTypes` a policy always restricts ingress, and egress when it has
 * egress rules.
 *
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ (policyTypes).
 */
export function networkPolicySpecOf(policy: Resource): NetworkPolicySpec {
  const directions = directionsOf(policy);
  return {
    podSelector: labelSelectorOf(policy.spec?.get('podSelector')),
    directions,
    open: directions.filter((direction) =>
      openPeersOf(policy, direction).some(({ rule, why }) => why !== 'every-pod' && !rule.has(['ports'])),
    ),
  };
}

/** With the API server's defaults for `policyTypes`. */
export function directionsOf(policy: Resource): Direction[] {
  const types = policy.spec?.get('policyTypes')?.items.map((type) => type.string) ?? [];
  const directions: Direction[] = [];
  if (types.length === 0 || types.includes('Ingress')) directions.push('ingress');
  const hasEgressRules = (policy.spec?.get('egress')?.items.length ?? 0) > 0;
  if (types.includes('Egress') || (types.length === 0 && hasEgressRules)) directions.push('egress');
  return directions;
}

/** Why a rule of a policy lets everybody in, or out to everybody. */
export type Openness =
  /** No peers are named. */
  | 'any-peer'
  /** A block that holds every address. */
  | 'every-address'
  /** Several blocks that together hold every address. */
  | 'every-address-together'
  /** Every pod of every namespace. */
  | 'every-pod';

/** A peer, or a rule without peers, that is open to everybody. */
export interface OpenPeer {
  readonly why: Openness;
  readonly rule: Value;
  /** The peer; absent where the rule names none, or several make it together. */
  readonly peer: Value | undefined;
}

/**
 * What in a policy's rules of a direction is open to everybody.
 *
 * A rule without peers, or with an empty list of them, matches all peers, also when it names ports. A namespace selector that selects
 * everything, without a pod selector that narrows it, is every pod of the cluster. A block of every address is the internet, whatever its
 * `except` leaves out. An empty peer is invalid, not open.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/ and the API reference of NetworkPolicyPeer.
 */
export function openPeersOf(policy: Resource, direction: Direction): OpenPeer[] {
  if (!directionsOf(policy).includes(direction)) return [];
  const rules = policy.spec?.get(direction)?.items ?? [];
  return rules.flatMap((rule) => openPeersOfRule(rule, PEERS[direction]));
}

function openPeersOfRule(rule: Value, key: 'from' | 'to'): OpenPeer[] {
  const peers = rule.get(key)?.items ?? [];
  if (rule.kind === 'scalar' && !rule.isNull) return [];
  if (peers.length === 0) return [{ why: 'any-peer', rule, peer: undefined }];
  const open = peers.flatMap((peer): OpenPeer[] => {
    const why = opennessOf(peer);
    return why === undefined ? [] : [{ why, rule, peer }];
  });
  const blocks = peers.flatMap((peer) => peer.at(['ipBlock', 'cidr'])?.text ?? []);
  const together = !open.some(({ why }) => why === 'every-address') && coverEverything(blocks);
  return together ? [...open, { why: 'every-address-together', rule, peer: undefined }] : open;
}

function opennessOf(peer: Value): Openness | undefined {
  const cidr = peer.at(['ipBlock', 'cidr'])?.text;
  if (cidr !== undefined) return isEveryAddress(cidr) ? 'every-address' : undefined;
  const namespaces = peer.get('namespaceSelector');
  if (namespaces === undefined || !selectsEveryNamespace(namespaces)) return undefined;
  const pods = peer.get('podSelector');
  return pods === undefined || selectsEverything(labelSelectorOf(pods)) ? 'every-pod' : undefined;
}

function isEveryAddress(cidr: string): boolean {
  const range = parseCidr(cidr);
  return range !== undefined && coverEverything([cidr]);
}

/** Every namespace carries its name as a label, so asking for that label asks for nothing. */
function selectsEveryNamespace(selector: Value): boolean {
  if (selector.kind !== 'map') return false;
  const { matchLabels, matchExpressions } = labelSelectorOf(selector);
  return (
    matchLabels.size === 0 &&
    matchExpressions.every(
      ({ key, operator }) => key === 'kubernetes.io/metadata.name' && operator === 'Exists',
    )
  );
}

/** The blocks of a rule whose union holds every address. */
export function blocksOf(rule: Value, key: 'from' | 'to'): Value[] {
  return (rule.get(key)?.items ?? []).filter((peer) => peer.has(['ipBlock', 'cidr']));
}
