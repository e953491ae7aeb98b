import {
  documentIndexAt,
  documentIndexAtLine,
  type PlacedDocument,
  resplitDocuments,
  splitDocuments,
} from '../syntax/documents.ts';
import type { LinePosition } from '../syntax/lines.ts';
import type { OffsetRange } from '../syntax/ranges.ts';

/** A replacement by lines and characters, or of the whole text when it has no range. */
export interface ContentChange {
  readonly range?: { readonly start: LinePosition; readonly end: LinePosition };
  readonly text: string;
}

/** A file as its documents. After an edit, the documents that it did not touch are the same objects. */
export class SourceFile {
  readonly uri: string;
  /** A text that has not been split: files that are too large never are. */
  #whole: string | undefined;
  #documents: readonly PlacedDocument[] = [];

  constructor(uri: string, text: string) {
    this.uri = uri;
    this.#whole = text;
  }

  get documents(): readonly PlacedDocument[] {
    if (this.#whole !== undefined) this.#documents = splitDocuments(this.#whole);
    this.#whole = undefined;
    return this.#documents;
  }

  get text(): string {
    return this.#whole ?? this.#documents.map(({ document }) => document.text).join('');
  }

  /** In UTF-16 code units. */
  get length(): number {
    const last = this.#documents.at(-1);
    return this.#whole?.length ?? (last === undefined ? 0 : last.start + last.document.text.length);
  }

  /** The first characters, at most so many and some of them. */
  start(length: number): string {
    return (this.#whole ?? this.#documents[0]?.document.text ?? '').slice(0, length);
  }

  /** Applies changes one after the other; each is in positions of the text that the ones before it left. */
  apply(changes: readonly ContentChange[]): void {
    for (const { range, text } of changes) {
      if (range === undefined && this.#whole !== undefined) {
        this.#whole = text;
        continue;
      }
      this.#documents =
        range === undefined
          ? splitDocuments(text, this.documents)
          : resplitDocuments(this.documents, { range: this.#offsetRange(range), newText: text });
    }
  }

  /** Positions beyond the end of a line or of the file stand for that end. */
  offsetAt(position: LinePosition): number {
    const placed = this.documents[documentIndexAtLine(this.documents, position.line)];
    if (placed === undefined) return 0;
    const line = position.line - placed.startLine;
    return placed.start + placed.document.lines.offsetAt({ line, character: position.character });
  }

  /** The text between two positions of one document. */
  textBetween(start: LinePosition, end: LinePosition): string {
    const placed = this.documents[documentIndexAtLine(this.documents, start.line)];
    if (placed === undefined) return '';
    return placed.document.text.slice(this.offsetAt(start) - placed.start, this.offsetAt(end) - placed.start);
  }

  positionAt(offset: number): LinePosition {
    const placed = this.documents[documentIndexAt(this.documents, offset)];
    if (placed === undefined) return { line: 0, character: 0 };
    const { line, character } = placed.document.lines.positionAt(offset - placed.start);
    return { line: placed.startLine + line, character };
  }

  #offsetRange(range: { start: LinePosition; end: LinePosition }): OffsetRange {
    const [start, end] = [this.offsetAt(range.start), this.offsetAt(range.end)];
    return { start: Math.min(start, end), end: Math.max(start, end) };
  }
}
