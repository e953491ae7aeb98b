import { isWorkload } from './pods.ts';
import type { Resource } from './resource.ts';

/**
 * Resources without the workloads that a controller has made from another one among them: the ReplicaSets and Pods of a Deployment in an export of a
 * cluster, say. They repeat their owner, and nobody edits them.
 *
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/
 */
export function withoutOwned(resources: readonly Resource[]): Resource[] {
  const workloads = new Set(resources.filter(isWorkload).map(nameOf));
  return resources.filter((resource) => !isWorkload(resource) || !workloads.has(ownerOf(resource) ?? ''));
}

function nameOf({ group, kind, namespace = '', name }: Resource): string {
  return `${group}/${kind} ${namespace}/${name}`;
}

/** The controller of an object; undefined when it has none. */
function ownerOf({ metadata, namespace = '' }: Resource): string | undefined {
  const owners = metadata?.get('ownerReferences')?.items ?? [];
  const owner = owners.find((candidate) => candidate.get('controller')?.boolean === true);
  if (owner === undefined) return undefined;
  const [group = '', version] = (owner.get('apiVersion')?.text ?? '').split('/');
  return `${version === undefined ? '' : group}/${owner.get('kind')?.text} ${namespace}/${owner.get('name')?.text}`;
}
