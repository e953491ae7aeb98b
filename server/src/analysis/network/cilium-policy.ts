import type { Resource } from '../../kubernetes/resource.ts';
import { labelSelectorOf, selectsEverything } from '../../kubernetes/selectors.ts';
import type { Value } from '../../syntax/values.ts';
import { CILIUM_KINDS, ciliumSpecsOf, splitEndpointSelector } from './cilium.ts';
import { portRangeOf } from './kubernetes-policy.ts';
import type { Direction } from './network-policy.ts';
import {
  EVERY_ADDRESS,
  EVERYTHING,
  KUBERNETES_ORDER,
  type Peer,
  type PodsMatch,
  type PolicyRule,
  type PolicySpec,
  type PortMatch,
} from './policy.ts';

/**
 * The policies of Cilium. Those that allow add up with Kubernetes' own; those that deny come before all of them. Rules about HTTP, DNS and the like narrow a connection
 * that is allowed; they are not looked at.
 *
 * Source: https://docs.cilium.io/en/stable/security/policy/language/ and deny-policies.
 */
export function ciliumPolicySpecs(policy: Resource): PolicySpec[] {
  if (!CILIUM_KINDS.has(policy.kind)) return [];
  const isClusterwide = policy.kind === 'CiliumClusterwideNetworkPolicy';
  return ciliumSpecsOf(policy).flatMap((spec) => {
    if (!spec.has(['endpointSelector'])) return [];
    const subject = podsOf(spec.get('endpointSelector'), isClusterwide, false);
    const rules = (suffix: '' | 'Deny') => ({
      ingress: rulesOf(spec, 'ingress', suffix, isClusterwide),
      egress: rulesOf(spec, 'egress', suffix, isClusterwide),
    });
    const allowing: PolicySpec = {
      precedence: { tier: 'default', tierName: '', order: KUBERNETES_ORDER },
      subject,
      isolates: (['ingress', 'egress'] as const).filter((direction) => isolates(spec, direction)),
      rules: rules(''),
    };
    const denials = rules('Deny');
    if (denials.ingress.length === 0 && denials.egress.length === 0) return [allowing];
    const denying: PolicySpec = {
      precedence: { tier: 'default', tierName: '', order: Number.NEGATIVE_INFINITY },
      subject,
      isolates: [],
      rules: denials,
    };
    return [denying, allowing];
  });
}

function isolates(spec: Value, direction: Direction): boolean {
  if (spec.at(['enableDefaultDeny', direction])?.boolean === false) return false;
  return [direction, `${direction}Deny`].some((key) => (spec.get(key)?.items.length ?? 0) > 0);
}

function rulesOf(
  spec: Value,
  direction: Direction,
  suffix: '' | 'Deny',
  isClusterwide: boolean,
): PolicyRule[] {
  const side = direction === 'ingress' ? 'from' : 'to';
  return (spec.get(`${direction}${suffix}`)?.items ?? []).flatMap((rule) => {
    const peers = peersOf(rule, side, isClusterwide);
    const isAboutPorts = rule.has(['toPorts']);
    // An empty rule allows nothing; one about ICMP opens no port.
    if (!isAboutPorts && (peers === undefined || rule.has(['icmps']))) return [];
    return [{ action: suffix === '' ? 'allow' : 'deny', peers, ports: portsOf(rule) } as const];
  });
}

/** Keys of peers that manifests alone do not tell, after `from` or `to`. */
const UNTOLD = ['Services', 'Nodes', 'Groups', 'Requires'];

/** Undefined when a rule names nobody. */
function peersOf(rule: Value, side: 'from' | 'to', isClusterwide: boolean): Peer[] | undefined {
  const listed = (key: string) => rule.get(`${side}${key}`)?.items ?? [];
  const keys = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet', 'FQDNs', ...UNTOLD];
  if (!keys.some((key) => rule.has([`${side}${key}`]))) return undefined;
  return [
    ...listed('Endpoints').map(
      (selector): Peer => ({ type: 'pods', match: podsOf(selector, isClusterwide, true) }),
    ),
    ...listed('Entities').flatMap((entity) => entityPeers(entity.text)),
    ...listed('CIDR').map((cidr) => blockOf(cidr.text, [])),
    ...listed('CIDRSet').map((set) =>
      blockOf(set.get('cidr')?.text, set.get('except')?.items.flatMap(({ text }) => text ?? []) ?? []),
    ),
    ...listed('FQDNs').map(
      (name): Peer =>
        /^\*+$/.test(name.get('matchPattern')?.text ?? '')
          ? blockOf(undefined, [], true)
          : { type: 'unknown' },
    ),
    ...UNTOLD.flatMap((key) => listed(key)).map((): Peer => ({ type: 'unknown' })),
  ];
}

function blockOf(cidr: string | undefined, except: readonly string[], every = false): Peer {
  if (every) return { type: 'addresses', cidrs: EVERY_ADDRESS, except, withPods: false };
  return cidr === undefined
    ? { type: 'unknown' }
    : { type: 'addresses', cidrs: [cidr], except, withPods: false };
}

function entityPeers(entity: string | undefined): Peer[] {
  const world: Peer = { type: 'addresses', cidrs: EVERY_ADDRESS, except: [], withPods: false };
  const cluster: Peer = { type: 'pods', match: { namespaces: EVERYTHING, pods: EVERYTHING } };
  switch (entity) {
    case 'all':
      return [world, cluster];
    case 'world':
      return [world];
    case 'world-ipv4':
      return [{ ...world, cidrs: ['0.0.0.0/0'] }];
    case 'world-ipv6':
      return [{ ...world, cidrs: ['::/0'] }];
    case 'cluster':
      return [cluster];
    default:
      return [{ type: 'unknown' }];
  }
}

/** A selector of endpoints; without a word on namespaces, a peer of a namespaced policy is one of its own namespace. */
function podsOf(selector: Value | undefined, isClusterwide: boolean, isPeer: boolean): PodsMatch {
  const { pods, namespaces } = splitEndpointSelector(labelSelectorOf(selector));
  const isOwn = !isClusterwide && (!isPeer || selectsEverything(namespaces));
  return { namespaces: isOwn ? 'own' : namespaces, pods };
}

function portsOf(rule: Value): PortMatch[] | undefined {
  const entries = rule.get('toPorts')?.items ?? [];
  if (entries.length === 0) return undefined;
  const ports = entries.map((entry) => entry.get('ports')?.items ?? []);
  if (ports.some((listed) => listed.length === 0)) return undefined;
  return ports.flat().map((port) => {
    const protocol = port.get('protocol')?.text?.toUpperCase();
    const range =
      port.get('port')?.text === '0' ? undefined : portRangeOf(port.get('port'), port.get('endPort'));
    return { protocol: protocol === 'ANY' ? undefined : protocol, port: range };
  });
}
