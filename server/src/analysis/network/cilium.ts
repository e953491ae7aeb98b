import type { Resource } from '../../kubernetes/resource.ts';
import { type LabelSelector, labelSelectorOf, selectsEverything } from '../../kubernetes/selectors.ts';
import type { Value } from '../../syntax/values.ts';
import { coverEverything } from './cidr.ts';
import type { DefaultDeny } from './default-deny.ts';
import type { Direction } from './network-policy.ts';
import type { OpenSource } from './open-sources.ts';

/*
 * CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy. A policy denies a direction to the endpoints that it selects as soon as it has a
 * section for it; an empty rule allows nothing.
 *
 * Source: https://docs.cilium.io/en/stable/security/policy/intro/ (policy enforcement), language/ and kubernetes/.
 */

export const CILIUM_KINDS: ReadonlySet<string> = new Set([
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
]);

export function ciliumDefaultDeny(policy: Resource): DefaultDeny | undefined {
  if (!CILIUM_KINDS.has(policy.kind)) return undefined;
  for (const spec of ciliumSpecsOf(policy)) {
    const { pods, namespaces } = splitEndpointSelector(labelSelectorOf(spec.get('endpointSelector')));
    if (!spec.has(['endpointSelector']) || !selectsEverything(pods)) continue;
    const directions = (['ingress', 'egress'] as const).filter((direction) => denies(spec, direction));
    if (directions.length === 0) continue;
    return { directions, reach: policy.kind === 'CiliumNetworkPolicy' ? 'namespace' : namespaces };
  }
  return undefined;
}

function denies(spec: Value, direction: Direction): boolean {
  const sections = [spec.get(direction), spec.get(`${direction}Deny`)];
  if (spec.at(['enableDefaultDeny', direction])?.boolean === false) return false;
  const rules = sections.flatMap((section) => section?.items ?? []);
  return rules.length > 0 && openRules(spec, direction).length === 0;
}

/** What one rule of a policy decides for incoming traffic, and of which pods. */
export interface CiliumSelection {
  readonly pods: LabelSelector;
  /** Undefined: the policy's own namespace. */
  readonly namespaces: LabelSelector | undefined;
  /** Whether clients prove who they are. */
  readonly authenticates: boolean;
}

/**
 * The pods for which a policy decides who may reach them.
 *
 * Source: https://docs.cilium.io/en/stable/network/servicemesh/mutual-authentication/mutual-authentication/
 */
export function ciliumSelections(policy: Resource): CiliumSelection[] {
  if (!CILIUM_KINDS.has(policy.kind) || policy.group !== 'cilium.io') return [];
  return ciliumSpecsOf(policy).flatMap((spec) => {
    const rules = spec.get('ingress')?.items ?? [];
    if (rules.length === 0 || !spec.has(['endpointSelector'])) return [];
    const { pods, namespaces } = splitEndpointSelector(labelSelectorOf(spec.get('endpointSelector')));
    return [
      {
        pods,
        namespaces: policy.kind === 'CiliumNetworkPolicy' ? undefined : namespaces,
        authenticates: rules.every((rule) => rule.at(['authentication', 'mode'])?.text === 'required'),
      },
    ];
  });
}

/** What in a policy's ingress rules is open to everybody. */
export function ciliumOpenSources(policy: Resource): OpenSource[] {
  if (!CILIUM_KINDS.has(policy.kind)) return [];
  return ciliumSpecsOf(policy).flatMap((spec) => openRules(spec, 'ingress'));
}

/** What in a policy's egress rules is open to the whole internet, on every port. */
export function ciliumOpenDestinations(policy: Resource): OpenSource[] {
  if (!CILIUM_KINDS.has(policy.kind)) return [];
  return ciliumSpecsOf(policy).flatMap((spec) =>
    (spec.get('egress')?.items ?? [])
      .filter((rule) => !rule.has(['toPorts']) && !rule.has(['icmps']))
      .flatMap((rule) => openPeers(rule, 'to'))
      .filter(({ why, at }) => why === 'every-address' && at.parent?.has(['except']) !== true),
  );
}

/** Entities of Cilium that are everybody. */
export const EVERYBODY: Readonly<Record<string, OpenSource['why']>> = {
  all: 'every-address',
  world: 'every-address',
  'world-ipv4': 'every-address',
  'world-ipv6': 'every-address',
  cluster: 'every-pod',
};

function openRules(spec: Value, direction: Direction): OpenSource[] {
  const prefix = direction === 'ingress' ? 'from' : 'to';
  return (spec.get(direction)?.items ?? []).flatMap((rule) => openPeers(rule, prefix));
}

function openPeers(rule: Value, prefix: 'from' | 'to'): OpenSource[] {
  return [
    ...(rule.get(`${prefix}Entities`)?.items ?? []).flatMap((at) => {
      const why = EVERYBODY[at.text ?? ''];
      return why === undefined ? [] : [{ why, at }];
    }),
    ...cidrsOf(rule, prefix)
      .filter(({ text }) => text !== undefined && coverEverything([text]))
      .map((at) => ({ why: 'every-address' as const, at })),
  ];
}

function cidrsOf(rule: Value, prefix: string): Value[] {
  const plain = rule.get(`${prefix}CIDR`)?.items ?? [];
  const sets = (rule.get(`${prefix}CIDRSet`)?.items ?? []).flatMap((set) => set.get('cidr') ?? []);
  return [...plain, ...sets];
}

/** The rules of a Cilium policy: one set, or several. */
export function ciliumSpecsOf({ spec, root }: Resource): Value[] {
  return [...(spec === undefined ? [] : [spec]), ...(root.get('specs')?.items ?? [])];
}

const NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';

/** Parts a selector of endpoints into what it asks of pods and of their namespaces; labels lose the prefix that names their source. */
export function splitEndpointSelector(selector: LabelSelector): {
  pods: LabelSelector;
  namespaces: LabelSelector;
} {
  const plain = (key: string) => key.replace(/^(?:k8s|any)[:.]/, '');
  const ofNamespace = (key: string) =>
    key === NAMESPACE
      ? 'kubernetes.io/metadata.name'
      : key.startsWith(NAMESPACE_LABELS)
        ? key.slice(NAMESPACE_LABELS.length)
        : undefined;
  const part = (wanted: boolean): LabelSelector => ({
    matchLabels: new Map(
      [...selector.matchLabels]
        .filter(([key]) => (ofNamespace(plain(key)) !== undefined) === wanted)
        .map(([key, value]) => [ofNamespace(plain(key)) ?? plain(key), value]),
    ),
    matchExpressions: selector.matchExpressions
      .filter(({ key }) => (ofNamespace(plain(key)) !== undefined) === wanted)
      .map((expression) => ({
        ...expression,
        key: ofNamespace(plain(expression.key)) ?? plain(expression.key),
      })),
  });
  return { pods: part(false), namespaces: part(true) };
}
