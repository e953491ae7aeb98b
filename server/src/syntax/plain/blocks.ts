import type { Comment } from '../comments.ts';
import { ListValue, MapValue, type Value } from '../values.ts';
import {
  BYTE_ORDER_MARK,
  DASH,
  FOLDED,
  HASH,
  isBlankAt,
  isQuote,
  LITERAL,
  lineEndOf,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  SPACE,
  TAB,
} from './characters.ts';
import { readFlow } from './flow.ts';
import { Keys } from './keys.ts';
import { MAX_DEPTH, NOT_PLAIN } from './not-plain.ts';
import { quotedText } from './quoted-lines.ts';
import { blockScalar, keyEnd, plainEnd, quotedScalar, type Slot, scalarValue, textEnd } from './scalars.ts';

/** A document of the plain block subset, read. */
export interface PlainDocument {
  readonly root: Value;
  readonly comments: readonly Comment[];
}

/**
 * Reads the YAML that manifests are nearly always written in: block maps and lists, scalars, quoted, literal and folded texts, flow collections on one
 * line; and JSON. It gives exactly what the full parser gives, some twenty times faster; a test holds the two to each other.
 *
 * Everything else is left to the full parser: anchors, tags, explicit keys, and whatever is in doubt or in error. So no problem has to be told here.
 *
 * @returns undefined for a text that only the full parser can read
 */
export function readPlainBlocks(text: string): PlainDocument | undefined {
  if (text.includes('\r') || text.charCodeAt(0) === BYTE_ORDER_MARK) return undefined;
  try {
    return new BlockReader(text).read();
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

interface PendingComment {
  readonly column: number;
  readonly end: number;
}

const NONE_PENDING: PendingComment[] = [];

const ROOT: Slot = { parent: undefined, segment: '' };

class BlockReader {
  readonly #text: string;
  readonly #comments: Comment[] = [];
  /** Where the reader stands: at the first content of a line, or behind a dash on it; at the end of the text when all is read. */
  #at = 0;
  /** The column of that content; -1 at the end. */
  #indent = -1;
  #depth = 0;
  /** The comments on lines of their own before that content which nothing has claimed; each with its column and the start of the next line. */
  #pending: PendingComment[] = NONE_PENDING;

  constructor(text: string) {
    this.#text = text;
  }

  read(): PlainDocument {
    if (!this.#nextLine(this.#behindMarker())) throw NOT_PLAIN;
    const first = this.#text.charCodeAt(this.#at);
    const isFlow = first === OPEN_BRACE || first === OPEN_BRACKET;
    const root = isFlow ? this.#rootFlow() : this.#block(ROOT).value;
    if (this.#at < this.#text.length) throw NOT_PLAIN;
    return { root, comments: this.#comments };
  }

  #rootFlow(): Value {
    const { value, end } = readFlow(this.#text, this.#at, ROOT, true);
    this.#finishLine(end, -1);
    return value;
  }

  /** The start of the line behind a `---` that only comments precede; or of the text. */
  #behindMarker(): number {
    const text = this.#text;
    let marker = 0;
    while (text.charCodeAt(marker) === HASH || text.charCodeAt(marker) === NEWLINE) {
      marker = lineEndOf(text, marker) + 1;
    }
    if (!text.startsWith('---', marker)) return 0;
    const markerEnd = lineEndOf(text, marker);
    if (text.slice(marker + 3, markerEnd).trim() !== '') throw NOT_PLAIN;
    for (let line = 0; line < marker; line = lineEndOf(text, line) + 1) {
      if (text.charCodeAt(line) === HASH) this.#comment(line);
    }
    return markerEnd + 1;
  }

  #comment(start: number): void {
    const text = this.#text.slice(start, lineEndOf(this.#text, start)).trimEnd();
    this.#comments.push({ range: { start, end: start + text.length }, text });
  }

  /** Goes to the next content, from the start of a line. False when there is none. */
  #nextLine(from: number): boolean {
    const text = this.#text;
    this.#pending = NONE_PENDING;
    for (let start = from; start < text.length; ) {
      let at = start;
      while (text.charCodeAt(at) === SPACE) at++;
      const code = text.charCodeAt(at);
      if (code === HASH) {
        this.#comment(at);
        if (this.#pending === NONE_PENDING) this.#pending = [];
        this.#pending.push({ column: at - start, end: Math.min(lineEndOf(text, at) + 1, text.length) });
      } else if (code !== NEWLINE && at < text.length) {
        this.#arrive(at, at - start);
        return true;
      }
      start = lineEndOf(text, at) + 1;
    }
    this.#at = text.length;
    this.#indent = -1;
    return false;
  }

  #arrive(at: number, indent: number): void {
    if (this.#text.charCodeAt(at) === TAB) throw NOT_PLAIN;
    if (indent === 0 && (this.#text.startsWith('---', at) || this.#text.startsWith('...', at)))
      throw NOT_PLAIN;
    this.#at = at;
    this.#indent = indent;
  }

  /** The start of the next line, where nothing but a comment may stand on the rest of this one. */
  #endOfLine(from: number): number {
    const text = this.#text;
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    if (text.charCodeAt(at) === HASH && at > from) {
      this.#comment(at);
      at = lineEndOf(text, at);
    }
    if (at < text.length && text.charCodeAt(at) !== NEWLINE) throw NOT_PLAIN;
    return Math.min(at + 1, text.length);
  }

  /**
   * Goes to the next content behind a value in a collection. Returns where the value's line ends, with the line break; a value reaches on over
   * comments right below it that are indented deeper than its collection.
   */
  #finishLine(end: number, indent: number): number {
    const lineStart = this.#endOfLine(end);
    this.#nextLine(lineStart);
    return this.#withComments(lineStart, indent);
  }

  #withComments(lineStart: number, indent: number): number {
    let end = lineStart;
    let count = 0;
    for (const comment of this.#pending) {
      if (comment.column <= indent) break;
      end = comment.end;
      count++;
    }
    if (count > 0) this.#pending = this.#pending.slice(count);
    return end;
  }

  /**
   * Where a collection ends for the one around it: it reaches on over the comments behind it, unless all of them are indented less than it is.
   * Those are left to the collections around it.
   */
  #endOfBlock(end: number, indent: number): number {
    if (indent === 0 || this.#pending.every(({ column }) => column < indent)) return end;
    this.#pending = NONE_PENDING;
    return this.#at;
  }

  #isDash(at: number): boolean {
    return this.#text.charCodeAt(at) === DASH && isBlankAt(this.#text, at + 1);
  }

  #startsBlock(at: number): boolean {
    return this.#isDash(at) || keyEnd(this.#text, at) !== undefined;
  }

  #behindSpaces(from: number): number {
    let at = from;
    while (this.#text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  /** The block collection that starts where the reader stands, which then stands at the first content behind it. */
  #block(slot: Slot): { value: Value; end: number } {
    if (++this.#depth > MAX_DEPTH) throw NOT_PLAIN;
    const indent = this.#indent;
    const value = this.#isDash(this.#at) ? this.#list(slot) : this.#map(slot);
    this.#depth--;
    return { value, end: this.#endOfBlock(value.range.end, indent) };
  }

  #list(slot: Slot): ListValue {
    const indent = this.#indent;
    const range = { start: this.#at, end: this.#at };
    const list = new ListValue({ ...slot, range, via: undefined, anchor: undefined }, 'block');
    const add = (value: Value) => list.add(value);
    while (this.#indent === indent && this.#isDash(this.#at)) {
      const at = this.#behindSpaces(this.#at + 1);
      const item = { parent: list, segment: list.items.length };
      range.end = this.#startsBlock(at) ? this.#compact(at, item, add) : this.#content(at, indent, item, add);
    }
    if (this.#indent > indent) throw NOT_PLAIN;
    return list;
  }

  /** A collection that starts on the line of its dash. */
  #compact(at: number, slot: Slot, add: (value: Value) => void): number {
    this.#indent += at - this.#at;
    this.#at = at;
    return this.#addBlock(slot, add);
  }

  #addBlock(slot: Slot, add: (value: Value) => void): number {
    const { value, end } = this.#block(slot);
    add(value);
    return end;
  }

  #map(slot: Slot): MapValue {
    const text = this.#text;
    const indent = this.#indent;
    const range = { start: this.#at, end: this.#at };
    const map = new MapValue({ ...slot, range, via: undefined, anchor: undefined }, 'block');
    const keys = new Keys(map);
    while (this.#indent === indent) {
      const start = this.#at;
      const colon = this.#isDash(start) ? undefined : keyEnd(text, start);
      if (colon === undefined) throw NOT_PLAIN;
      const keyScalar = isQuote(text.charCodeAt(start))
        ? quotedScalar(text, start)
        : ({ start, end: colon, decoded: text.slice(start, colon), style: 'plain' } as const);
      const keyValue = scalarValue(keyScalar, { parent: map, segment: '' });
      const key = keyValue.decoded;
      keys.remember(key);
      const entry = { parent: map, segment: key };
      const add = (value: Value) => map.add({ key, keyValue, value });
      range.end = this.#content(this.#behindSpaces(colon + 1), indent, entry, add);
    }
    if (this.#indent > indent) throw NOT_PLAIN;
    return map;
  }

  /**
   * What stands behind a dash or a colon: on the line, or on those below.
   *
   * @param indent of the collection that it is in
   * @returns where it ends, with the break of its last line
   */
  #content(at: number, indent: number, slot: Slot, add: (value: Value) => void): number {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (at >= text.length || code === NEWLINE || code === HASH) return this.#below(at, indent, slot, add);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      const { value, end } = readFlow(text, at, slot, false);
      add(value);
      return this.#finishLine(end, indent);
    }
    if (code === LITERAL || code === FOLDED) {
      const scalar = blockScalar(text, at, indent);
      add(scalarValue(scalar, slot));
      this.#nextLine(scalar.end);
      return scalar.end;
    }
    if (isQuote(code)) {
      const scalar = quotedText(text, at, indent);
      add(scalarValue(scalar, slot));
      return this.#finishLine(scalar.end, indent);
    }
    return this.#plain(at, indent, slot, add);
  }

  /** A collection on the lines below, or nothing. */
  #below(at: number, indent: number, slot: Slot, add: (value: Value) => void): number {
    const comments = this.#comments.length;
    // A comment needs a space before it.
    this.#nextLine(this.#endOfLine(this.#text.charCodeAt(at) === HASH ? at - 1 : at));
    if (this.#indent > indent) {
      if (this.#startsBlock(this.#at)) return this.#addBlock(slot, add);
      if (this.#comments.length > comments && this.#isPlain()) throw NOT_PLAIN;
      return this.#content(this.#at, indent, slot, add);
    }
    // The lists of a map may stand as far left as their key.
    const isFlush = this.#indent === indent && slot.parent instanceof MapValue && this.#isDash(this.#at);
    if (isFlush) return this.#addBlock(slot, add);
    add(scalarValue({ start: at, end: at, decoded: '', style: 'plain' }, slot));
    if (this.#comments.length === comments) return at;
    // Nothing reaches as far as the comments behind it.
    if (!(slot.parent instanceof MapValue)) throw NOT_PLAIN;
    this.#pending = NONE_PENDING;
    return this.#at;
  }

  #isPlain(): boolean {
    const first = this.#text.charCodeAt(this.#at);
    return first !== OPEN_BRACE && first !== OPEN_BRACKET && !isQuote(first);
  }

  /** Plain text, on one line or folded over several. */
  #plain(at: number, indent: number, slot: Slot, add: (value: Value) => void): number {
    const text = this.#text;
    let end = plainEnd(text, at);
    let decoded = text.slice(at, end);
    const comments = this.#comments.length;
    let lineStart = this.#endOfLine(end);
    while (this.#nextLine(lineStart) && this.#indent > indent) {
      if (this.#comments.length > comments) throw NOT_PLAIN;
      const breaks = lineBreaksIn(text, end, this.#at);
      const lineEnd = textEnd(text, this.#at);
      decoded += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(this.#at, lineEnd);
      end = lineEnd;
      lineStart = this.#endOfLine(end);
    }
    add(scalarValue({ start: at, end, decoded, style: 'plain' }, slot));
    return this.#withComments(lineStart, indent);
  }
}

function lineBreaksIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
