import type { Resource } from '../../kubernetes/resource.ts';
import { labelSelectorOf } from '../../kubernetes/selectors.ts';
import type { Value } from '../../syntax/values.ts';
import { directionsOf } from './network-policy.ts';
import {
  EVERYTHING,
  KUBERNETES_ORDER,
  type Peer,
  type PolicyRule,
  type PolicySpec,
  type PortMatch,
} from './policy.ts';

/**
 * NetworkPolicy: a pod that some policy selects in a direction is closed there but for what any of them allows.
 *
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function kubernetesPolicySpec(policy: Resource): PolicySpec {
  const { spec } = policy;
  const directions = directionsOf(policy);
  const rules = (direction: 'ingress' | 'egress', peers: 'from' | 'to') =>
    directions.includes(direction)
      ? (spec?.get(direction)?.items ?? []).map((rule) => ruleOf(rule, peers))
      : [];
  return {
    precedence: { tier: 'default', tierName: '', order: KUBERNETES_ORDER },
    subject: { namespaces: 'own', pods: labelSelectorOf(spec?.get('podSelector')) },
    isolates: directions,
    rules: { ingress: rules('ingress', 'from'), egress: rules('egress', 'to') },
  };
}

function ruleOf(rule: Value, key: 'from' | 'to'): PolicyRule {
  const peers = rule.get(key)?.items ?? [];
  const ports = rule.get('ports')?.items ?? [];
  return {
    action: 'allow',
    peers: peers.length === 0 ? undefined : peers.map(peerOf),
    ports: ports.length === 0 ? undefined : ports.map(portOf),
  };
}

function peerOf(peer: Value): Peer {
  const block = peer.get('ipBlock');
  if (block !== undefined) {
    return {
      type: 'addresses',
      cidrs: [block.get('cidr')?.text ?? ''],
      except: block.get('except')?.items.flatMap(({ text }) => text ?? []) ?? [],
      withPods: true,
    };
  }
  const namespaces = peer.get('namespaceSelector');
  const pods = peer.get('podSelector');
  // An empty peer is refused by the API server.
  if (namespaces?.kind !== 'map' && pods?.kind !== 'map') return { type: 'unknown' };
  return {
    type: 'pods',
    match: {
      namespaces: namespaces?.kind === 'map' ? labelSelectorOf(namespaces) : 'own',
      pods: pods?.kind === 'map' ? labelSelectorOf(pods) : EVERYTHING,
    },
  };
}

/** Without a port it is every port of the protocol, which is TCP unless said. */
function portOf(port: Value): PortMatch {
  const protocol = port.get('protocol')?.text?.toUpperCase() ?? 'TCP';
  return { protocol, port: portRangeOf(port.get('port'), port.get('endPort')) };
}

/** Ports `first` to `end`, the one port, or its name. */
export function portRangeOf(first: Value | undefined, end?: Value): PortMatch['port'] {
  if (first?.text === undefined) return undefined;
  const number = numberOf(first);
  if (number === undefined) return first.text;
  return { first: number, last: Math.max(number, (end && numberOf(end)) ?? number) };
}

export function numberOf(value: Value): number | undefined {
  return /^\d{1,5}$/.test(value.text ?? '') ? Number(value.text) : undefined;
}
