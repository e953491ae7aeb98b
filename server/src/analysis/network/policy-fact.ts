import type { Resource } from '../../kubernetes/resource.ts';
import type { Origin } from '../origin.ts';
import { ADMIN_GROUP, adminPolicySpec } from './admin-policy.ts';
import { calicoPolicySpecs } from './calico-policy.ts';
import { ciliumPolicySpecs } from './cilium-policy.ts';
import { kubernetesPolicySpec } from './kubernetes-policy.ts';
import type { NetworkPolicyFact, PolicySpec } from './policy.ts';

/** What a policy of any kind decides; undefined for other resources. */
export function networkPolicyFactOf(resource: Resource, origin: Origin): NetworkPolicyFact | undefined {
  const specs = policySpecsOf(resource);
  return specs.length === 0 ? undefined : { type: 'network-policy', ...origin, kind: resource.kind, specs };
}

export function policySpecsOf(resource: Resource): PolicySpec[] {
  switch (resource.group) {
    case 'networking.k8s.io':
      return resource.kind === 'NetworkPolicy' ? [kubernetesPolicySpec(resource)] : [];
    case ADMIN_GROUP:
      return [adminPolicySpec(resource)].filter((spec) => spec !== undefined);
    case 'cilium.io':
      return ciliumPolicySpecs(resource);
    case 'projectcalico.org':
    case 'crd.projectcalico.org':
      return calicoPolicySpecs(resource);
    default:
      return [];
  }
}
