import type { DefaultDenyFact } from '../../analysis/facts.ts';
import { reaches } from '../../analysis/network/default-deny.ts';
import type { Direction } from '../../analysis/network/network-policy.ts';
import type { NetworkPolicyFact } from '../../analysis/network/policy.ts';
import type { World } from '../../analysis/world.ts';
import { freeName } from '../../kubernetes/free-names.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { policyObjects } from '../related-objects.ts';
import { type AddDocumentOperation, defineRule } from '../rule.ts';
import { DNS_EGRESS, networkPolicy, policyNames, SYSTEM_NAMESPACES } from './policy-documents.ts';

/**
 * A namespace in which a direction is open by default: no policy selects all of its pods in that direction. A policy that selects all pods
 * and allows a little denies the rest, so it counts; one that allows everything does not. Policies of Cilium, Calico and of the cluster's
 * administrators count as well.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
 */
export const namespaceDefaultDenyMissing = defineRule({
  id: 'namespace-default-deny-missing',
  meta: {
    title: 'Namespace without default-deny NetworkPolicy',
    safeguard: 'network-segmentation',
    rationale:
      'Without a default-deny policy every pod that no other policy selects may be reached by, or may send to, the whole cluster and the internet. A pod that somebody adds later is open from its first second, with the ePHI that it handles.',
    remediation:
      'Add a NetworkPolicy with an empty podSelector and both policy types, then allow the traffic that is needed, DNS first.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'AC-4'],
      benchmark: 'CIS Kubernetes Benchmark 5.3.2',
      urls: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],
    },
    severity: 'error',
    scope: 'workspace',
    phiOnly: true,
    requiredAsProposed: true,
    messages: {
      ingress:
        'Namespace "{name}" has no default-deny policy for ingress: any pod of the cluster can connect to a pod here that no policy selects, and to its ePHI. Add one that selects all pods.',
      egress:
        'Namespace "{name}" has no default-deny policy for egress: a pod here that no policy selects can send ePHI anywhere. Add one that selects all pods, and allow DNS.',
      both: 'Namespace "{name}" has no default-deny NetworkPolicy, neither for ingress nor for egress: pods that no policy selects can be reached from anywhere and can send ePHI anywhere. Add one, and allow DNS.',
    },
  },
  resource: {
    kinds: ['Namespace'],
    check(namespace, { report, world }) {
      const { name, group, root } = namespace;
      if (group !== '' || name === '' || SYSTEM_NAMESPACES.has(name) || !world.complete) return;
      const denials = denialsOf(namespace, world);
      const missing = (['ingress', 'egress'] as const).filter(
        (direction) => !denials.some(({ deny }) => deny.directions.includes(direction)),
      );
      const [first] = missing;
      if (first === undefined) return;
      report({
        at: root.at(['metadata', 'name']) ?? root,
        messageId: missing.length === 2 ? 'both' : first,
        data: { name },
        relatedObjects: policyObjects(
          denials.flatMap((denial) => policiesOf(denial, world)),
          'This policy denies the other direction alone.',
        ),
        fixes: [
          {
            title: `Add a default-deny policy for ${missing.join(' and ')}${missing.includes('egress') ? ', and allow DNS' : ''}`,
            applicability: 'review',
            operations: policies(name, missing, world),
          },
        ],
      });
    },
  },
});

function denialsOf({ name, labels }: Resource, world: World): DefaultDenyFact[] {
  return world.facts('default-deny').filter(({ deny, namespace }) => reaches(deny, namespace, name, labels));
}

function policiesOf({ name, namespace }: DefaultDenyFact, world: World): NetworkPolicyFact[] {
  return world.matching('network-policy', 'name', name).filter((policy) => policy.namespace === namespace);
}

function policies(namespace: string, missing: readonly Direction[], world: World): AddDocumentOperation[] {
  const taken = policyNames(namespace, world);
  const policyTypes = missing.map((direction) => (direction === 'ingress' ? 'Ingress' : 'Egress'));
  const deny: AddDocumentOperation = {
    op: 'add-document',
    value: networkPolicy(freeName('default-deny', taken), namespace, { podSelector: {}, policyTypes }),
  };
  if (!missing.includes('egress')) return [deny];
  const dns = networkPolicy(freeName('allow-dns', taken), namespace, {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [DNS_EGRESS],
  });
  return [deny, { op: 'add-document', value: dns }];
}
