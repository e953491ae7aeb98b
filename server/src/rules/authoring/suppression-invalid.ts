import { remove, replaceComment, set } from '../../syntax/edit/operations.ts';
import { isDate } from '../dates.ts';
import { defineRule, type Fix, hasReason, type WrittenSuppression } from '../rule.ts';

/**
 * A suppression that does not do what its author meant.
 *
 * Source: 45 CFR 164.306(d)(3): an addressable specification may be replaced only when the reason is documented.
 */
export const suppressionInvalid = defineRule({
  id: 'suppression-invalid',
  meta: {
    title: 'Suppression without effect',
    safeguard: 'authoring',
    rationale:
      'A suppression is part of the evidence: HIPAA lets an addressable specification be replaced only with a documented reason. One without a reason, or past its date, hides nothing and documents nothing.',
    remediation:
      'Write the reason, name a rule that exists, renew the date after a review, or remove the suppression.',
    references: {
      hipaa: [],
      nist: ['CA-5'],
      urls: ['https://www.ecfr.gov/current/title-45/section-164.306'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      noReason:
        'This suppression has no reason, so it does not count. Write as the reason what protects ePHI instead.',
      noRule:
        'This suppression names no rule, so it does not count. Write the rule before the colon: kube-safeguards-ignore RULE: REASON.',
      unknownRule: 'No rule is called "{rule}". Check the name in the rule index.',
      expired:
        'This suppression ended on {until} and no longer counts. Review it and renew the date, or remove it.',
      badDate: 'The date of this suppression cannot be read, so it does not count. Write it as YYYY-MM-DD.',
      unused:
        'Nothing here violates "{rule}". Remove the suppression, so that it cannot hide a later violation.',
    },
  },
  suppression(suppression, { report, today }) {
    const at = { range: suppression.range };
    const removal = withoutSuppression(suppression);
    const unknown = suppression.rules.find(({ state }) => state === 'unknown');
    const unused = suppression.rules.every(({ state }) => state === 'unused')
      ? suppression.rules[0]
      : undefined;
    if (suppression.rules.length === 0) {
      report({ at, messageId: 'noRule', fixes: [removal] });
    } else if (unknown !== undefined) {
      report({ at, messageId: 'unknownRule', data: { rule: unknown.id }, fixes: [removal] });
    } else if (!hasReason(suppression.reason)) {
      report({ at, messageId: 'noReason', fixes: [removal, withPlaceholder(suppression)] });
    } else if (suppression.until !== undefined && !isDate(suppression.until)) {
      report({ at, messageId: 'badDate', fixes: [removal] });
    } else if (suppression.until !== undefined && suppression.until < today) {
      report({ at, messageId: 'expired', data: { until: suppression.until }, fixes: [removal] });
    } else if (unused !== undefined) {
      report({ at, messageId: 'unused', data: { rule: unused.id }, fixes: [removal] });
    }
  },
});

function withoutSuppression({ range, annotation }: WrittenSuppression): Fix {
  const operation = annotation === undefined ? replaceComment(range, '') : remove(annotation);
  return { title: 'Remove the suppression', applicability: 'review', operations: [operation] };
}

/** The placeholder does not count as a reason until somebody replaces it. */
function withPlaceholder({ range, text, annotation, reason }: WrittenSuppression): Fix {
  const commented = `${text.replace(/\s*:?\s*$/, '')}: <reason>`;
  const operation =
    annotation === undefined
      ? replaceComment(range, reason === '' ? commented : text)
      : set(annotation, '<reason>');
  return { title: 'Add a place for the reason', applicability: 'review', operations: [operation] };
}
