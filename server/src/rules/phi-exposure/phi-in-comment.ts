import { replaceComment } from '../../syntax/edit/operations.ts';
import type { ParsedDocument } from '../../syntax/parse.ts';
import { commentTextsIn } from '../comment-texts.ts';
import { phiIn } from '../detection.ts';
import { defineRule, type RuleContext } from '../rule.ts';

/**
 * An identifier of a person in a comment.
 *
 * Source: 45 CFR 164.514(b)(2)(i), the eighteen identifiers
 */
export const phiInComment = defineRule({
  id: 'phi-in-comment',
  meta: {
    title: 'PHI in a comment',
    safeguard: 'phi-exposure',
    rationale:
      'A comment never reaches the cluster, but it stays in version control, in merge requests and in the copies of everybody who works on the file. Notes about one patient’s problem are the usual way by which records end up there.',
    remediation:
      'Delete the comment, and write the note where records are kept; a ticket number says as much. What has been committed stays in the history until that is rewritten.',
    references: {
      hipaa: ['164.312(a)(1)', '164.502(b)', '164.514(b)(2)'],
      nist: ['AC-3', 'PT-7'],
      urls: ['https://www.hhs.gov/hipaa/for-professionals/special-topics/de-identification/index.html'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      phi: 'This comment holds PHI: {label} ({masked}). Everyone with access to the file or its history reads it; delete it.',
    },
  },
  document: checkComments,
  values: checkComments,
});

function checkComments(document: ParsedDocument, { report, settings }: RuleContext<'phi'>): void {
  for (const { text, rangeOf, commentsAt } of commentTextsIn(document)) {
    for (const { detection, weight } of phiIn(text, [], { keys: [], place: 'comment' }, settings)) {
      report({
        at: { range: rangeOf(detection) },
        messageId: 'phi',
        data: { label: detection.label, masked: detection.masked },
        ...weight,
        fixes: [
          {
            title: 'Delete the comment',
            applicability: 'review',
            operations: commentsAt(detection).map(({ range }) => replaceComment(range, '')),
            redacts: true,
          },
        ],
      });
    }
  }
}
