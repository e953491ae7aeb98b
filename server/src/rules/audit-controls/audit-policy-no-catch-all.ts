import { auditPolicyOf, coverEverything, matchesEverything } from '../../analysis/audit-policy/policy.ts';
import { insert, set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * An audit policy whose end does not record what no other rule mentions, such as the objects of APIs that are installed later.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy
 */
export const auditPolicyNoCatchAll = defineRule({
  id: 'audit-policy-no-catch-all',
  meta: {
    title: 'Audit policy without a catch-all',
    safeguard: 'audit-controls',
    rationale:
      'What no rule matches is not recorded. New kinds of objects, among them those of operators that keep ePHI, then stay out of the log until somebody remembers the policy.',
    remediation: 'End the policy with "- level: Metadata".',
    references: {
      hipaa: ['164.312(b)'],
      nist: ['AU-2', 'AU-12'],
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      missing:
        'What no rule matches is not recorded, also of APIs that come later and may hold ePHI. End the policy with a rule of level Metadata.',
      none: 'The last rule drops everything that is left, also of APIs that come later and may hold ePHI. Set its level to Metadata.',
    },
  },
  resource: {
    kinds: ['Policy'],
    check(resource, { report }) {
      const policy = auditPolicyOf(resource);
      if (policy === undefined) return;
      const catchAll = policy.rules.find(matchesEverything);
      if (catchAll === undefined) {
        if (coverEverything(policy.rules.filter(({ level }) => level !== 'None'))) return;
        const operations = [insert([...resource.root.path, 'rules'], { level: 'Metadata' })];
        const fixes = [
          { title: 'Record everything else at Metadata', applicability: 'safe' as const, operations },
        ];
        report({ at: resource.root, missing: ['rules', 'catch-all'], messageId: 'missing', fixes });
        return;
      }
      if (catchAll.level !== 'None') return;
      const level = catchAll.value.get('level');
      const operations = [set([...catchAll.value.path, 'level'], 'Metadata')];
      report({
        at: level ?? catchAll.value,
        messageId: 'none',
        fixes: [{ title: 'Set level: Metadata', applicability: 'safe', operations }],
      });
    },
  },
});
