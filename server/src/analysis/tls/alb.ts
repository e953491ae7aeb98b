import type { Resource } from '../../kubernetes/resource.ts';

/*
 * Ingresses of the AWS Load Balancer Controller, and of Alibaba's ALB, which took over its annotations.
 *
 * Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/ (listen-ports, certificate-arn,
 * ssl-redirect, actions, group.name).
 */

export const ALB = 'alb.ingress.kubernetes.io/';

/** What the JSON of an action says that redirects to HTTPS. */
export const HTTPS_REDIRECT: readonly RegExp[] = [/"type"\s*:\s*"redirect"/i, /"protocol"\s*:\s*"HTTPS"/i];

/** The protocols that the load balancer listens with; undefined when the annotation cannot be read. */
export function albProtocols(ingress: Resource): readonly string[] | undefined {
  const ports = ingress.annotations.get(`${ALB}listen-ports`);
  // Without the annotation the certificate decides between HTTPS on 443 and HTTP on 80.
  if (ports === undefined) return [ingress.annotations.has(`${ALB}certificate-arn`) ? 'HTTPS' : 'HTTP'];
  const listed = jsonOf(ports);
  if (!Array.isArray(listed)) return undefined;
  return listed.flatMap((port: unknown) =>
    typeof port === 'object' && port !== null ? Object.keys(port) : [],
  );
}

/** Whether the load balancer answers plain HTTP with a redirect, by the annotation or by a redirecting action that a path uses. */
export function redirectsAlbToHttps(ingress: Resource): boolean {
  const redirect = ingress.annotations.get(`${ALB}ssl-redirect`);
  if (redirect !== undefined) return redirect !== 'false' && redirect !== '';
  return [...ingress.annotations].some(
    ([key, value]) =>
      key.startsWith(`${ALB}actions.`) &&
      isHttpsRedirect(value) &&
      usesBackend(ingress, key.slice(`${ALB}actions.`.length)),
  );
}

export function albGroupOf(ingress: Resource): string | undefined {
  return ingress.annotations.get(`${ALB}group.name`);
}

function isHttpsRedirect(action: string): boolean {
  return HTTPS_REDIRECT.every((part) => part.test(action));
}

/** Whether a rule or the default backend names the action as its service. */
function usesBackend({ spec }: Resource, action: string): boolean {
  const paths = (spec?.get('rules')?.items ?? []).flatMap((rule) => rule.at(['http', 'paths'])?.items ?? []);
  const backends = [
    ...paths.map((path) => path.get('backend')),
    spec?.get('defaultBackend'),
    spec?.get('backend'),
  ];
  return backends.some(
    (backend) =>
      backend?.at(['service', 'name'])?.text === action || backend?.get('serviceName')?.text === action,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
