import type { FilePlace } from '../report/run.ts';
import type { PlacedDocument } from '../syntax/documents.ts';
import { type OffsetRange, shiftRange } from '../syntax/ranges.ts';

/** A range of a document as a place of its file. */
export function placeOf({ document, start, startLine }: PlacedDocument, range: OffsetRange): FilePlace {
  const from = document.lines.positionAt(range.start);
  const to = document.lines.positionAt(range.end);
  return {
    range: shiftRange(range, start),
    start: { line: startLine + from.line, character: from.character },
    end: { line: startLine + to.line, character: to.character },
  };
}
