import { nearestLabels } from '../../analysis/network/nearest-labels.ts';
import type { PodNetworkFact } from '../../analysis/network/pod-network.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { labelSelectorOf, selects, selectsEverything } from '../../kubernetes/selectors.ts';
import type { Value } from '../../syntax/values.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type Report } from '../rule.ts';

/**
 * A NetworkPolicy that selects no workload of its namespace, or a peer in it that is nobody. Only said where a label is nearly one that pods carry, or where all pods are in view:
 * those that operators and charts make are not.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export const networkPolicyUnmatched = defineRule({
  id: 'network-policy-unmatched',
  meta: {
    title: 'NetworkPolicy that matches no pods',
    safeguard: 'network-segmentation',
    rationale:
      'A policy whose labels match nothing protects nothing, and nobody is told: the pods that it was written for stay open, with their ePHI. A peer that matches nothing cuts off the caller it was meant to admit, which tempts people to open the policy up.',
    remediation: 'Write the labels that the pods carry, in spec.template.metadata.labels of their workload.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'CM-6'],
      urls: [
        'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      noSubject:
        'NetworkPolicy "{name}" selects none of the pods in its namespace, so it protects no ePHI.{hint} Write the labels that the pods carry.',
      noPeer:
        'This peer of NetworkPolicy "{name}" is no pod of the namespace it speaks of, so nobody is let through.{hint} Write the labels that the pods carry.',
    },
  },
  resource: {
    kinds: ['NetworkPolicy'],
    check(policy, { report, world }) {
      if (policy.group !== 'networking.k8s.io' || !world.complete) return;
      const own = world.matching('pod-network', 'namespace', policy.namespace);
      judge(policy, policy.spec?.get('podSelector'), own, 'noSubject', world, report);
      for (const peer of peersOf(policy)) {
        const pods = podsThere(peer, own, world);
        if (pods !== undefined) judge(policy, peer.get('podSelector'), pods, 'noPeer', world, report);
      }
    },
  },
});

function peersOf({ spec }: Resource): Value[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    (spec?.get(direction)?.items ?? []).flatMap(
      (rule) => rule.get(direction === 'ingress' ? 'from' : 'to')?.items ?? [],
    ),
  );
}

/** The pods among which a peer looks for some; undefined where several namespaces may be meant. */
function podsThere(
  peer: Value,
  own: readonly PodNetworkFact[],
  world: World,
): readonly PodNetworkFact[] | undefined {
  const namespaces = peer.get('namespaceSelector');
  if (namespaces === undefined) return own;
  const { matchLabels, matchExpressions } = labelSelectorOf(namespaces);
  const name = matchLabels.get('kubernetes.io/metadata.name');
  if (name === undefined || matchLabels.size > 1 || matchExpressions.length > 0) return undefined;
  return world.matching('pod-network', 'namespace', name);
}

/** Whether the labels are those that workloads here use, and nothing is known that would bring other pods. */
function isAllInView(keys: readonly string[], pods: readonly PodNetworkFact[], world: World): boolean {
  return (
    keys.every((key) => pods.every(({ podLabels }) => podLabels.has(key))) &&
    world.facts('delegation').length === 0
  );
}

/** Labels that controllers give to pods, which no manifest shows. */
const GIVEN =
  /^(?:job-name|controller-uid|pod-template-hash|controller-revision-hash|pod-template-generation)$|^(?:batch|statefulset|apps)\.kubernetes\.io\//;

function judge(
  policy: Resource,
  selector: Value | undefined,
  pods: readonly PodNetworkFact[],
  messageId: 'noSubject' | 'noPeer',
  world: World,
  report: (report: Report<'noSubject' | 'noPeer'>) => void,
): void {
  const wanted = labelSelectorOf(selector);
  if (selector === undefined || pods.length === 0 || selectsEverything(wanted)) return;
  if (pods.some(({ podLabels }) => selects(wanted, podLabels))) return;
  const keys = [...wanted.matchLabels.keys(), ...wanted.matchExpressions.map(({ key }) => key)];
  if (keys.some((key) => GIVEN.test(key))) return;
  const nearest = wanted.matchExpressions.length > 0 ? undefined : nearestLabels(selector, pods);
  if (nearest === undefined && (messageId === 'noPeer' || !isAllInView(keys, pods, world))) return;
  report({
    at: nearest?.at ?? selector,
    ...(nearest === undefined ? { missing: [] } : {}),
    messageId,
    ...(nearest !== undefined && { relatedObjects: [objectOf(nearest.pod, 'Its pods carry the label.')] }),
    data: { name: policy.name, hint: nearest === undefined ? '' : ` Did you mean ${nearest.label}?` },
    fixes:
      nearest === undefined
        ? []
        : [
            {
              title: `Write ${nearest.label}`,
              applicability: 'review',
              operations: nearest.operations,
            },
          ],
  });
}
