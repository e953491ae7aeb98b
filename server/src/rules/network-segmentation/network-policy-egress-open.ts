import { type OpenPeer, openPeersOf } from '../../analysis/network/network-policy.ts';
import { openDestinationsOf } from '../../analysis/network/open-sources.ts';
import { type PlainValue, remove, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A policy whose egress rules let pods send everywhere: no `to` and no `ports`, or every address without `except` and without ports.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-egress-traffic; for policies of Cilium and Calico see
 * `analysis/network`.
 */
export const networkPolicyEgressOpen = defineRule({
  id: 'network-policy-egress-open',
  meta: {
    title: 'NetworkPolicy that lets pods send everywhere',
    safeguard: 'network-segmentation',
    rationale:
      'Data leaves through egress: with it open, whoever gets into a pod can send ePHI to any machine on the internet. Policies add up, so that one such rule undoes every other limit on the pods that it selects.',
    remediation:
      'Name what the pods call: other pods by their labels, outside systems by their addresses and ports. Where addresses are not known, send through an egress gateway or proxy.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'SC-7(5)'],
      benchmark: 'CIS Kubernetes Benchmark 5.3.2',
      urls: [
        'https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-egress-traffic',
      ],
    },
    severity: 'error',
    scope: 'document',
    requiredAsProposed: true,
    messages: {
      anywhere:
        'This rule of {kind} "{name}" names neither destination nor port, so the pods that it selects may send ePHI anywhere. Name what they call.',
      everyAddress:
        '{kind} "{name}" lets its pods send to every address on every port, so ePHI can leave to the whole internet. Name the addresses and ports that they call.',
    },
  },
  resource: {
    kinds: ['NetworkPolicy', 'GlobalNetworkPolicy', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'],
    check(policy, { report }) {
      const data = { kind: policy.kind, name: policy.name };
      for (const { why, ...place } of openDestinationsOf(policy)) {
        report({ ...place, messageId: why === 'any-peer' ? 'anywhere' : 'everyAddress', data });
      }
      if (policy.group !== 'networking.k8s.io') return;
      for (const open of openPeersOf(policy, 'egress')) {
        if (open.why === 'every-pod' || !isUnlimited(open)) continue;
        const messageId = open.why === 'any-peer' ? 'anywhere' : 'everyAddress';
        report({ ...placeOf(open), messageId, data, fixes: fixesFor(open) });
      }
    },
  },
});

function isUnlimited({ why, rule, peer }: OpenPeer): boolean {
  if ((rule.get('ports')?.items.length ?? 0) > 0) return false;
  const peers = why === 'every-address-together' ? (rule.get('to')?.items ?? []) : [peer];
  return !peers.some((item) => (item?.at(['ipBlock', 'except'])?.items.length ?? 0) > 0);
}

function placeOf({ why, rule, peer }: OpenPeer) {
  switch (why) {
    case 'any-peer':
      return { at: rule, missing: ['to'] };
    case 'every-address':
      return { at: peer?.at(['ipBlock', 'cidr']) ?? rule };
    default:
      return { at: rule.get('to') ?? rule, missing: [] };
  }
}

const SAME_NAMESPACE: PlainValue = { podSelector: {} };
const A_CALLEE: PlainValue = { podSelector: { matchLabels: { app: 'replace-with-callee' } } };

function fixesFor({ rule, peer }: OpenPeer): Fix[] {
  const narrowed: [string, PlainValue][] = [
    ['Allow only pods of the same namespace', SAME_NAMESPACE],
    ['Allow only a callee, by its labels', A_CALLEE],
  ];
  const to = [...rule.path, 'to'];
  if (peer === undefined) return narrowed.map(([title, value]) => review(title, set(to, [value])));
  const hasOthers = (rule.get('to')?.items.length ?? 0) > 1;
  return [
    ...(hasOthers ? [review('Remove this destination', remove(peer.path))] : []),
    ...narrowed.map(([title, value]) => review(title, set(peer.path, value))),
  ];
}

function review(title: string, operation: Fix['operations'][number]): Fix {
  return { title, applicability: 'review', operations: [operation] };
}
