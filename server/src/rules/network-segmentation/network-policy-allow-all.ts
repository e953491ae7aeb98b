import { blocksOf, type OpenPeer, openPeersOf } from '../../analysis/network-policy.ts';
import { type PlainValue, remove, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A NetworkPolicy whose ingress rules let everybody in: no `from`, every pod of the cluster, or every address.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
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
      benchmark: 'CIS 5.3.2',
      urls: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
    },
    severity: 'error',
    scope: 'document',
    requiredAsProposed: true,
    messages: {
      anySource:
        'This rule of NetworkPolicy "{name}" names no source, so every pod and every address may connect to the pods that it selects, which may serve ePHI. Name the callers in "from".',
      everyPod:
        'NetworkPolicy "{name}" lets in every pod of every namespace, so one compromised pod anywhere reaches what may serve ePHI. Narrow the source to a namespace or to the callers.',
      everyAddress:
        'NetworkPolicy "{name}" lets in every address, the internet included, to pods that may serve ePHI. Narrow the source to the addresses or pods that call.',
    },
  },
  resource: {
    kinds: ['NetworkPolicy'],
    check(policy, { report }) {
      if (policy.group !== 'networking.k8s.io') return;
      for (const open of openPeersOf(policy, 'ingress')) {
        report({ ...placeOf(open), data: { name: policy.name }, fixes: fixesFor(open) });
      }
    },
  },
});

function placeOf({ why, rule, peer }: OpenPeer) {
  const from = rule.get('from');
  switch (why) {
    case 'any-peer':
      return { at: rule, missing: ['from'], messageId: 'anySource' } as const;
    case 'every-pod':
      return { at: peer?.get('namespaceSelector') ?? rule, missing: [], messageId: 'everyPod' } as const;
    case 'every-address':
      return { at: peer?.at(['ipBlock', 'cidr']) ?? rule, messageId: 'everyAddress' } as const;
    case 'every-address-together':
      return { at: from ?? rule, missing: [], messageId: 'everyAddress' } as const;
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
