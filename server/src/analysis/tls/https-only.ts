import type { Resource } from '../../kubernetes/resource.ts';
import { ALB } from './alb.ts';
import { INGRESS_ANNOTATIONS } from './http-annotations.ts';
import type { ControllerId } from './ingress-controllers.ts';
import { TRAEFIK_ROUTER } from './traefik.ts';

/** What a controller needs besides `spec.tls` to serve an Ingress by HTTPS alone; the others redirect by themselves. */
const NEEDED: Partial<Record<ControllerId, Readonly<Record<string, string>>>> = {
  // Certificates are found by the hosts. Source: listen-ports and certificate discovery of the AWS Load Balancer Controller.
  alb: { [`${ALB}listen-ports`]: '[{"HTTP": 80}, {"HTTPS": 443}]', [`${ALB}ssl-redirect`]: '443' },
  gke: { 'kubernetes.io/ingress.allow-http': 'false' },
  traefik: { [`${TRAEFIK_ROUTER}entrypoints`]: 'websecure', [`${TRAEFIK_ROUTER}tls`]: 'true' },
  contour: { 'ingress.kubernetes.io/force-ssl-redirect': 'true' },
  kong: { 'konghq.com/protocols': 'https' },
  agic: { 'appgw.ingress.kubernetes.io/ssl-redirect': 'true' },
};

/** The annotations that an Ingress needs, or has with another value, so that its controller answers by HTTPS alone. */
export function httpsOnlyAnnotations(
  ingress: Resource,
  controller: ControllerId | undefined,
): Readonly<Record<string, string>> {
  const opened = INGRESS_ANNOTATIONS.filter(({ key, open }) => open.test(ingress.annotations.get(key) ?? ''));
  return {
    ...Object.fromEntries(opened.map(({ key, secure }) => [key, secure])),
    ...(controller === undefined ? {} : NEEDED[controller]),
  };
}
