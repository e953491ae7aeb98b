import { applyEdits, type OffsetRange, type TextEdit } from './ranges.ts';

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

  /** Applies edits, which do not overlap, all in offsets of the present text. Of two insertions at one place the first given stands first. */
  apply(edits: readonly TextEdit[]): void {
    const ordered = edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
    const before = new Pieces(this.#pieces);
    const after: Piece[] = [];
    for (const { range, newText } of ordered) {
      for (const piece of before.takeTo(range.start)) after.push(piece);
      before.takeTo(range.end);
      if (newText !== '') after.push({ text: newText });
    }
    for (const piece of before.takeTo(this.#text.length)) after.push(piece);
    this.#pieces = after;
    this.#text = applyEdits(this.#text, ordered);
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
}

/** The pieces of a text, taken from its start to its end. */
class Pieces {
  readonly #pieces: readonly Piece[];
  #index = 0;
  /** How much of the piece at the index has been taken. */
  #taken = 0;
  /** How much of the text has been. */
  #offset = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** What stands between the last offset and this one. */
  takeTo(offset: number): Piece[] {
    const pieces: Piece[] = [];
    while (this.#offset < offset) {
      const piece = this.#pieces[this.#index];
      if (piece === undefined) break;
      const length = 'text' in piece ? piece.text.length : piece.original.end - piece.original.start;
      const from = this.#taken;
      const to = Math.min(from + offset - this.#offset, length);
      if (from < to) pieces.push(part(piece, from, to));
      this.#offset += to - from;
      this.#taken = to < length ? to : 0;
      if (to === length) this.#index++;
    }
    return pieces;
  }
}

function part(piece: Piece, from: number, to: number): Piece {
  if ('text' in piece) return { text: piece.text.slice(from, to) };
  return { original: { start: piece.original.start + from, end: piece.original.start + to } };
}
