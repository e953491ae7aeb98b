import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { worldOf } from '../world.ts';
import { ALB } from './alb.ts';
import { classOf, controllerOf } from './ingress-controllers.ts';

/** A port of a Service, as somebody names it. */
export interface ServicePortReference {
  readonly name: string;
  /** Absent: that of the one who names it. */
  readonly namespace: string | undefined;
  /** Number or name; undefined when no port is named. */
  readonly port: string | undefined;
}

/** The Services that an Ingress leads to, in the form of both API groups that it has had. */
export function backendsOf({ spec }: Resource): ServicePortReference[] {
  const paths = (spec?.get('rules')?.items ?? []).flatMap((rule) => rule.at(['http', 'paths'])?.items ?? []);
  const backends = [
    spec?.get('defaultBackend'),
    spec?.get('backend'),
    ...paths.map((path) => path.get('backend')),
  ];
  return backends.flatMap((backend) => (backend === undefined ? [] : (backendOf(backend) ?? [])));
}

function backendOf(backend: Value): ServicePortReference | undefined {
  const name = backend.at(['service', 'name'])?.text ?? backend.get('serviceName')?.text;
  const port =
    backend.at(['service', 'port', 'number'])?.text ??
    backend.at(['service', 'port', 'name'])?.text ??
    backend.get('servicePort')?.text;
  return name === undefined ? undefined : { name, namespace: undefined, port };
}

const NO_WORLD = worldOf([], false);

/**
 * Whose load balancer needs the Services of an Ingress to have node ports. The one of AWS connects to nodes unless its targets are pods (target type `ip`),
 * the one of GKE unless the Service asks for network endpoint groups, which it says itself.
 *
 * Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#target-type and
 * https://cloud.google.com/kubernetes-engine/docs/concepts/ingress#kinds_of_service_as_ingress_backend
 */
export function nodePortsFor(ingress: Resource): 'alb' | 'gke' | 'unknown' | undefined {
  const controller = controllerOf(ingress, NO_WORLD);
  if (controller === 'alb') {
    return ingress.annotations.get(`${ALB}target-type`)?.toLowerCase() === 'ip' ? undefined : 'alb';
  }
  if (controller === 'gke') return 'gke';
  return controller === undefined && classOf(ingress) === undefined ? 'unknown' : undefined;
}
