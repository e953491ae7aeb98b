import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import type { Origin } from '../origin.ts';

/** The API group of the files that kube-apiserver reads at its start. */
export const API_SERVER_CONFIGURATION = 'apiserver.config.k8s.io';

/** Which requests without a credential an AuthenticationConfiguration lets in; `unset` leaves it to the flag `--anonymous-auth`. */
export type AnonymousAccess = 'unset' | 'none' | 'harmless' | 'wide';

/** What an AuthenticationConfiguration decides for the API server that names its file. */
export interface AuthenticationFact extends Origin {
  readonly type: 'authentication-configuration';
  readonly anonymous: AnonymousAccess;
  /** Whether it trusts the tokens of an identity provider. */
  readonly hasIssuer: boolean;
}

export function isAuthenticationConfiguration({ group, kind }: Resource): boolean {
  return group === API_SERVER_CONFIGURATION && kind === 'AuthenticationConfiguration';
}

export function authenticationFactOf(resource: Resource, origin: Origin): AuthenticationFact | undefined {
  if (!isAuthenticationConfiguration(resource)) return undefined;
  const hasIssuer = (resource.root.get('jwt')?.items.length ?? 0) > 0;
  return {
    type: 'authentication-configuration',
    ...origin,
    anonymous: anonymousAccessOf(resource),
    hasIssuer,
  };
}

/**
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-authenticator-configuration; without conditions,
 * requests for any path are let in.
 */
export function anonymousAccessOf({ root }: Resource): AnonymousAccess {
  const anonymous = root.get('anonymous');
  if (anonymous === undefined || anonymous.isNull) return 'unset';
  // What is not to be told is taken as harmless.
  const enabled = anonymous.get('enabled');
  if (enabled === undefined || enabled.boolean === false) return 'none';
  if (enabled.boolean !== true) return 'harmless';
  const conditions = conditionsOf(anonymous);
  return conditions.length === 0 || conditions.some((condition) => !isForEverybody(condition))
    ? 'wide'
    : 'harmless';
}

export function conditionsOf(anonymous: Value): readonly Value[] {
  return anonymous.get('conditions')?.items ?? [];
}

/**
 * Paths that say nothing of objects and are meant for everybody: health, version, and the discovery of issuers and of clusters that
 * nodes join.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles (system:public-info-viewer),
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery,
 * https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/#create-the-public-cluster-info-configmap
 */
const FOR_EVERYBODY =
  /^\/(?:(?:livez|readyz|healthz)(?:\/.*)?|version\/?|\.well-known\/openid-configuration|openid\/v1\/jwks|api\/v1\/namespaces\/kube-public\/configmaps\/cluster-info)$/;

/** Whether a condition only lets in requests that tell nobody anything; one whose path is not to be told counts as such. */
export function isForEverybody(condition: Value): boolean {
  const path = condition.get('path')?.text;
  return path === undefined || !path.startsWith('/') || FOR_EVERYBODY.test(path);
}
