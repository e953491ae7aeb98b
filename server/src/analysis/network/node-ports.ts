import type { Resource } from '../../kubernetes/resource.ts';
import { ALB } from '../tls/alb.ts';
import type { IngressFact } from '../tls/facts.ts';
import type { World } from '../world.ts';

/** Annotations by which a Service speaks to the load balancer of GKE. */
export const GKE_MARKS: readonly string[] = [
  'cloud.google.com/neg',
  'cloud.google.com/backend-config',
  'beta.cloud.google.com/backend-config',
  'cloud.google.com/app-protocols',
];

/** Whose load balancer connects to node ports, and the Ingress that has it do so, where one does. */
interface NodePortCaller {
  readonly whose: 'alb' | 'gke' | 'unknown';
  readonly ingress?: IngressFact;
}

/**
 * Whose load balancer is there to connect to the node ports of a Service, on behalf of an Ingress: by the Service's own annotations, or by the Ingresses that
 * name it. Undefined when nobody is known.
 */
export function nodePortCaller(service: Resource, world: World): NodePortCaller | undefined {
  const keys = [...service.annotations.keys()];
  if (keys.some((key) => key.startsWith(ALB))) return { whose: 'alb' };
  if (GKE_MARKS.some((mark) => service.annotations.has(mark))) return { whose: 'gke' };
  const ingress = world
    .facts('ingress')
    .find(
      ({ namespace, backends, nodePorts }) =>
        nodePorts !== undefined &&
        (namespace === undefined || service.namespace === undefined || namespace === service.namespace) &&
        backends.some(({ name }) => name === service.name),
    );
  return ingress?.nodePorts && { whose: ingress.nodePorts, ingress };
}
