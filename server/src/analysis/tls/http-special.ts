import type { Resource } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { World } from '../world.ts';
import { ALB, albGroupOf, albProtocols, redirectsAlbToHttps } from './alb.ts';
import type { HttpFallback } from './http-fallback.ts';
import { hasClassParameters, hasTlsSection } from './ingress-tls.ts';
import {
  isPlainEntryPoint,
  middlewareIdsOf,
  middlewaresIn,
  redirectsToHttps,
  TRAEFIK_ROUTER,
} from './traefik.ts';

const annotation = (key: string): Path => ['metadata', 'annotations', key];

/** An AWS (or Alibaba) load balancer that listens by HTTP, too, and does not redirect. */
export function albFallback(ingress: Resource, world: World): HttpFallback[] {
  if (redirectsAlbToHttps(ingress) || albProtocols(ingress)?.includes('HTTP') !== true) return [];
  // Listeners and certificates may stand in the parameters of the class.
  if (!ingress.annotations.has(`${ALB}listen-ports`) && hasClassParameters(ingress, world)) return [];
  const group = albGroupOf(ingress);
  // One Ingress of a group redirects for all.
  if (group !== undefined) {
    const redirected = world.facts('ingress').some((other) => other.albGroup === group && other.redirectsAlb);
    if (redirected || !world.complete) return [];
  }
  const ports = ingress.root.at(annotation(`${ALB}listen-ports`));
  const close = [
    ...(albProtocols(ingress)?.includes('HTTPS') === true
      ? []
      : [{ path: at(ingress, `${ALB}listen-ports`), value: '[{"HTTP": 80}, {"HTTPS": 443}]' }]),
    { path: at(ingress, `${ALB}ssl-redirect`), value: '443' },
  ];
  const base = { product: 'AWS Load Balancer Controller', setting: `${ALB}ssl-redirect`, close };
  return ports === undefined
    ? [{ ...base, because: 'default', at: ingress.root, missing: annotation(`${ALB}ssl-redirect`) }]
    : [{ ...base, because: 'on', at: ports }];
}

/**
 * Google's load balancer answers plain HTTP beside HTTPS unless it is told not to, by annotation or by a FrontendConfig that redirects.
 *
 * Source: https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#https_redirect and
 * https://cloud.google.com/kubernetes-engine/docs/concepts/ingress-xlb#disable_http
 */
export function gkeFallback(ingress: Resource, world: World): HttpFallback[] {
  const key = 'kubernetes.io/ingress.allow-http';
  if (/^false$/i.test(ingress.annotations.get(key) ?? '')) return [];
  const configName =
    ingress.annotations.get('networking.gke.io/v1beta1.FrontendConfig') ??
    ingress.annotations.get('networking.gke.io/v1.FrontendConfig');
  const config =
    configName === undefined
      ? undefined
      : world
          .facts('redirect')
          .find(
            ({ kind, name, namespace }) =>
              kind === 'FrontendConfig' && name === configName && namespace === ingress.namespace,
          );
  if (configName !== undefined && config?.toHttps !== false) return [];
  const path = annotation(key);
  const value = ingress.root.at(path);
  const base = {
    product: 'Google Kubernetes Engine',
    setting: key,
    close: [{ path: at(ingress, key), value: 'false' }],
    idle: config === undefined ? [] : [config],
  };
  return value === undefined
    ? [{ ...base, because: 'default', at: ingress.root, missing: path }]
    : [{ ...base, because: 'on', at: value }];
}

/** A router on the plain entry point that is neither TLS nor a redirect. Certificates in `spec.tls` do not make a router speak TLS. */
export function traefikFallback(ingress: Resource, world: World): HttpFallback[] {
  const { annotations } = ingress;
  const entryPoints = ingress.root.at(annotation(`${TRAEFIK_ROUTER}entrypoints`));
  if (entryPoints?.text?.split(',').some(isPlainEntryPoint) !== true) return [];
  const speaksTls = [...annotations].some(
    ([key, value]) => key.startsWith(`${TRAEFIK_ROUTER}tls`) && !/^false$/i.test(value),
  );
  if (speaksTls) return [];
  const middlewares = middlewareIdsOf(annotations.get(`${TRAEFIK_ROUTER}middlewares`));
  if (redirectsToHttps(middlewares, world) !== false) return [];
  const close = hasTlsSection(ingress)
    ? [
        { path: at(ingress, `${TRAEFIK_ROUTER}entrypoints`), value: 'websecure' },
        { path: at(ingress, `${TRAEFIK_ROUTER}tls`), value: 'true' },
      ]
    : [];
  const setting = `${TRAEFIK_ROUTER}entrypoints`;
  const idle = middlewaresIn(middlewares, world);
  return [{ product: 'Traefik', because: 'on', at: entryPoints, setting, close, idle }];
}

function at(ingress: Resource, key: string): Path {
  return [...ingress.root.path, ...annotation(key)];
}
