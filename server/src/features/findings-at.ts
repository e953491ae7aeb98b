import type { Range } from 'vscode-languageserver';
import { type Finding, isActive } from '../engine/finding.ts';
import type { PlacedDocument } from '../syntax/documents.ts';
import { type ParsedDocument, parseDocument } from '../syntax/parse.ts';
import type { CheckedFile } from '../workspace/file-checker.ts';
import { toRange, touches } from './to-lsp.ts';

/** A finding and where it stands in its file. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: Range;
  readonly placed: PlacedDocument;
  /** The tree of the document, which is read again only when somebody asks for it. */
  readonly parsed: () => ParsedDocument;
}

/** The findings that a predicate accepts, active ones unless it is told otherwise, in documents that touch the lines of `within`. */
export function findingsWithin(
  file: CheckedFile,
  within: Range,
  accepts: (finding: Finding, range: Range) => boolean = (_, range) => touches(range, within),
  isWanted: (finding: Finding) => boolean = isActive,
): PlacedFinding[] {
  return file.documents.flatMap(({ placed, result: { findings } }) => {
    const lastLine = placed.startLine + placed.document.lines.lineBreaks;
    if (lastLine < within.start.line || placed.startLine > within.end.line) return [];
    const parsed = once(() => parseDocument(placed.document.text));
    return findings
      .filter(isWanted)
      .map((finding) => ({ finding, range: toRange(placed, finding.range), placed, parsed }))
      .filter(({ finding, range }) => accepts(finding, range));
  });
}

function once<Result>(compute: () => Result): () => Result {
  let result: { readonly value: Result } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}
