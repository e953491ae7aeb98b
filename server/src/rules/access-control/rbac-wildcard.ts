import { describeHolders } from '../../analysis/rbac/grants.ts';
import { type LocatedPolicyRule, policyRulesOf, wordIn } from '../../analysis/rbac/roles.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

const STAR = new Set(['*']);

/** Lists of a rule in the order in which a star in them weighs. */
const LISTS = [
  ['verbs', 'every verb'],
  ['resources', 'every resource'],
  ['apiGroups', 'every API group'],
  ['nonResourceURLs', 'every path'],
] as const;

/**
 * A star among the verbs, resources or API groups of a role: also everything that future versions add.
 *
 * Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
 */
export const rbacWildcard = defineRule({
  id: 'rbac-wildcard',
  meta: {
    title: 'Role with a wildcard',
    safeguard: 'access-control',
    rationale:
      'A wildcard grants everything that exists and everything that will be added later, Secrets and exec included. Access to ePHI is to be granted to what has been authorised, and no further.',
    remediation: 'Name the verbs, resources and API groups that are needed.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)', '164.502(b)'],
      nist: ['AC-3', 'AC-6'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.3',
      urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      wildcard:
        '{kind} "{name}" grants {what}: {holders} can reach ePHI that nobody authorised. Name what is needed.',
    },
  },
  resource: {
    kinds: ['Role', 'ClusterRole'],
    check(role, { report, world }) {
      const holders = describeHolders(role, world);
      for (const rule of policyRulesOf(role)) {
        const stars = LISTS.flatMap(([list, words]) => {
          const value = wordIn(rule, list, STAR);
          return value === undefined ? [] : [{ value, words }];
        });
        const [first] = stars;
        if (first === undefined) continue;
        report({
          at: first.value,
          messageId: 'wildcard',
          data: {
            kind: role.kind,
            name: role.name,
            what: stars.map(({ words }) => words).join(', '),
            holders,
          },
          fixes: readOnly(rule),
        });
      }
    },
  },
});

function readOnly(rule: LocatedPolicyRule): Fix[] {
  if (!rule.verbs.includes('*')) return [];
  const verbs = rule.value.get('verbs')?.path ?? [];
  return [
    {
      title: 'Allow get, list and watch only',
      applicability: 'review',
      operations: [set(verbs, ['get', 'list', 'watch'])],
    },
    { title: 'Allow get only', applicability: 'review', operations: [set(verbs, ['get'])] },
  ];
}
