/**
 * What the ClusterRoles grant that every cluster has for people, in words.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export const BUILT_IN_ROLES: ReadonlyMap<string, string> = new Map([
  ['cluster-admin', '*: *'],
  ['admin', 'built in: read and write most objects, Secrets, roles and bindings included'],
  ['edit', 'built in: read and write most objects, Secrets included, but no roles and bindings'],
  ['view', 'built in: read most objects, but no Secrets, roles and bindings'],
]);
