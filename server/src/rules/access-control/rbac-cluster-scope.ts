import { bindingOf, describeSubject } from '../../analysis/rbac/bindings.ts';
import { needsNamespacesOnly } from '../../analysis/rbac/cluster-scoped.ts';
import { effectiveRules } from '../../analysis/rbac/grants.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { set } from '../../syntax/edit/operations.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

/** How many namespaces are offered as alternatives. */
const OFFERED_NAMESPACES = 4;

/**
 * A ClusterRoleBinding of people to a role that needs no cluster-wide objects.
 *
 * Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
 */
export const rbacClusterScope = defineRule({
  id: 'rbac-cluster-scope',
  meta: {
    title: 'Cluster-wide binding of a namespaced role',
    safeguard: 'access-control',
    rationale:
      'The role only concerns objects of namespaces, yet the binding grants it in all of them, present and future. People then see ePHI of services that are not theirs.',
    remediation: 'Bind the role with a RoleBinding in each namespace where it is needed.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)', '164.502(b)'],
      nist: ['AC-3', 'AC-6'],
      urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      clusterWide:
        'Role "{role}" is granted to {subjects} in every namespace, those with ePHI included, though it is about objects of namespaces. Use a RoleBinding.',
    },
  },
  resource: {
    kinds: ['ClusterRoleBinding'],
    check(resource, { report, world }) {
      const binding = bindingOf(resource);
      if (binding === undefined || binding.subjects.length === 0) return;
      const arePeople = binding.subjects.every(
        ({ kind, name }) => (kind === 'User' || kind === 'Group') && !name.startsWith('system:'),
      );
      if (!arePeople || !isNamespacedRole(binding.roleName, world)) return;
      report({
        at: resource.root.get('kind') ?? resource.root,
        messageId: 'clusterWide',
        data: { subjects: binding.subjects.map(describeSubject).join(', '), role: binding.roleName },
        relatedObjects: [
          objectOf({ kind: 'ClusterRole', name: binding.roleName, namespace: undefined }, 'The role.'),
        ],
        fixes: namespacedBindings(resource, world),
      });
    },
  },
});

function isNamespacedRole(name: string, world: World): boolean {
  const fact = world
    .facts('role')
    .find((candidate) => candidate.role.kind === 'ClusterRole' && candidate.name === name);
  // The default role `view` reads objects of namespaces alone; `admin` and `edit` are another rule's finding.
  if (fact === undefined) return name === 'view';
  return needsNamespacesOnly(effectiveRules(fact.role, world));
}

function namespacedBindings(resource: Resource, world: World): Fix[] {
  const namespaces = world.facts('namespace').slice(0, OFFERED_NAMESPACES);
  return namespaces.map(({ name }) => ({
    title: `Bind in namespace "${name}" only`,
    applicability: 'review',
    operations: [
      set([...resource.root.path, 'kind'], 'RoleBinding'),
      set([...resource.root.path, 'metadata', 'namespace'], name),
    ],
  }));
}
