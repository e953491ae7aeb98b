import { RBAC_GROUP } from '../../analysis/rbac/roles.ts';
import { set } from '../../syntax/edit/operations.ts';
import { isDate } from '../dates.ts';
import { bindingObjects } from '../related-objects.ts';
import { defineRule } from '../rule.ts';

const ANNOTATION = 'kube-safeguards.io/access-review';

/** A quarter of a year, the usual interval of access reviews. */
const REVIEW_DAYS = 92;

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * A binding whose last access review is too long ago. Bindings without the annotation count once one binding in view carries it, so that
 * nobody is asked for a practice that they do not have.
 */
export const accessReviewOverdue = defineRule({
  id: 'access-review-overdue',
  meta: {
    title: 'Access review overdue',
    safeguard: 'access-control',
    rationale:
      'Who may reach ePHI has to be reviewed as people and duties change. The date of the last review beside the binding is evidence that it happened.',
    remediation: `Review who holds the role, then set the annotation ${ANNOTATION} to the date.`,
    references: {
      hipaa: ['164.308(a)(4)', '164.308(a)(3)'],
      nist: ['AC-2', 'AC-6(7)'],
      urls: ['https://www.ecfr.gov/current/title-45/section-164.308'],
    },
    severity: 'information',
    scope: 'workspace',
    phiOnly: true,
    messages: {
      overdue:
        'The access that {kind} "{name}" gives was last reviewed {days} days ago. Review who holds it, then set the date.',
      unreadable:
        'The date of the last access review of {kind} "{name}" cannot be read. Write it as YYYY-MM-DD.',
      absent:
        'No access review of {kind} "{name}" is recorded, while other bindings have one. Review who holds it, then set the date.',
    },
  },
  resource: {
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    check(binding, { report, world, today }) {
      if (binding.group !== RBAC_GROUP || binding.metadata === undefined) return;
      const path = ['annotations', ANNOTATION];
      const review = binding.metadata.at(path);
      const place = review === undefined ? { at: binding.metadata, missing: path } : { at: review };
      const fixes = [
        {
          title: `Record a review of today, ${today}`,
          applicability: 'review' as const,
          operations: [set([...binding.metadata.path, ...path], today)],
        },
      ];
      const data = { kind: binding.kind, name: binding.name };
      if (review === undefined) {
        const reviewed = world.facts('binding').filter(({ annotations }) => annotations.has(ANNOTATION));
        const relatedObjects = bindingObjects(reviewed, 'It records a review.');
        if (reviewed.length > 0) report({ ...place, messageId: 'absent', data, relatedObjects, fixes });
        return;
      }
      const days = daysBetween(review.text ?? '', today);
      if (days === undefined) report({ ...place, messageId: 'unreadable', data, fixes });
      else if (days > REVIEW_DAYS) report({ ...place, messageId: 'overdue', data: { ...data, days }, fixes });
    },
  },
});

function daysBetween(from: string, to: string): number | undefined {
  if (!isDate(from)) return undefined;
  return Math.round((Date.parse(to) - Date.parse(from)) / MILLISECONDS_PER_DAY);
}
