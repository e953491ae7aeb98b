import type { Resource } from '../kubernetes/resource.ts';
import { type LabelSelector, labelSelectorOf } from '../kubernetes/selectors.ts';

export type Direction = 'ingress' | 'egress';

/** What a NetworkPolicy decides, as far as other documents need to know it. */
export interface NetworkPolicySpec {
  readonly podSelector: LabelSelector;
  readonly directions: readonly Direction[];
}

/**
 * Reads a NetworkPolicy with the API server's defaults: without `policyTypes` a policy always restricts ingress, and egress when it has
 * egress rules.
 *
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ (policyTypes).
 */
export function networkPolicySpecOf(policy: Resource): NetworkPolicySpec {
  const types = policy.spec?.get('policyTypes')?.items.map((type) => type.string) ?? [];
  const directions: Direction[] = [];
  if (types.length === 0 || types.includes('Ingress')) directions.push('ingress');
  const hasEgressRules = (policy.spec?.get('egress')?.items.length ?? 0) > 0;
  if (types.includes('Egress') || (types.length === 0 && hasEgressRules)) directions.push('egress');
  return { podSelector: labelSelectorOf(policy.spec?.get('podSelector')), directions };
}
