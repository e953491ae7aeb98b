import { bindingOf, subjectsOf } from '../../analysis/rbac/bindings.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/** Names that stand for everybody, and who that is. */
export const EVERYBODY: ReadonlyMap<string, string> = new Map([
  ['User system:anonymous', 'everyone on the network, without any credential'],
  ['Group system:unauthenticated', 'everyone on the network, without any credential'],
  ['Group system:authenticated', 'everyone who has any credential of the cluster'],
  ['Group system:serviceaccounts', 'every pod of every namespace'],
]);

/**
 * Roles that Kubernetes itself binds to everybody: discovery and health, no data.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles
 */
export const DISCOVERY_ROLES = new Set([
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
]);

/** A binding whose subject is nobody in particular. */
export const rbacAnonymousSubject = defineRule({
  id: 'rbac-anonymous-subject',
  meta: {
    title: 'Binding to everybody',
    safeguard: 'access-control',
    rationale:
      'These names stand for everybody, so an access to ePHI can be neither withheld from anyone nor traced to a person. Entity authentication and unique user identification both come to nothing.',
    remediation: 'Bind the users, groups or ServiceAccounts that need the role by name.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(a)(2)(i)', '164.312(d)'],
      nist: ['AC-3', 'AC-14', 'IA-2'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.1',
      urls: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      everybody: '{subject} is {who}; role "{role}" would be theirs. Bind those who need it by name.',
    },
  },
  resource: {
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    check(resource, { report }) {
      const binding = bindingOf(resource);
      if (binding === undefined || DISCOVERY_ROLES.has(binding.roleName)) return;
      for (const { value, kind, name } of subjectsOf(resource).reverse()) {
        const who = EVERYBODY.get(`${kind} ${name}`);
        if (who === undefined) continue;
        report({
          at: value.get('name') ?? value,
          messageId: 'everybody',
          data: { subject: name, who, role: binding.roleName },
          fixes: [{ title: 'Remove the subject', applicability: 'review', operations: [remove(value.path)] }],
        });
      }
    },
  },
});
