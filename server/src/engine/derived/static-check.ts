import { worldOf } from '../../analysis/world.ts';
import { literalText, touchesUnknown, UNKNOWN } from '../../helm/index.ts';
import { splitDocuments } from '../../syntax/documents.ts';
import { type OffsetRange, shiftRange } from '../../syntax/ranges.ts';
import type { Checker } from '../checker.ts';
import type { Finding, RelatedRange } from '../finding.ts';
import { SUPPRESSION_RULE } from '../suppressions.ts';

/** What else there is, in the template and beside it, is not known: so nothing is missing, and nobody is asked about others. */
const PARTS = { ...worldOf([], false), usedAs: 'part' as const };

/** Rules about what people should not have typed. */
const SENSITIVE = /^(?:secret-manifest|phi)-/;

/**
 * The findings of the text of a template that does not render, as far as they hold whatever its actions give: what is typed there and stands
 * under no condition.
 *
 * @returns findings in offsets of the text, without fixes: what these would make of the template cannot be proven
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
          fixes: [],
        },
      ];
    });
  });
}

const UNKNOWN_PART = new RegExp(`${UNKNOWN}+`, 'g');

function moved({ range, message }: RelatedRange, start: number): RelatedRange {
  return { range: shiftRange(range, start), message: message.replaceAll(UNKNOWN_PART, '…') };
}
