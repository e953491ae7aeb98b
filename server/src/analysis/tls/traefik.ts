import type { World } from '../world.ts';
import type { RedirectFact } from './facts.ts';

/*
 * Routers of Traefik.
 *
 * Source: https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/ (router.* annotations, TLS on the entry point)
 * and https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/, RedirectScheme middleware.
 */

export const TRAEFIK_ROUTER = 'traefik.ingress.kubernetes.io/router.';

/** Entry points for plain HTTP, as the documentation and the Helm chart name them. */
export const PLAIN_ENTRY_POINTS: ReadonlySet<string> = new Set(['web', 'http']);

export function isPlainEntryPoint(name: string): boolean {
  return PLAIN_ENTRY_POINTS.has(name.trim());
}

/** What middlewares that redirect are usually called. */
export const NAMED_AS_REDIRECT = /redirect|https/i;

/** The name under which Traefik knows a middleware of Kubernetes. */
export function middlewareId(name: string, namespace: string | undefined): string {
  return `${namespace ?? 'default'}-${name}`;
}

/** Reads `default-redirect@kubernetescrd,auth@file`. */
export function middlewareIdsOf(annotation: string | undefined): string[] {
  return (annotation ?? '')
    .split(',')
    .map((item) => item.trim().replace(/@.*$/, ''))
    .filter((id) => id !== '');
}

/** The middlewares among these that are in view. */
export function middlewaresIn(ids: readonly string[], world: World): RedirectFact[] {
  const middlewares = world.facts('redirect').filter(({ kind }) => kind === 'Middleware');
  return ids.flatMap(
    (id) => middlewares.find(({ name, namespace }) => middlewareId(name, namespace) === id) ?? [],
  );
}

/**
 * Whether one of a router's middlewares redirects to HTTPS. Undefined when that cannot be known, since one of them is not in view.
 */
export function redirectsToHttps(middlewareIds: readonly string[], world: World): boolean | undefined {
  const verdicts = middlewareIds.map((id) => {
    const [known] = middlewaresIn([id], world);
    // A middleware that is defined elsewhere is taken at its word.
    return known?.toHttps ?? (NAMED_AS_REDIRECT.test(id) ? true : undefined);
  });
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}
