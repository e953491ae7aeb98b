import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { API_SERVER_CONFIGURATION } from './authentication.ts';

/** One of the authorizers that the API server asks in turn. */
export interface Authorizer {
  readonly value: Value;
  readonly type: string;
  readonly name: string;
}

const TYPES: ReadonlySet<string> = new Set(['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node']);

/**
 * The authorizers of an AuthorizationConfiguration, in the order in which they are asked: the first that allows or denies decides. Undefined for
 * other resources, and where a type is not to be told, so that nothing can be said of the others either.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#using-configuration-file-for-authorization;
 * kubernetes/apiserver, pkg/apis/apiserver/validation (ValidateAuthorizationConfiguration).
 */
export function authorizersOf({ group, kind, root }: Resource): Authorizer[] | undefined {
  if (group !== API_SERVER_CONFIGURATION || kind !== 'AuthorizationConfiguration') return undefined;
  const authorizers = (root.get('authorizers')?.items ?? []).map((value) => ({
    value,
    type: value.get('type')?.text ?? '',
    name: value.get('name')?.text ?? '',
  }));
  return authorizers.every(({ type }) => TYPES.has(type)) ? authorizers : undefined;
}

/**
 * The policy of a webhook under which a request that it would deny is left to the authorizers behind it, whenever it cannot be asked. Undefined where nobody
 * behind it could allow the request.
 *
 * @param index the webhook's among the authorizers
 */
export function failOpenPolicyOf(authorizers: readonly Authorizer[], index: number): Value | undefined {
  const policy = authorizers[index]?.value.at(['webhook', 'failurePolicy']);
  const isLeftToOthers = authorizers.slice(index + 1).some(({ type }) => type !== 'AlwaysDeny');
  return policy?.text === 'NoOpinion' && isLeftToOthers ? policy : undefined;
}
