import type { Resource } from '../../kubernetes/resource.ts';
import type { Origin } from '../origin.ts';
import { albGroupOf, redirectsAlbToHttps } from './alb.ts';
import { type GatewayRouteFact, gatewayRouteFactOf } from './gateway-routes.ts';
import { backendsOf, nodePortsFor, type ServicePortReference } from './ingress-backends.ts';
import { classOf } from './ingress-controllers.ts';

export interface IngressClassFact extends Origin {
  readonly type: 'ingress-class';
  /** `spec.controller`. */
  readonly controller: string;
  /** Whether settings of the class stand in an object of their own. */
  readonly hasParameters: boolean;
}

export interface IngressFact extends Origin {
  readonly type: 'ingress';
  readonly className: string | undefined;
  /** Hosts for which the Ingress brings a certificate. */
  readonly tlsHosts: readonly string[];
  /** The group whose Ingresses share one AWS load balancer. */
  readonly albGroup: string | undefined;
  readonly redirectsAlb: boolean;
  /** The Services that it leads to, in its own namespace. */
  readonly backends: readonly ServicePortReference[];
  /** The cloud's load balancer connects to node ports of these Services; `unknown` where nothing tells which controller serves the Ingress. */
  readonly nodePorts: 'alb' | 'gke' | 'unknown' | undefined;
}

/** An object that other objects name to have plain HTTP redirected: a Traefik Middleware, a GKE FrontendConfig. */
export interface RedirectFact extends Origin {
  readonly type: 'redirect';
  readonly kind: 'Middleware' | 'FrontendConfig';
  readonly toHttps: boolean;
}

/** An issuer of cert-manager. */
export interface IssuerFact extends Origin {
  readonly type: 'issuer';
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly selfSigned: boolean;
  /** Whether it signs by an authority of its own, which no public rules bind. */
  readonly isPrivate: boolean;
}

/** Kinds of issuers that sign by an authority of their own. */
export const PRIVATE_ISSUERS: readonly string[] = ['ca', 'vault', 'selfSigned'];

export type TlsFact = IngressClassFact | IngressFact | RedirectFact | IssuerFact | GatewayRouteFact;

export function tlsFactsOf(resource: Resource, origin: Origin): TlsFact[] {
  const { group, kind, spec } = resource;
  switch (`${group}/${kind}`) {
    case 'networking.k8s.io/IngressClass':
      return [
        {
          type: 'ingress-class',
          ...origin,
          controller: spec?.get('controller')?.text ?? '',
          hasParameters: spec?.has(['parameters']) === true,
        },
      ];
    case 'networking.k8s.io/Ingress':
    case 'extensions/Ingress':
      return [
        {
          type: 'ingress',
          ...origin,
          className: classOf(resource),
          tlsHosts: tlsHostsOf(resource),
          albGroup: albGroupOf(resource),
          redirectsAlb: redirectsAlbToHttps(resource),
          backends: backendsOf(resource),
          nodePorts: nodePortsFor(resource),
        },
      ];
    case 'traefik.io/Middleware':
    case 'traefik.containo.us/Middleware':
      return [{ type: 'redirect', kind: 'Middleware', ...origin, toHttps: redirectsTraefik(resource) }];
    case 'networking.gke.io/FrontendConfig':
      return [
        {
          type: 'redirect',
          kind: 'FrontendConfig',
          ...origin,
          toHttps: spec?.at(['redirectToHttps', 'enabled'])?.boolean === true,
        },
      ];
    case 'cert-manager.io/Issuer':
    case 'cert-manager.io/ClusterIssuer':
      return [
        {
          type: 'issuer',
          kind: kind === 'Issuer' ? 'Issuer' : 'ClusterIssuer',
          ...origin,
          selfSigned: spec?.has(['selfSigned']) === true,
          isPrivate: PRIVATE_ISSUERS.some((key) => spec?.has([key])),
        },
      ];
    default:
      return [gatewayRouteFactOf(resource, origin)].filter((fact) => fact !== undefined);
  }
}

/** The hosts of all `spec.tls` entries. */
function tlsHostsOf(ingress: Resource): string[] {
  const entries = ingress.spec?.get('tls')?.items ?? [];
  return entries.flatMap((entry) => entry.get('hosts')?.items.flatMap((host) => host.text ?? []) ?? []);
}

/** A RedirectScheme middleware to https, or a RedirectRegex whose replacement says so. */
function redirectsTraefik({ spec }: Resource): boolean {
  return (
    spec?.at(['redirectScheme', 'scheme'])?.text === 'https' ||
    spec?.at(['redirectRegex', 'replacement'])?.text?.startsWith('https://') === true
  );
}
