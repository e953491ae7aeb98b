import { LineIndex } from './lines.ts';
import type { TextEdit } from './ranges.ts';

/**
 * The text of one YAML document of a file, its `---` line included. Its identity is what caches hang on: an edit
 * elsewhere in the file keeps the object.
 */
export class DocumentText {
  readonly text: string;
  #lines: LineIndex | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines;
  }
}

/** A document and where it stands in its file at present. */
export interface PlacedDocument {
  readonly document: DocumentText;
  /** Offset of the document's first character in the file. */
  readonly start: number;
  /** Line of the file on which the document starts; documents start at the beginning of a line. */
  readonly startLine: number;
}

/**
 * Splits a file into its documents, without parsing. Exact, since YAML allows `---` and `...` at column 0 to be nothing but
 * document markers (YAML 1.2.2, section 9.1.2, c-forbidden). Directives stay with the document that they introduce.
 *
 * @param before documents to use again where the text is the same
 */
export function splitDocuments(text: string, before: readonly PlacedDocument[] = []): PlacedDocument[] {
  const known = new Map(before.map(({ document }) => [document.text, document]));
  return place(
    cut(text).map((part) => known.get(part) ?? new DocumentText(part)),
    0,
    0,
  );
}

/**
 * Splits a file again after one edit. Documents whose text is the same as before are the same objects. Only the text around the edit is
 * looked at and kept, so that neither time nor memory grow with the file.
 *
 * @param edit in offsets of the file before it
 */
export function resplitDocuments(before: readonly PlacedDocument[], edit: TextEdit): PlacedDocument[] {
  // An edit at a border can join or split the neighbours, so one more document is taken on each side.
  const first = Math.max(0, documentIndexAt(before, edit.range.start) - 1);
  const touched = before.slice(first, documentIndexAt(before, edit.range.end) + 2);
  const head = touched[0];
  if (head === undefined) return splitDocuments(edit.newText);

  const stale = touched.map(({ document }) => document.text).join('');
  const text =
    stale.slice(0, edit.range.start - head.start) + edit.newText + stale.slice(edit.range.end - head.start);
  const known = new Map(touched.map(({ document }) => [document.text, document]));
  const middle = cut(text).map((part) => known.get(part) ?? new DocumentText(part));
  const after = before.slice(first + touched.length);
  const offsets = text.length - stale.length;
  const lines = lineBreaksIn(middle) - lineBreaksIn(touched.map(({ document }) => document));
  return before.slice(0, first).concat(
    place(middle, head.start, head.startLine),
    after.map(({ document, start, startLine }) => ({
      document,
      start: start + offsets,
      startLine: startLine + lines,
    })),
  );
}

function lineBreaksIn(documents: readonly DocumentText[]): number {
  return documents.reduce((sum, { lines }) => sum + lines.lineBreaks, 0);
}

/** The index of the document that holds an offset; the last one for the end of the file. */
export function documentIndexAt(documents: readonly PlacedDocument[], offset: number): number {
  return lastIndexWhere(documents, (placed) => placed.start <= offset);
}

/** The index of the document that holds a line of the file. */
export function documentIndexAtLine(documents: readonly PlacedDocument[], line: number): number {
  return lastIndexWhere(documents, (placed) => placed.startLine <= line);
}

function lastIndexWhere(
  documents: readonly PlacedDocument[],
  isAtOrBefore: (placed: PlacedDocument) => boolean,
): number {
  let low = 0;
  let high = documents.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const placed = documents[middle];
    if (placed !== undefined && isAtOrBefore(placed)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function place(documents: readonly DocumentText[], start: number, startLine: number): PlacedDocument[] {
  return documents.map((document) => {
    const placed = { document, start, startLine };
    start += document.text.length;
    startLine += document.lines.lineBreaks;
    return placed;
  });
}

/** Cuts a text before each `---` line, after each `...` line, and between JSON objects that follow each other, which `kubectl` reads one by one. */
function cut(text: string): string[] {
  const starts = [...markerLines(text, '---'), ...followingObjects(text)];
  const ends = markerLines(text, '...').map((at) => text.indexOf('\n', at) + 1);
  const borders = [...starts, ...ends].sort((a, b) => a - b);
  const parts: string[] = [];
  let start = 0;
  for (const border of borders) {
    if (border <= start || isDirectivesOnly(text.slice(start, border))) continue;
    parts.push(text.slice(start, border));
    start = border;
  }
  if (start < text.length || parts.length === 0) parts.push(text.slice(start));
  return parts;
}

/** Offsets of the lines that start with a marker followed by a blank or by nothing. */
function markerLines(text: string, marker: '---' | '...'): number[] {
  const found: number[] = [];
  const next = (from: number) => {
    const at = text.indexOf(`\n${marker}`, from);
    return at === -1 ? -1 : at + 1;
  };
  for (let at = text.startsWith(marker) ? 0 : next(0); at !== -1; at = next(at)) {
    const following = text[at + marker.length];
    if (following === undefined || ' \t\r\n'.includes(following)) found.push(at);
  }
  return found;
}

/** Offsets of the lines that open an object of JSON where another one has just been closed: nothing in one YAML document looks so. */
function followingObjects(text: string): number[] {
  return [...text.matchAll(/\n\{(?=\s*["}])/g)]
    .map(({ index }) => index + 1)
    .filter((at) => isClosedBefore(text, at));
}

function isClosedBefore(text: string, offset: number): boolean {
  let at = offset - 1;
  while (at >= 0 && ' \t\r\n'.includes(text.charAt(at))) at--;
  return text[at] === '}';
}

function isDirectivesOnly(text: string): boolean {
  if (!text.includes('%')) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.length > 0 && lines.every((line) => line.startsWith('%'));
}
