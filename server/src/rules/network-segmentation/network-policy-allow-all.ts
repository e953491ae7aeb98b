import { blocksOf, type OpenPeer, openPeersOf } from '../../analysis/network/network-policy.ts';
import { openSourcesOf } from '../../analysis/network/open-sources.ts';
import { type PlainValue, remove, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A NetworkPolicy whose ingress rules let everybody in: no `from`, every pod of the cluster, or every address.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors; for policies of Cilium and
 * Calico see `analysis/network`.
 */
export const networkPolicyAllowAll = defineRule({
  id: 'network-policy-allow-all',
  meta: {
    title: 'NetworkPolicy that lets everybody in',
    safeguard: 'network-segmentation',
    rationale:
      'Policies add up: one rule that admits everybody undoes all the others for the pods that it selects. A compromised pod, or a machine outside, then reaches the service that holds ePHI.',
    remediation:
      'Name the callers: pods by their labels, namespaces by the label kubernetes.io/metadata.name, outside systems by the addresses that they really have.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'AC-4'],
      benchmark: 'CIS Kubernetes Benchmark 5.3.2',
      urls: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
    },
    severity: 'error',
    scope: 'document',
    requiredAsProposed: true,
    messages: {
      anySource:
        'This rule of {kind} "{name}" names no source, so every pod and every address may connect to the pods that it selects, which may serve ePHI. Name the callers.',
      everyPod:
        '{kind} "{name}" lets in every pod of every namespace, so one compromised pod anywhere reaches what may serve ePHI. Narrow the source to a namespace or to the callers.',
      everyAddress:
        '{kind} "{name}" lets in every address, the internet included, to pods that may serve ePHI. Narrow the source to the addresses or pods that call.',
    },
  },
  resource: {
    kinds: ['NetworkPolicy', 'GlobalNetworkPolicy', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'],
    check(policy, { report }) {
      const data = { kind: policy.kind, name: policy.name };
      for (const { why, ...place } of openSourcesOf(policy))
        report({ ...place, messageId: MESSAGES[why], data });
      if (policy.group !== 'networking.k8s.io') return;
      for (const open of openPeersOf(policy, 'ingress')) {
        report({ ...placeOf(open), messageId: MESSAGES[open.why], data, fixes: fixesFor(open) });
      }
    },
  },
});

const MESSAGES = {
  'any-peer': 'anySource',
  'every-pod': 'everyPod',
  'every-address': 'everyAddress',
  'every-address-together': 'everyAddress',
} as const;

function placeOf({ why, rule, peer }: OpenPeer) {
  switch (why) {
    case 'any-peer':
      return { at: rule, missing: ['from'] };
    case 'every-pod':
      return { at: peer?.get('namespaceSelector') ?? rule, missing: [] };
    case 'every-address':
      return { at: peer?.at(['ipBlock', 'cidr']) ?? rule };
    case 'every-address-together':
      return { at: rule.get('from') ?? rule, missing: [] };
  }
}

const SAME_NAMESPACE: PlainValue = { podSelector: {} };
const A_CALLER: PlainValue = { podSelector: { matchLabels: { app: 'replace-with-caller' } } };

function fixesFor({ why, rule, peer }: OpenPeer): Fix[] {
  const from = [...rule.path, 'from'];
  const narrowed: [string, PlainValue][] = [
    ['Allow only pods of the same namespace', SAME_NAMESPACE],
    ['Allow only a caller, by its labels', A_CALLER],
  ];
  if (peer !== undefined) {
    const removal = review('Remove this source', remove(peer.path));
    const others = (rule.get('from')?.items.length ?? 0) > 1;
    return [
      ...(others ? [removal] : []),
      ...narrowed.map(([title, value]) => review(title, set(peer.path, value))),
    ];
  }
  const kept = why === 'every-address-together' ? withoutBlocks(rule) : [];
  return narrowed.map(([title, value]) => review(title, set(from, [...kept, value])));
}

/** The peers of a rule that are no blocks of addresses. */
function withoutBlocks(rule: Value): PlainValue[] {
  const blocks = blocksOf(rule, 'from');
  return (rule.get('from')?.items ?? [])
    .filter((peer) => !blocks.includes(peer))
    .map((peer) => peer.toJS() as PlainValue);
}

function review(title: string, operation: Fix['operations'][number]): Fix {
  return { title, applicability: 'review', operations: [operation] };
}
