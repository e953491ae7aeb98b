import type { Resource } from '../../kubernetes/resource.ts';
import { labelSelectorOf } from '../../kubernetes/selectors.ts';
import type { Value } from '../../syntax/values.ts';
import { numberOf, portRangeOf } from './kubernetes-policy.ts';
import {
  EVERYTHING,
  type Peer,
  type PodsMatch,
  type PolicyRule,
  type PolicySpec,
  type PortMatch,
} from './policy.ts';

/*
 * Policies of a cluster's administrators: AdminNetworkPolicy and BaselineAdminNetworkPolicy, and ClusterNetworkPolicy, which took the place of both. Rules are taken
 * in order, and the first that matches decides; nothing is closed by being selected alone.
 *
 * Source: https://network-policy-api.sigs.k8s.io/api-overview/ and its API specification.
 */

export const ADMIN_GROUP = 'policy.networking.k8s.io';

const ACTIONS: ReadonlyMap<string, PolicyRule['action']> = new Map([
  ['Allow', 'allow'],
  ['Accept', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
]);

export function adminPolicySpec({ kind, spec }: Resource): PolicySpec | undefined {
  const tier = tierOf(kind, spec?.get('tier')?.text);
  if (tier === undefined) return undefined;
  const priority = spec?.get('priority');
  const rules = (direction: 'ingress' | 'egress', peers: 'from' | 'to') =>
    (spec?.get(direction)?.items ?? []).flatMap((rule) => ruleOf(rule, peers) ?? []);
  return {
    precedence: { tier, tierName: '', order: (priority && numberOf(priority)) ?? 0 },
    subject: podsOf(spec?.get('subject')),
    isolates: [],
    rules: { ingress: rules('ingress', 'from'), egress: rules('egress', 'to') },
  };
}

function tierOf(kind: string, tier: string | undefined): 'admin' | 'baseline' | undefined {
  if (kind === 'AdminNetworkPolicy') return 'admin';
  if (kind === 'BaselineAdminNetworkPolicy') return 'baseline';
  if (kind !== 'ClusterNetworkPolicy') return undefined;
  return tier === 'Baseline' ? 'baseline' : 'admin';
}

/** A subject or peer: all pods of some namespaces, or some of their pods. */
function podsOf(value: Value | undefined): PodsMatch {
  const pods = value?.get('pods');
  if (pods === undefined) return { namespaces: labelSelectorOf(value?.get('namespaces')), pods: EVERYTHING };
  return {
    namespaces: labelSelectorOf(pods.get('namespaceSelector')),
    pods: labelSelectorOf(pods.get('podSelector')),
  };
}

function ruleOf(rule: Value, key: 'from' | 'to'): PolicyRule | undefined {
  const action = ACTIONS.get(rule.get('action')?.text ?? '');
  if (action === undefined) return undefined;
  const ports = [
    ...(rule.get('ports')?.items ?? []).map(portOf),
    ...(rule.get('protocols')?.items ?? []).flatMap(protocolsOf),
  ];
  return {
    action,
    peers: (rule.get(key)?.items ?? []).map(peerOf),
    ports: ports.length === 0 ? undefined : ports,
  };
}

function peerOf(peer: Value): Peer {
  if (peer.has(['networks'])) {
    const cidrs = peer.get('networks')?.items.flatMap(({ text }) => text ?? []) ?? [];
    return { type: 'addresses', cidrs, except: [], withPods: true };
  }
  const isPods = peer.has(['namespaces']) || peer.has(['pods']);
  return isPods ? { type: 'pods', match: podsOf(peer) } : { type: 'unknown' };
}

/** Of v1alpha1: a number, a range or a name. */
function portOf(port: Value): PortMatch {
  const single = port.get('portNumber');
  const range = port.get('portRange');
  const protocol = (single ?? range)?.get('protocol')?.text?.toUpperCase() ?? 'TCP';
  if (single !== undefined) return { protocol, port: portRangeOf(single.get('port')) };
  if (range !== undefined) return { protocol, port: portRangeOf(range.get('start'), range.get('end')) };
  return { protocol: undefined, port: port.get('namedPort')?.text ?? '' };
}

/** Of v1alpha2: a protocol with its destination port, or a named port. */
function protocolsOf(protocol: Value): PortMatch[] {
  const name = protocol.get('destinationNamedPort')?.text;
  if (name !== undefined) return [{ protocol: undefined, port: name }];
  return protocol.entries.map(({ key, value }) => {
    const destination = value.get('destinationPort');
    const range = destination?.get('range');
    const port = range
      ? portRangeOf(range.get('start'), range.get('end'))
      : portRangeOf(destination?.get('number'));
    return { protocol: key.toUpperCase(), port };
  });
}
