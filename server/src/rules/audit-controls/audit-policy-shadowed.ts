import { auditPolicyOf, numberOf } from '../../analysis/audit-policy/policy.ts';
import { shadows } from '../../analysis/audit-policy/shadowing.ts';
import { insert, type PlainValue, remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A rule of an audit policy that no request reaches, since an earlier rule matches first.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy ("the first matching rule sets the audit level").
 */
export const auditPolicyShadowed = defineRule({
  id: 'audit-policy-shadowed',
  meta: {
    title: 'Audit rule that is never reached',
    safeguard: 'audit-controls',
    rationale:
      'The first matching rule decides, so a rule behind a wider one does nothing. What its author meant to record about ePHI, or to keep out of the log, is decided otherwise.',
    remediation: 'Move the rule above the one that hides it, or remove it.',
    references: {
      hipaa: ['164.312(b)'],
      nist: ['AU-2', 'AU-12'],
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      shadowed:
        'This rule is never reached: rule {number} matches all of its requests first. Move it up, or what it says of ePHI access has no effect.',
    },
  },
  resource: {
    kinds: ['Policy'],
    check(resource, { report }) {
      const rules = auditPolicyOf(resource)?.rules ?? [];
      for (const [index, later] of rules.entries()) {
        const earlier = rules.slice(0, index).find((candidate) => shadows(candidate, later));
        if (earlier === undefined) continue;
        const number = numberOf(earlier);
        const list = later.value.path.slice(0, -1);
        report({
          at: later.value.get('level') ?? later.value,
          messageId: 'shadowed',
          data: { number },
          related: [{ at: earlier.value.get('level') ?? earlier.value, message: 'This rule matches first.' }],
          fixes: [
            {
              title: `Move it above rule ${number}`,
              applicability: 'review',
              operations: [
                remove(later.value.path),
                insert(list, later.value.toJS() as PlainValue, number - 1),
              ],
            },
          ],
        });
      }
    },
  },
});
