import { reaches } from '../../analysis/network/default-deny.ts';
import { nearlySelects } from '../../analysis/network/nearest-labels.ts';
import type { Direction } from '../../analysis/network/network-policy.ts';
import { type PodNetworkFact, podNetworkFactOf } from '../../analysis/network/pod-network.ts';
import { isGoverned, type Site, siteOf } from '../../analysis/network/points.ts';
import type { NetworkPolicyFact } from '../../analysis/network/policy.ts';
import type { World } from '../../analysis/world.ts';
import { policyObjects } from '../related-objects.ts';
import { defineRule } from '../rule.ts';
import { leastPolicyFor } from './least-policy.ts';
import { SYSTEM_NAMESPACES } from './policy-documents.ts';

/**
 * A workload whose pods no policy selects in a direction, so that they are open there.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
export const networkPolicyMissing = defineRule({
  id: 'network-policy-missing',
  meta: {
    title: 'Workload that no NetworkPolicy selects',
    safeguard: 'network-segmentation',
    rationale:
      'A pod that no policy selects accepts connections from every pod of the cluster and may send anywhere. Whoever gets into any other pod, or into this one, has a free way to ePHI or out with it.',
    remediation:
      'Add a NetworkPolicy that selects the pods and names their callers and callees, or a default-deny policy for the namespace.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'AC-4'],
      benchmark: 'CIS Kubernetes Benchmark 5.3.2',
      urls: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
    },
    severity: 'error',
    scope: 'workspace',
    phiOnly: true,
    requiredAsProposed: true,
    messages: {
      ingress:
        'No NetworkPolicy limits who connects to {kind} "{name}": every pod of the cluster can reach its ePHI. Add a policy that names its callers.',
      egress:
        'No NetworkPolicy limits where {kind} "{name}" sends to: ePHI can leave to anywhere. Add a policy that names whom it calls.',
      both: 'No NetworkPolicy selects {kind} "{name}": every pod of the cluster can reach its ePHI, and it can send ePHI anywhere. Add a policy that names its callers and whom it calls.',
    },
  },
  pod({ workload }, { report, world }) {
    const { kind, name, namespace, labels, root } = workload;
    if (kind === 'PodTemplate' || SYSTEM_NAMESPACES.has(namespace ?? '') || !world.complete) return;
    const fact = podNetworkFactOf(workload, { name, namespace, labels });
    if (fact === undefined || fact.hostNetwork) return;
    const site = siteOf(fact, world);
    const missing = openDirections(site, world);
    const [first] = missing;
    if (first === undefined) return;
    const fix = leastPolicyFor(fact, missing, world);
    report({
      at: root.at(['metadata', 'name']) ?? root,
      messageId: missing.length === 2 ? 'both' : first,
      data: { kind, name },
      relatedObjects:
        missing.length === 2
          ? policyObjects(nearMisses(fact, world), 'This policy nearly selects it: look at its labels.')
          : policyObjects(
              site[first === 'ingress' ? 'egress' : 'ingress'].map((say) => say.fact),
              'This policy limits the other direction alone.',
            ),
      fixes: fix === undefined ? [] : [fix],
    });
  },
});

/** More policies of a namespace are not looked at. */
const MOST_POLICIES = 50;

function nearMisses({ namespace, podLabels }: PodNetworkFact, world: World): NetworkPolicyFact[] {
  return world
    .matching('network-policy', 'namespace', namespace)
    .slice(0, MOST_POLICIES)
    .filter(({ specs }) =>
      specs.some(({ subject: { pods } }) => 'matchLabels' in pods && nearlySelects(pods, podLabels)),
    );
}

function openDirections(site: Site, world: World): Direction[] {
  return (['ingress', 'egress'] as const).filter(
    (direction) => !isGoverned(site[direction], direction) && !isDeniedByDefault(site.fact, direction, world),
  );
}

/** Policies that are generated, or whose reach cannot be told, may be meant for the namespace. */
function isDeniedByDefault({ namespace }: PodNetworkFact, direction: Direction, world: World): boolean {
  const name = namespace ?? '';
  const labels = world.matching('namespace', 'name', name)[0]?.labels ?? new Map<string, string>();
  return world
    .facts('default-deny')
    .some(
      (fact) => fact.deny.directions.includes(direction) && reaches(fact.deny, fact.namespace, name, labels),
    );
}
