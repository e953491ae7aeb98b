import type { PolicyRule } from './roles.ts';

/**
 * Groups of which every type belongs to namespaces, with the few exceptions named. Types of other groups are not known, so nothing is said
 * of roles that name them.
 *
 * Source: `kubectl api-resources --namespaced=true` of Kubernetes 1.36.
 */
export const NAMESPACED_GROUPS = new Set([
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'events.k8s.io',
  'discovery.k8s.io',
  'coordination.k8s.io',
]);
export const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'namespaces',
  'nodes',
  'persistentvolumes',
  'componentstatuses',
  'podsecuritypolicies',
]);
export const NAMESPACED_OF_NETWORKING = new Set(['ingresses', 'networkpolicies']);
export const NAMESPACED_OF_RBAC = new Set(['roles', 'rolebindings']);

/** Whether rules only concern objects that belong to namespaces; false when in doubt. */
export function needsNamespacesOnly(rules: readonly PolicyRule[]): boolean {
  return (
    rules.length > 0 &&
    rules.every(
      (rule) =>
        rule.nonResourceURLs.length === 0 && rule.apiGroups.every((group) => concernsNamespaces(group, rule)),
    )
  );
}

function concernsNamespaces(group: string, { resources }: PolicyRule): boolean {
  const types = resources.map((resource) => resource.split('/')[0] ?? '');
  if (types.includes('*')) return false;
  if (group === '' || NAMESPACED_GROUPS.has(group)) return types.every((type) => !CLUSTER_SCOPED.has(type));
  if (group === 'networking.k8s.io') return types.every((type) => NAMESPACED_OF_NETWORKING.has(type));
  if (group === 'rbac.authorization.k8s.io') return types.every((type) => NAMESPACED_OF_RBAC.has(type));
  return false;
}
