import type { Resource } from '../../kubernetes/resource.ts';
import { selectsPods } from '../facts.ts';
import { effectiveMtls, isStrictNamespace } from '../mesh/peer-authentication.ts';
import type { World } from '../world.ts';
import { serviceOf } from './hosts.ts';

/**
 * Whether mutual TLS of Istio is known to carry the connections from a resource to a host of the cluster: the pods behind it demand it, so
 * that clients outside of the mesh get no connection at all. Where the Service is not in view, its whole namespace has to demand it.
 */
export function meshProtects(host: string, { namespace: own }: Resource, world: World): boolean {
  const target = serviceOf(host);
  if (target === undefined) return false;
  const namespace = target.namespace ?? own;
  if (namespace === undefined) return false;
  const service = world
    .matching('service', 'name', target.service)
    .find((fact) => fact.namespace === namespace);
  const workloads = world
    .matching('workload', 'namespace', namespace)
    .filter((workload) => service !== undefined && selectsPods(service.selector, workload));
  if (workloads.length === 0) return isStrictNamespace(namespace, world);
  return workloads.every((workload) => {
    const { mode, ports } = effectiveMtls(workload, world);
    return [mode, ...ports.values()].every((demanded) => demanded === 'STRICT');
  });
}
