import type { TextEdit as LspTextEdit, Position, Range } from 'vscode-languageserver';
import type { PlacedDocument } from '../syntax/documents.ts';
import type { OffsetRange, TextEdit } from '../syntax/ranges.ts';
import type { SourceFile } from '../workspace/source-file.ts';

/** The position in the file of an offset of one of its documents. */
export function toPosition({ document, startLine }: PlacedDocument, offset: number): Position {
  const { line, character } = document.lines.positionAt(offset);
  return { line: startLine + line, character };
}

export function toRange(placed: PlacedDocument, range: OffsetRange): Range {
  return { start: toPosition(placed, range.start), end: toPosition(placed, range.end) };
}

export function toTextEdit(placed: PlacedDocument, edit: TextEdit): LspTextEdit {
  return { range: toRange(placed, edit.range), newText: edit.newText };
}

/** An edit in offsets of a whole file. */
export function toFileTextEdit(source: SourceFile, { range, newText }: TextEdit): LspTextEdit {
  return { range: { start: source.positionAt(range.start), end: source.positionAt(range.end) }, newText };
}

/** Whether two ranges share a position; touching counts, since a caret stands between characters. */
export function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
