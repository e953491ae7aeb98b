import type { Resource } from '../../kubernetes/resource.ts';
import type { World } from '../world.ts';
import { ALB, albProtocols } from './alb.ts';
import { type ControllerId, classOf, controllerOf } from './ingress-controllers.ts';
import { isPlainEntryPoint, middlewareIdsOf, redirectsToHttps, TRAEFIK_ROUTER } from './traefik.ts';

/** Annotations whose presence alone brings a certificate. */
export const CERTIFICATES: readonly string[] = [
  'networking.gke.io/managed-certificates',
  'networking.gke.io/certmap',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
  `${TRAEFIK_ROUTER}tls.certresolver`,
  `${TRAEFIK_ROUTER}tls.options`,
];

/** Annotations with values under which the connection is encrypted up to the pods, or TLS is on. */
export const ENCRYPTED: readonly (readonly [string, RegExp])[] = [
  [`${TRAEFIK_ROUTER}tls`, /^true$/i],
  ['nginx.ingress.kubernetes.io/ssl-passthrough', /^true$/i],
  ['haproxy.org/ssl-passthrough', /^true$/i],
  ['haproxy-ingress.github.io/ssl-passthrough', /^true$/i],
  ['ingress.cilium.io/tls-passthrough', /^(?:enabled|true)$/i],
  ['route.openshift.io/termination', /^(?:passthrough|reencrypt)$/i],
  // Nothing answers in clear text.
  ['kubernetes.io/ingress.allow-http', /^false$/i],
  ['konghq.com/protocols', /^(?:https|grpcs)(?:\s*,\s*(?:https|grpcs))*$/i],
];

/** Ingresses that are a part of another one, which brings the certificate. */
export const PARTS: readonly (readonly [string, RegExp])[] = [
  ['nginx.ingress.kubernetes.io/canary', /^true$/i],
  ['nginx.org/mergeable-ingress-type', /^minion$/i],
];

/** Whether an Ingress says in its controller's own way, instead of in `spec.tls`, that clients reach it by TLS. */
export function isEncryptedWithoutSpec(ingress: Resource, world: World): boolean {
  const { annotations } = ingress;
  const says = ([key, value]: readonly [string, RegExp]) => value.test(annotations.get(key)?.trim() ?? '');
  if (CERTIFICATES.some((key) => annotations.has(key)) || ENCRYPTED.some(says) || PARTS.some(says))
    return true;
  return byController(ingress, controllerOf(ingress, world), world);
}

function byController(ingress: Resource, controller: ControllerId | undefined, world: World): boolean {
  switch (controller) {
    case 'edge':
      return true;
    case 'alb':
      // A listener for HTTPS finds its certificate by the hosts; the class may bring one, too.
      return (
        albProtocols(ingress)?.includes('HTTP') !== true ||
        albProtocols(ingress)?.includes('HTTPS') === true ||
        (!ingress.annotations.has(`${ALB}listen-ports`) && hasClassParameters(ingress, world))
      );
    case 'traefik':
      return isEncryptedByTraefik(ingress, world);
    case 'ingress-nginx':
      return isCoveredByAnother(ingress, world);
    default:
      return false;
  }
}

/** All entry points are for TLS, whose options then stand in Traefik's own configuration; or the router only redirects. */
function isEncryptedByTraefik({ annotations }: Resource, world: World): boolean {
  const entryPoints = annotations.get(`${TRAEFIK_ROUTER}entrypoints`)?.split(',') ?? [];
  if (entryPoints.length > 0 && !entryPoints.some(isPlainEntryPoint)) return true;
  return redirectsToHttps(middlewareIdsOf(annotations.get(`${TRAEFIK_ROUTER}middlewares`)), world) === true;
}

/** ingress-nginx makes one server a host of all Ingresses that name it: one of them brings the certificate for all. */
function isCoveredByAnother(ingress: Resource, world: World): boolean {
  const hosts = hostsOf(ingress);
  const covered = hostsWithCertificate(ingress, world);
  return hosts.length > 0 && hosts.every((host) => isCoveredBy(host, covered));
}

/** Hosts for which some Ingress of the same class brings a certificate. */
export function hostsWithCertificate(ingress: Resource, world: World): string[] {
  const className = classOf(ingress);
  return world
    .facts('ingress')
    .filter((other) => other.className === className)
    .flatMap(({ tlsHosts }) => tlsHosts);
}

/** Whether one of some names, which may start with a wildcard for one label, is the host's. */
export function isCoveredBy(host: string, names: readonly string[]): boolean {
  const wanted = host.toLowerCase();
  const wildcard = wanted.replace(/^[^.]+/, '*');
  return names.some((name) => name.toLowerCase() === wanted || name.toLowerCase() === wildcard);
}

/**
 * Whether the class of an Ingress brings settings of its own; where the old annotation names it, AWS reads none.
 *
 * Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/ (pkg/ingress/group_loader.go)
 */
export function hasClassParameters({ spec }: Resource, world: World): boolean {
  const className = spec?.get('ingressClassName')?.text;
  return world.facts('ingress-class').some(({ name, hasParameters }) => name === className && hasParameters);
}

/** The hosts of an Ingress's rules, each once. A rule without a host stands for every host and is left out. */
export function hostsOf({ spec }: Resource): string[] {
  const hosts = (spec?.get('rules')?.items ?? []).flatMap((rule) => rule.get('host')?.text ?? []);
  return [...new Set(hosts.filter((host) => host !== ''))];
}

/** Whether `spec.tls` has an entry. */
export function hasTlsSection({ spec }: Resource): boolean {
  return (spec?.get('tls')?.items.length ?? 0) > 0;
}

/** Ingress of any API version: it moved from `extensions` to `networking.k8s.io`. */
export function isIngress({ kind, group }: Resource): boolean {
  return kind === 'Ingress' && (group === 'networking.k8s.io' || group === 'extensions');
}
