import { bindingOf, describeSubject, subjectsOf } from '../../analysis/rbac/bindings.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { remove, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Roles of every cluster that read and change all that is in a namespace; bound to the cluster, in all namespaces. */
const BROAD_ROLES = new Set(['admin', 'edit']);

/**
 * A binding to `cluster-admin`, to the group `system:masters`, or of `admin` or `edit` for the whole cluster.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export const rbacClusterAdmin = defineRule({
  id: 'rbac-cluster-admin',
  meta: {
    title: 'Binding to cluster administration',
    safeguard: 'access-control',
    rationale:
      'cluster-admin can read and change everything, audit settings included, and system:masters cannot even be taken away by RBAC. Nobody needs all ePHI of all services for their daily work.',
    remediation: 'Bind a role with the permissions that are needed, in the namespace where they are needed.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)', '164.502(b)'],
      nist: ['AC-2', 'AC-6'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.1, 5.1.7',
      urls: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      clusterAdmin:
        '{kind} "{name}" gives {subjects} all permissions {reach}, all ePHI included. Bind a role with what is needed.',
      broadRole:
        'ClusterRoleBinding "{name}" lets {subjects} change everything in every namespace. Bind "{role}" in the namespaces that need it.',
      masters: 'Group system:masters passes every access check and cannot be restricted. Bind another group.',
    },
  },
  resource: {
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    check(resource, { report }) {
      const binding = bindingOf(resource);
      const roleName = resource.root.at(['roleRef', 'name']);
      if (binding === undefined || binding.roleKind !== 'ClusterRole') return;
      const masters = subjectsOf(resource).find(
        ({ kind, name }) => kind === 'Group' && name === 'system:masters',
      );
      // The binding that every cluster is born with.
      if (resource.name === 'cluster-admin' && masters !== undefined) return;
      if (masters !== undefined) {
        report({
          at: masters.value.get('name') ?? masters.value,
          messageId: 'masters',
          fixes: [removeSubject(masters.value)],
        });
      }
      const isClusterWide = binding.kind === 'ClusterRoleBinding';
      const isBroad = isClusterWide && BROAD_ROLES.has(binding.roleName);
      if (roleName === undefined || !(binding.roleName === 'cluster-admin' || isBroad)) return;
      report({
        at: roleName,
        messageId: isBroad ? 'broadRole' : 'clusterAdmin',
        data: {
          kind: binding.kind,
          name: resource.name,
          role: binding.roleName,
          subjects: binding.subjects.map(describeSubject).join(', ') || 'its subjects',
          reach: isClusterWide ? 'in the whole cluster' : 'in its namespace',
        },
        fixes: narrower(resource),
      });
    },
  },
});

function removeSubject(subject: Value): Fix {
  return { title: 'Remove system:masters', applicability: 'review', operations: [remove(subject.path)] };
}

/** Rewrites to a RoleBinding in the one namespace that the subjects come from; a namespace is never guessed. */
function narrower(resource: Resource): Fix[] {
  const namespaces = new Set(subjectsOf(resource).map(({ namespace }) => namespace));
  const [namespace] = namespaces;
  const isNamespaced = resource.kind === 'RoleBinding';
  if (!isNamespaced && (namespaces.size !== 1 || namespace === undefined)) return [];
  const path = (...keys: string[]) => [...resource.root.path, ...keys];
  return ['edit', 'view'].map((role) => ({
    title: isNamespaced ? `Bind "${role}" instead` : `Bind "${role}" in namespace "${namespace}" only`,
    applicability: 'review' as const,
    operations: [
      ...(isNamespaced
        ? []
        : [set(path('kind'), 'RoleBinding'), set(path('metadata', 'namespace'), namespace ?? '')]),
      set(path('roleRef', 'name'), role),
    ],
  }));
}
