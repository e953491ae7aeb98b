import { describeHolders, describeReach } from '../../analysis/rbac/grants.ts';
import { type LocatedPolicyRule, policyRulesOf } from '../../analysis/rbac/roles.ts';
import { remove } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { holdersOf } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * Resources that let a person into running pods, with the verbs that open them. Streams over WebSockets come as GET, so `get` opens exec, attach and
 * port-forward in releases before 1.35 as `create` does.
 *
 * Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
export const DOORS: ReadonlyMap<string, readonly string[]> = new Map([
  ['pods/exec', ['create', 'get', '*']],
  ['pods/attach', ['create', 'get', '*']],
  ['pods/portforward', ['create', 'get', '*']],
  ['pods/ephemeralcontainers', ['update', 'patch', '*']],
  ['nodes/proxy', ['create', 'get', '*']],
  ['*/exec', ['create', 'get', '*']],
  ['*/attach', ['create', 'get', '*']],
  ['*/portforward', ['create', 'get', '*']],
  ['*/proxy', ['create', 'get', '*']],
]);

/** A role that opens running pods: whoever is inside sees what the program sees. */
export const rbacPodExec = defineRule({
  id: 'rbac-pod-exec',
  meta: {
    title: 'Role that enters running pods',
    safeguard: 'access-control',
    rationale:
      'Whoever can exec, attach or forward ports into a pod sees its memory, files and connections as the program does. ePHI is then read outside the application, which would have checked and recorded the access.',
    remediation: 'Remove the resource; grant it for a limited time where an emergency asks for it.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)'],
      nist: ['AC-3', 'AC-6'],
      urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks'],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      enters:
        'With {resource}, {holders} can get into pods {reach} and see their ePHI past the application. Remove it.',
    },
  },
  resource: {
    kinds: ['Role', 'ClusterRole'],
    check(role, { report, world }) {
      for (const rule of policyRulesOf(role)) {
        const items = rule.value.get('resources')?.items ?? [];
        const doors = items.filter((item) => opens(rule, item, role.kind));
        const [first] = doors;
        if (first === undefined) continue;
        const resource = doors.map((item) => item.text).join(', ');
        const data = { resource, holders: describeHolders(role, world), reach: describeReach(role, world) };
        report({
          at: first,
          messageId: 'enters',
          data,
          relatedObjects: holdersOf(role, world),
          fixes: [removeResources(rule, doors, items.length)],
        });
      }
    },
  },
});

function opens(rule: LocatedPolicyRule, resource: Value, kind: string): boolean {
  // Nodes belong to no namespace, so a Role cannot grant them.
  if (kind === 'Role' && resource.text === 'nodes/proxy') return false;
  const verbs = DOORS.get(resource.text ?? '');
  const isCore = rule.apiGroups.includes('') || rule.apiGroups.includes('*');
  return isCore && verbs !== undefined && rule.verbs.some((verb) => verbs.includes(verb));
}

function removeResources(rule: LocatedPolicyRule, doors: readonly Value[], count: number): Fix {
  const operations =
    doors.length === count ? [remove(rule.value.path)] : doors.map((door) => remove(door.path)).reverse();
  return {
    title: doors.length === count ? 'Remove the rule' : 'Remove the resource',
    applicability: 'review',
    operations,
  };
}
