import { worldOf } from '../../analysis/world.ts';
import { literalText, touchesUnknown, UNKNOWN } from '../../helm/index.ts';
import type { Fix } from '../../rules/rule.ts';
import { splitDocuments } from '../../syntax/documents.ts';
import { parseDocument } from '../../syntax/parse.ts';
import { applyEdits, type OffsetRange, shiftRange, type TextEdit } from '../../syntax/ranges.ts';
import type { Checker } from '../checker.ts';
import type { Finding, RelatedRange } from '../finding.ts';
import { planFix, type Refusal } from '../planner.ts';
import { SUPPRESSION_RULE } from '../suppressions.ts';

/** What else there is, in the template and beside it, is not known: so nothing is missing, and nobody is asked about others. */
const PARTS = { ...worldOf([], false), usedAs: 'part' as const };

/** Rules about what people should not have typed. */
const SENSITIVE = /^(?:secret-manifest|phi)-/;

/**
 * The findings of the text of a template that does not render, as far as they hold whatever its actions give: what is typed there and stands
 * under no condition.
 *
 * @returns findings in offsets of the text; their fixes speak of a document in which all else is masked, see `planStaticFix`
 */
export function staticFindings(text: string, checker: Checker): Finding[] {
  const literal = literalText(text);
  return splitDocuments(literal.text).flatMap(({ document, start }) => {
    const inspection = checker.inspect(document);
    // Where the text alone is no YAML, nobody knows what belongs to what.
    if (inspection.parsed.problems.length > 0) return [];
    const isKnown = (range: OffsetRange) => !touchesUnknown(literal, shiftRange(range, start));
    return checker.findings(inspection, PARTS, []).flatMap((finding): Finding[] => {
      const value = inspection.parsed.root?.at(finding.path);
      // Of a text that is known in part, such as a file in a ConfigMap, nobody knows what it says; nor who typed what is in a Secret.
      const isRead = value?.kind === 'scalar' || SENSITIVE.test(finding.rule);
      const isWhole = value === undefined || !isRead || isKnown(value.range);
      if (finding.rule === SUPPRESSION_RULE || !isKnown(finding.range) || !isWhole) return [];
      return [
        {
          ...finding,
          message: finding.message.replaceAll(UNKNOWN_PART, '…'),
          range: shiftRange(finding.range, start),
          related: finding.related.filter(({ range }) => isKnown(range)).map((one) => moved(one, start)),
          fixes: finding.fixes.filter(isOfText),
        },
      ];
    });
  });
}

function isOfText({ operations }: Fix): boolean {
  return operations.every(
    ({ op }) => op !== 'add-document' && op !== 'edit-configuration' && op !== 'edit-object',
  );
}

const NOT_ALONE: Refusal = {
  refused: 'The template does not render, and what its actions write may be changed with it.',
};

/**
 * Plans a fix of what is typed in a template that does not render. It is right when it leaves everything alone that is not known, the finding is
 * gone and no other has come.
 *
 * @returns edits of the text
 */
export function planStaticFix(
  text: string,
  checker: Checker,
  finding: Finding,
  fix: Fix,
): readonly TextEdit[] | Refusal {
  const literal = literalText(text);
  const placed = splitDocuments(literal.text).findLast(({ start }) => start <= finding.range.start);
  if (placed === undefined) return NOT_ALONE;
  const plan = planFix(parseDocument(placed.document.text), fix);
  if ('refused' in plan) return plan;
  const edits = plan.edits.map(({ range, newText }) => ({ range: shiftRange(range, placed.start), newText }));
  const isKnown = ({ range, newText }: TextEdit) =>
    !touchesUnknown(literal, range) && !newText.includes(UNKNOWN);
  if (edits.length === 0 || !edits.every(isKnown)) return NOT_ALONE;
  const edited = applyEdits(text, edits);
  if (literalText(edited).text !== applyEdits(literal.text, edits)) return NOT_ALONE;
  const before = staticFindings(text, checker).map(nameOf);
  const after = staticFindings(edited, checker).map(nameOf);
  const isRight = after.length < before.length && after.every((name) => before.includes(name));
  return isRight ? edits : NOT_ALONE;
}

/** Says the same of a finding wherever it has moved to. */
function nameOf({ rule, messageId, resource, path }: Finding): string {
  return JSON.stringify([rule, messageId, resource?.kind, resource?.name, path]);
}

const UNKNOWN_PART = new RegExp(`${UNKNOWN}+`, 'g');

function moved({ range, message }: RelatedRange, start: number): RelatedRange {
  return { range: shiftRange(range, start), message: message.replaceAll(UNKNOWN_PART, '…') };
}
