import { type Field, type FieldRecord, type Locate, type SourceText, shifted } from '../fields.ts';

/**
 * Reads `key: value` and `key = value` lines: properties, .env, INI, TOML, shell exports, and YAML in block style. Indentation makes
 * records in records; a section header of INI begins a record; a block scalar of YAML is one value.
 *
 * Lines that are something else are passed over. It never fails: a text without such lines has no records.
 */
export function readLines(source: SourceText, keys: readonly string[]): FieldRecord[] {
  return new LineReader(source, keys).read();
}

/** A key without a value, or the dash of a list, that stands open: what is indented below it belongs to it. */
interface Level {
  readonly indent: number;
  readonly keys: readonly string[];
  readonly record: FieldRecord;
  /** What is indented below is a record of its own. */
  readonly awaitsRecord: boolean;
}

class LineReader {
  readonly #source: SourceText;
  readonly #records: FieldRecord[] = [];
  #levels: Level[];

  constructor(source: SourceText, keys: readonly string[]) {
    this.#source = source;
    this.#levels = [this.#level(-1, { fields: [], nature: 'lines', keys })];
  }

  read(): FieldRecord[] {
    const { text } = this.#source;
    const rootKeys = this.#levels[0]?.keys ?? [];
    for (let start = 0; start < text.length; ) {
      const end = lineEndAt(text, start);
      const line = text.slice(start, end);
      const parts = readLine(line);
      let next = end + 1;
      if (parts?.section !== undefined) {
        this.#levels = [this.#level(-1, { fields: [], nature: 'lines', keys: [...rootKeys, parts.section] })];
      } else if (parts !== undefined) {
        next = this.#add(parts, start, next);
      }
      start = next;
    }
    return this.#records.filter(({ fields }) => fields.length > 0);
  }

  /** Takes one line in; answers where the next one starts, which after a block scalar is behind it. */
  #add(line: Line, start: number, next: number): number {
    const parent = this.#parentOf(line);
    const { key, valueStart, valueEnd, opens } = line;
    if (opens === 'block') {
      const block = blockBelow(this.#source.text, next, line.keyIndent);
      if (block !== undefined) {
        parent.record.fields.push({ keys: [...parent.keys, key], ...dedented(block, this.#source) });
        return block.end;
      }
    }
    if (valueStart === valueEnd) {
      if (opens !== undefined)
        this.#levels.push({
          indent: line.keyIndent,
          keys: [...parent.keys, key],
          record: parent.record,
          awaitsRecord: true,
        });
      return next;
    }
    const field: Field = {
      keys: [...parent.keys, key],
      text: this.#source.text.slice(start + valueStart, start + valueEnd),
      locate: shifted(start + valueStart, this.#source.locate),
      ...(line.isCommented === true ? { isCommented: true as const } : {}),
    };
    parent.record.fields.push(field);
    return next;
  }

  #parentOf(line: Line): Level {
    const levels = this.#levels;
    while (levels.length > 1 && line.indent <= (levels.at(-1)?.indent ?? -1)) levels.pop();
    const parent = levels.at(-1) as Level;
    if (!line.isItem && !parent.awaitsRecord) return parent;
    // The keys of an item stand right of its dash, and stay in its record until the next dash.
    const indent = line.isItem ? line.indent : line.indent - 1;
    const record: FieldRecord = { fields: [], nature: 'object', keys: parent.keys, parent: parent.record };
    const level = this.#level(indent, record);
    levels.push(level);
    return level;
  }

  #level(indent: number, record: FieldRecord): Level {
    this.#records.push(record);
    return { indent, keys: record.keys, record, awaitsRecord: false };
  }
}

/** The parts of one line, in offsets of the line. */
interface Line {
  readonly indent: number;
  readonly keyIndent: number;
  readonly isItem: boolean;
  readonly key: string;
  readonly valueStart: number;
  /** Equal to the start when there is no value. */
  readonly valueEnd: number;
  /** The key stands for what is indented below it: further keys, or the lines of a block scalar. */
  readonly opens?: 'keys' | 'block';
  readonly section?: string;
  readonly isCommented?: boolean;
}

const MAX_KEY = 100;
const MAX_KEY_BLANKS = 4;

function readLine(line: string): Line | undefined {
  let at = skipBlanks(line, 0);
  const indent = at;
  let isItem = false;
  while (line.charCodeAt(at) === 0x2d && line.charCodeAt(at + 1) === 0x20) {
    isItem = true;
    at = skipBlanks(line, at + 1);
  }
  if (at >= line.length) return undefined;
  const first = line.charCodeAt(at);
  if (first === 0x5b) return readSection(line, at);
  const isCommented = first === 0x23 || first === 0x3b;
  if (isCommented) at = skipCommentMarks(line, at);
  if (line.startsWith('export ', at)) at += 7;
  else if (line.startsWith('set ', at)) at += 4;
  const key = readKey(line, at);
  if (key === undefined) return undefined;
  return { indent, keyIndent: at, isItem, key: key.text, isCommented, ...readValue(line, key.valueStart) };
}

/** A commented-out setting is read like a setting: what it holds is there for everyone to read. */
function skipCommentMarks(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === 0x23 || line.charCodeAt(at) === 0x3b) at++;
  return skipBlanks(line, at);
}

/** `[section]` and `[[table]]`. */
function readSection(line: string, at: number): Line | undefined {
  const match = /^\[{1,2}\s{0,8}([\w. "'-]{1,100})\]{1,2}\s*$/.exec(line.slice(at, at + 130));
  if (match?.[1] === undefined) return undefined;
  return {
    indent: at,
    keyIndent: at,
    isItem: false,
    key: '',
    valueStart: 0,
    valueEnd: 0,
    section: match[1].trim(),
  };
}

function readKey(line: string, at: number): { text: string; valueStart: number } | undefined {
  const first = line.charCodeAt(at);
  return first === 0x22 || first === 0x27 ? readQuotedKey(line, at) : readBareKey(line, at);
}

function readQuotedKey(line: string, at: number): { text: string; valueStart: number } | undefined {
  const end = line.indexOf(line.charAt(at), at + 1);
  if (end <= at + 1 || end - at > MAX_KEY) return undefined;
  const separator = skipBlanks(line, end + 1);
  if (!isSeparator(line.charCodeAt(separator))) return undefined;
  return { text: line.slice(at + 1, end), valueStart: afterSeparator(line, separator) };
}

function readBareKey(line: string, at: number): { text: string; valueStart: number } | undefined {
  const limit = Math.min(line.length, at + MAX_KEY);
  let blanks = 0;
  let end = at;
  for (; ; end++) {
    if (end >= limit) return undefined;
    const code = line.charCodeAt(end);
    if (code === 0x3d) break;
    if (code === 0x3a && endsKey(line, at, end)) break;
    if (code === 0x20 && line.charCodeAt(end - 1) !== 0x20 && ++blanks > MAX_KEY_BLANKS) return undefined;
    if (KEY_CHARACTERS[code] !== 1 && code < 0x80) return undefined;
  }
  const text = line.slice(at, end).trimEnd();
  return text === '' ? undefined : { text, valueStart: afterSeparator(line, end) };
}

/** Letters, digits, blanks and the punctuation of keys. */
const KEY_CHARACTERS = new Uint8Array(0x80);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-/ #@$[]*+()'\\")
  KEY_CHARACTERS[character.charCodeAt(0)] = 1;

/** A colon ends a key before a blank or the end of the line; properties allow more (`ssn:123-45-6789`), but not `http://` or `10:30`. */
function endsKey(line: string, keyStart: number, colon: number): boolean {
  if (colon + 1 >= line.length) return true;
  const next = line.charCodeAt(colon + 1);
  if (next <= 0x20) return true;
  if (next === 0x2f || next === 0x3a) return false;
  const first = line.charCodeAt(keyStart);
  return !(first >= 0x30 && first <= 0x39) && colon - keyStart >= 2;
}

function isSeparator(code: number): boolean {
  return code === 0x3a || code === 0x3d;
}

/** Behind `:`, `=`, `==`, `=>` and `:=`. */
function afterSeparator(line: string, at: number): number {
  const next = line.charCodeAt(at + 1);
  return next === 0x3d || next === 0x3e ? at + 2 : at + 1;
}

function readValue(line: string, from: number): Pick<Line, 'valueStart' | 'valueEnd' | 'opens'> {
  const start = skipBlanks(line, from);
  const end = trimmedEnd(line, start);
  if (start >= end) return { valueStart: start, valueEnd: start, opens: 'keys' };
  const first = line.charCodeAt(start);
  if (first === 0x22 || first === 0x27) return quotedValue(line, start, end);
  if ((first === 0x7c || first === 0x3e) && end - start <= 3)
    return { valueStart: start, valueEnd: start, opens: 'block' };
  const comment = line.indexOf(' #', start);
  return {
    valueStart: start,
    valueEnd: withoutTrailing(line, start, comment === -1 ? end : Math.min(comment, end)),
  };
}

function quotedValue(line: string, start: number, end: number): Pick<Line, 'valueStart' | 'valueEnd'> {
  const close = closingQuote(line, start);
  if (close !== -1) {
    const after = line.slice(close + 1, end).trim();
    if (after === '' || after === ',' || after === ';' || after.startsWith('#'))
      return { valueStart: start + 1, valueEnd: close };
  }
  return { valueStart: start, valueEnd: end };
}

function closingQuote(line: string, start: number): number {
  const quote = line.charCodeAt(start);
  for (let at = start + 1; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 0x5c && quote === 0x22) at++;
    else if (code === quote) {
      if (quote === 0x27 && line.charCodeAt(at + 1) === quote) at++;
      else return at;
    }
  }
  return -1;
}

function withoutTrailing(line: string, start: number, from: number): number {
  let end = from;
  while (end > start) {
    const code = line.charCodeAt(end - 1);
    if (code > 0x20 && code !== 0x2c && code !== 0x3b) break;
    end--;
  }
  return end;
}

function trimmedEnd(line: string, start: number): number {
  let end = line.length;
  while (end > start && line.charCodeAt(end - 1) <= 0x20) end--;
  return end;
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && line.charCodeAt(at) <= 0x20) at++;
  return at;
}

function lineEndAt(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/** The lines of a block scalar, as offsets of the whole text. */
interface Block {
  readonly lines: readonly { readonly start: number; readonly end: number }[];
  readonly indent: number;
  /** Where the line behind the block starts. */
  readonly end: number;
}

function blockBelow(text: string, from: number, keyIndent: number): Block | undefined {
  const lines: { start: number; end: number }[] = [];
  let indent = 0;
  let start = from;
  while (start < text.length) {
    const end = lineEndAt(text, start);
    let first = start;
    while (first < end && text.charCodeAt(first) === 0x20) first++;
    const isBlank = text.slice(first, end).trim() === '';
    if (!isBlank) {
      if (lines.length === 0 || indent === 0) indent = first - start;
      if (first - start < indent || first - start <= keyIndent) break;
    }
    lines.push({ start, end });
    start = end + 1;
  }
  return lines.length === 0 || indent === 0 ? undefined : { lines, indent, end: start };
}

/** The block without its indentation, and where each of its lines stands. */
function dedented({ lines, indent }: Block, source: SourceText): SourceText {
  const pieces: string[] = [];
  const starts: number[] = [];
  const sources: number[] = [];
  let length = 0;
  for (const { start, end } of lines) {
    const from = Math.min(start + indent, end);
    pieces.push(source.text.slice(from, end));
    starts.push(length);
    sources.push(from);
    length += end - from + 1;
  }
  return { text: pieces.join('\n'), locate: locateInPieces(starts, sources, source.locate) };
}

/** Maps an offset by the piece that it falls in. Both lists ascend. */
function locateInPieces(starts: readonly number[], sources: readonly number[], outer: Locate): Locate {
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return outer((sources[low] ?? 0) + offset - (starts[low] ?? 0));
  };
}
