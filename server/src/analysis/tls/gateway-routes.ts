import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import type { Origin } from '../origin.ts';
import type { World } from '../world.ts';
import type { ServicePortReference } from './ingress-backends.ts';

/*
 * Routes of the Gateway API and the listeners that they attach to.
 *
 * Source: https://gateway-api.sigs.k8s.io/reference/spec/ (ParentReference, HTTPRequestRedirectFilter) and
 * https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/#http-to-https-redirects
 */

export const GATEWAY_API = 'gateway.networking.k8s.io';

const ROUTES: ReadonlySet<string> = new Set(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute']);

interface ParentReference {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly sectionName: string | undefined;
  readonly port: number | undefined;
}

export interface GatewayRouteFact extends Origin {
  readonly type: 'gateway-route';
  readonly kind: string;
  readonly parents: readonly ParentReference[];
  /** Every rule answers with a redirect to https. */
  readonly onlyRedirects: boolean;
  /** The Services that it leads to; those that name no namespace are in its own. */
  readonly backends: readonly ServicePortReference[];
}

export function gatewayRouteFactOf(route: Resource, origin: Origin): GatewayRouteFact | undefined {
  if (route.group !== GATEWAY_API || !ROUTES.has(route.kind)) return undefined;
  const rules = route.spec?.get('rules')?.items ?? [];
  return {
    type: 'gateway-route',
    kind: route.kind,
    ...origin,
    parents: (route.spec?.get('parentRefs')?.items ?? []).map((parent) => parentOf(parent, origin.namespace)),
    onlyRedirects: rules.length > 0 && rules.every(redirectsToHttps),
    backends: rules.flatMap((rule) => (rule.get('backendRefs')?.items ?? []).flatMap(backendOf)),
  };
}

function backendOf(backend: Value): ServicePortReference[] {
  const name = backend.get('name')?.text;
  if (name === undefined || (backend.get('kind')?.text ?? 'Service') !== 'Service') return [];
  return [{ name, namespace: backend.get('namespace')?.text, port: backend.get('port')?.text }];
}

function parentOf(parent: Value, namespace: string | undefined): ParentReference {
  return {
    name: parent.get('name')?.text ?? '',
    namespace: parent.get('namespace')?.text ?? namespace,
    sectionName: parent.get('sectionName')?.text,
    port: parent.get('port')?.number,
  };
}

function redirectsToHttps(rule: Value): boolean {
  return (rule.get('filters')?.items ?? []).some(
    (filter) =>
      filter.get('type')?.text === 'RequestRedirect' &&
      filter.at(['requestRedirect', 'scheme'])?.text === 'https',
  );
}

/** The routes that name a listener of a Gateway, or the Gateway as a whole. Where no namespace is written, any may be meant. */
export function routesOf(gateway: Resource, listener: Value, world: World): GatewayRouteFact[] {
  return world
    .facts('gateway-route')
    .filter(({ parents }) =>
      parents.some(
        ({ name, namespace, sectionName, port }) =>
          name === gateway.name &&
          (namespace === undefined || gateway.namespace === undefined || namespace === gateway.namespace) &&
          (sectionName === undefined || sectionName === listener.get('name')?.text) &&
          (port === undefined || port === listener.get('port')?.number),
      ),
    );
}
