import { isWorkload, podOf } from '../kubernetes/pods.ts';
import { type Resource, textsOf } from '../kubernetes/resource.ts';
import { type NetworkPolicySpec, networkPolicySpecOf } from './network-policy.ts';

/** What every fact says of the object that it comes from. */
interface Origin {
  readonly name: string;
  /** As written; undefined where the object names no namespace. */
  readonly namespace: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

export interface NamespaceFact extends Origin {
  readonly type: 'namespace';
}

export interface WorkloadFact extends Origin {
  readonly type: 'workload';
  readonly kind: string;
  readonly podLabels: ReadonlyMap<string, string>;
}

export interface NetworkPolicyFact extends Origin {
  readonly type: 'network-policy';
  readonly spec: NetworkPolicySpec;
}

/**
 * The little that other documents need to know of a resource. Rules across files read facts, never trees, so that the index of a large
 * workspace stays small.
 */
export type Fact = NamespaceFact | WorkloadFact | NetworkPolicyFact;

export function factsOf(resource: Resource): Fact[] {
  const origin = { name: resource.name, namespace: resource.namespace, labels: resource.labels };
  if (resource.kind === 'Namespace' && resource.group === '') return [{ type: 'namespace', ...origin }];
  if (resource.kind === 'NetworkPolicy' && resource.group === 'networking.k8s.io') {
    return [{ type: 'network-policy', ...origin, spec: networkPolicySpecOf(resource) }];
  }
  if (isWorkload(resource)) {
    const podLabels = textsOf(podOf(resource)?.metadata?.get('labels'));
    return [{ type: 'workload', kind: resource.kind, ...origin, podLabels }];
  }
  return [];
}
