import type { Range } from 'vscode-languageserver';
import type { Inspection } from '../engine/checker.ts';
import { type Finding, isActive } from '../engine/finding.ts';
import type { PlacedDocument } from '../syntax/documents.ts';
import type { CheckedFile } from '../workspace/file-checker.ts';
import { toRange, touches } from './to-lsp.ts';

/** A finding and where it stands in its file. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: Range;
  readonly placed: PlacedDocument;
  readonly inspection: Inspection;
}

/** The active findings that a predicate on their range accepts, in documents that touch the lines of `within`. */
export function findingsWithin(
  file: CheckedFile,
  within: Range,
  accepts: (finding: Finding, range: Range) => boolean = (_, range) => touches(range, within),
): PlacedFinding[] {
  return file.documents.flatMap(({ placed, result: { inspection, findings } }) => {
    const lastLine = placed.startLine + placed.document.lines.lineBreaks;
    if (inspection === undefined || lastLine < within.start.line || placed.startLine > within.end.line)
      return [];
    return findings
      .filter(isActive)
      .map((finding) => ({ finding, range: toRange(placed, finding.range), placed, inspection }))
      .filter(({ finding, range }) => accepts(finding, range));
  });
}
