import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { coverEverything } from './cidr.ts';
import type { DefaultDeny } from './default-deny.ts';
import type { Direction } from './network-policy.ts';
import type { OpenSource } from './open-sources.ts';
import { EVERYTHING } from './policy.ts';

/*
 * NetworkPolicy and GlobalNetworkPolicy of Calico, whose selectors are expressions: `all()`, or nothing, takes everything.
 *
 * Source: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy (types, selectors, rules) and globalnetworkpolicy.
 */

export const CALICO_KINDS: ReadonlySet<string> = new Set(['NetworkPolicy', 'GlobalNetworkPolicy']);

export function calicoDefaultDeny({ kind, spec }: Resource): DefaultDeny | undefined {
  if (!CALICO_KINDS.has(kind) || spec === undefined) return undefined;
  const directions = calicoDirectionsOf(spec).filter((direction) => openRules(spec, direction).length === 0);
  const selector = spec.get('selector')?.text;
  if (kind === 'NetworkPolicy')
    return isEverything(selector) ? { directions, reach: 'namespace' } : undefined;
  // Expressions over namespaces are not evaluated: such a policy may reach any of them.
  if (!isEverything(spec.get('namespaceSelector')?.text)) return { directions, reach: 'unknown' };
  if (isEverything(selector)) return { directions, reach: EVERYTHING };
  return selector?.includes('projectcalico.org/namespace') ? { directions, reach: 'unknown' } : undefined;
}

/** Without `types`, the rules that are there tell; ingress alone when there are none. */
export function calicoDirectionsOf(spec: Value): Direction[] {
  const types = spec.get('types')?.items.map((type) => type.text?.toLowerCase());
  if (types !== undefined)
    return (['ingress', 'egress'] as const).filter((direction) => types.includes(direction));
  if (spec.has(['egress'])) return spec.has(['ingress']) ? ['ingress', 'egress'] : ['egress'];
  return ['ingress'];
}

/** What in a policy's ingress rules is open to everybody. */
export function calicoOpenSources({ kind, spec }: Resource): OpenSource[] {
  if (!CALICO_KINDS.has(kind) || spec === undefined) return [];
  return calicoDirectionsOf(spec).includes('ingress') ? openRules(spec, 'ingress') : [];
}

/** What in a policy's egress rules is open to the whole internet, on every port. */
export function calicoOpenDestinations({ kind, spec }: Resource): OpenSource[] {
  if (!CALICO_KINDS.has(kind) || spec === undefined || !calicoDirectionsOf(spec).includes('egress'))
    return [];
  return openRules(
    spec,
    'egress',
    (rule) =>
      !rule.has(['protocol']) &&
      ['ports', 'notPorts', 'notNets'].every((key) => !rule.has(['destination', key])),
  ).filter(({ why }) => why !== 'every-pod');
}

function openRules(
  spec: Value,
  direction: Direction,
  isMeant: (rule: Value) => boolean = () => true,
): OpenSource[] {
  const side = direction === 'ingress' ? 'source' : 'destination';
  return (spec.get(direction)?.items ?? []).filter(isMeant).flatMap((rule): OpenSource[] => {
    if (rule.get('action')?.text !== 'Allow') return [];
    const peer = rule.get(side);
    const nets = (peer?.get('nets')?.items ?? []).filter(
      ({ text }) => text !== undefined && coverEverything([text]),
    );
    if (nets.length > 0) return nets.map((at) => ({ why: 'every-address', at }));
    if (!narrows(peer)) return [{ why: 'any-peer', at: rule, missing: [side] }];
    const namespaces = peer?.get('namespaceSelector');
    const isEveryPod =
      namespaces !== undefined && isEverything(namespaces.text) && isEverything(peer?.get('selector')?.text);
    return isEveryPod && !narrows(peer, ['namespaceSelector', 'selector'])
      ? [{ why: 'every-pod', at: namespaces }]
      : [];
  });
}

/** Fields by which the side of a rule names somebody. */
export const CALICO_PEER_FIELDS = [
  'nets',
  'notNets',
  'selector',
  'notSelector',
  'namespaceSelector',
  'serviceAccounts',
  'services',
  'domains',
];

function narrows(peer: Value | undefined, except: readonly string[] = []): boolean {
  return CALICO_PEER_FIELDS.some((key) => !except.includes(key) && peer?.has([key]) === true);
}

function isEverything(selector: string | undefined): boolean {
  return selector === undefined || /^\s*(?:all\(\s*\))?\s*$/.test(selector);
}
