import type { OffsetRange, TextEdit } from './ranges.ts';

/** A part of the text: taken over from the original, or new. */
type Piece = { readonly original: OffsetRange } | { readonly text: string };

/**
 * A text under a series of changes, each said in offsets of the text at that time, which can tell the sum of them as edits of the original
 * (a piece table).
 */
export class PieceText {
  readonly #original: string;
  #pieces: readonly Piece[];
  #text: string;

  constructor(original: string) {
    this.#original = original;
    this.#text = original;
    this.#pieces = [{ original: { start: 0, end: original.length } }];
  }

  /** The same text and changes so far, to be changed apart from this one. */
  copy(): PieceText {
    const copy = new PieceText(this.#original);
    copy.#pieces = this.#pieces;
    copy.#text = this.#text;
    return copy;
  }

  get text(): string {
    return this.#text;
  }

  /** Applies edits, which do not overlap, all in offsets of the present text. */
  apply(edits: readonly TextEdit[]): void {
    // From the end to the start, so that offsets stay true; of two insertions at one place the first given stands first.
    for (const edit of edits.toReversed().sort((a, b) => b.range.start - a.range.start)) {
      const { start, end } = edit.range;
      this.#pieces = [
        ...this.#cut(0, start),
        ...(edit.newText === '' ? [] : [{ text: edit.newText }]),
        ...this.#cut(end, this.#text.length),
      ];
      this.#text = this.#text.slice(0, start) + edit.newText + this.#text.slice(end);
    }
  }

  /** All changes so far, as edits of the original text that do not overlap. */
  get edits(): TextEdit[] {
    const edits: TextEdit[] = [];
    let at = 0;
    let pending = '';
    const flush = (upTo: number) => {
      if (upTo > at || pending !== '') edits.push({ range: { start: at, end: upTo }, newText: pending });
      pending = '';
    };
    for (const piece of this.#pieces) {
      if ('text' in piece) pending += piece.text;
      else {
        flush(piece.original.start);
        at = piece.original.end;
      }
    }
    flush(this.#original.length);
    return edits;
  }

  /** The pieces of a range of the present text. */
  #cut(start: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    let offset = 0;
    for (const piece of this.#pieces) {
      const length = 'text' in piece ? piece.text.length : piece.original.end - piece.original.start;
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, length);
      if (from < to) pieces.push(part(piece, from, to));
      offset += length;
    }
    return pieces;
  }
}

function part(piece: Piece, from: number, to: number): Piece {
  if ('text' in piece) return { text: piece.text.slice(from, to) };
  return { original: { start: piece.original.start + from, end: piece.original.start + to } };
}
