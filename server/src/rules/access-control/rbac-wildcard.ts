import { describeHolders } from '../../analysis/rbac/grants.ts';
import { type LocatedPolicyRule, policyRulesOf, wordIn } from '../../analysis/rbac/roles.ts';
import { set } from '../../syntax/edit/operations.ts';
import { holdersOf } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

const STAR = new Set(['*']);

/** Lists of a rule in the order in which a star in them weighs. */
const LISTS = ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'] as const;

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
        const star = LISTS.map((list) => wordIn(rule, list, STAR)).find((value) => value !== undefined);
        if (star === undefined) continue;
        report({
          at: star,
          messageId: 'wildcard',
          data: {
            kind: role.kind,
            name: role.name,
            what: describeStars(rule),
            holders,
          },
          relatedObjects: holdersOf(role, world),
          fixes: readOnly(rule),
        });
      }
    },
  },
});

/** `every verb on configmaps`, `get on every resource`. */
function describeStars({ verbs, resources, apiGroups, nonResourceURLs }: LocatedPolicyRule): string {
  const some = (words: readonly string[], everything: string) =>
    words.includes('*') ? everything : words.join(', ');
  const targets = [
    resources.length === 0 ? '' : some(resources, 'every resource'),
    nonResourceURLs.length === 0 ? '' : some(nonResourceURLs, 'every path'),
  ].filter((target) => target !== '');
  const groups = apiGroups.includes('*') ? ' of every API group' : '';
  return `${some(verbs, 'every verb')} on ${targets.join(' and ')}${groups}`;
}

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
