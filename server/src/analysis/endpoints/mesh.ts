import type { Resource } from '../../kubernetes/resource.ts';
import type { World } from '../world.ts';

/**
 * Whether mutual TLS of a service mesh is known to carry the connections from a resource to a host of the cluster.
 *
 * The one place where endpoints ask about meshes: as long as no document yields facts about them, nothing is known, and the answer is no.
 */
export function meshProtects(_host: string, _resource: Resource, _world: World): boolean {
  return false;
}
