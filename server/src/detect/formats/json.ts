import { type Field, type FieldRecord, type Locate, type SourceText, shifted } from '../fields.ts';

/**
 * Reads JSON into records of fields: also newline-delimited JSON, comments, trailing commas, and the wider grammar of YAML in flow style
 * and of literals in scripts (words without quotes, single quotes).
 *
 * A scanner of our own: the document parser builds trees at 1 to 2 MB/s, and `jsonc-parser` recurses over nested values and does not say
 * where the characters of a string with escapes stand.
 *
 * Returns undefined when the text stops being JSON before it ends.
 */
export function readJson(source: SourceText, keys: readonly string[]): FieldRecord[] | undefined {
  return new JsonScanner(source, keys).read();
}

interface Level {
  readonly isArray: boolean;
  /** The record whose fields stand here; an array passes on that of its parent. */
  readonly record: FieldRecord;
  readonly keys: readonly string[];
}

const MAX_DEPTH = 500;

class JsonScanner {
  readonly #text: string;
  readonly #locate: Locate;
  readonly #records: FieldRecord[] = [];
  readonly #levels: Level[] = [];
  readonly #root: FieldRecord;
  #at = 0;
  #key: string | undefined;

  constructor(source: SourceText, keys: readonly string[]) {
    this.#text = source.text;
    this.#locate = source.locate;
    this.#root = { fields: [], nature: 'object', keys };
  }

  read(): FieldRecord[] | undefined {
    while (true) {
      this.#skipBlanks();
      if (this.#at >= this.#text.length) break;
      if (!this.#token()) return undefined;
    }
    if (this.#levels.length > 0) return undefined;
    if (this.#root.fields.length > 0) this.#records.push(this.#root);
    return this.#records;
  }

  #token(): boolean {
    const character = this.#text.charAt(this.#at);
    switch (character) {
      case '{':
      case '[':
        return this.#open(character === '[');
      case '}':
      case ']':
        return this.#close(character === ']');
      case ',':
        this.#at++;
        return true;
      case '"':
      case "'":
        return this.#string(this.#text.charCodeAt(this.#at));
      default:
        return this.#bare();
    }
  }

  #open(isArray: boolean): boolean {
    if (this.#levels.length >= MAX_DEPTH) return false;
    const parent = this.#levels.at(-1);
    // `{{` opens an expression of a template, and no object.
    if (parent?.isArray === false && this.#key === undefined) return false;
    const parentRecord = parent?.record ?? this.#root;
    const keys = this.#valueKeys();
    this.#key = undefined;
    const record: FieldRecord = isArray
      ? parentRecord
      : { fields: [], nature: 'object', keys, ...(parent !== undefined ? { parent: parentRecord } : {}) };
    if (!isArray) this.#records.push(record);
    this.#levels.push({ isArray, record, keys });
    this.#at++;
    return true;
  }

  #close(isArray: boolean): boolean {
    const level = this.#levels.pop();
    this.#at++;
    return level !== undefined && level.isArray === isArray;
  }

  #string(quote: number): boolean {
    const start = this.#at + 1;
    let end = start;
    let escaped = false;
    for (; ; end++) {
      const code = this.#text.charCodeAt(end);
      if (Number.isNaN(code) || code === 0x0a) return false;
      if (code === quote) break;
      if (code === 0x5c) {
        escaped = true;
        end++;
      }
    }
    this.#at = end + 1;
    const raw = this.#text.slice(start, end);
    if (this.#awaitsKey()) return this.#takeKey(escaped ? unescapeJson(raw).text : raw);
    const outer = shifted(start, this.#locate);
    if (escaped) {
      const { text, offsets } = unescapeJson(raw);
      this.#field(text, (offset) => outer(offsets[offset] ?? raw.length));
    } else this.#field(raw, outer);
    return true;
  }

  #awaitsKey(): boolean {
    const level = this.#levels.at(-1);
    return level !== undefined && !level.isArray && this.#key === undefined;
  }

  #takeKey(key: string): boolean {
    this.#skipBlanks();
    if (this.#text.charCodeAt(this.#at) !== 0x3a) return false;
    this.#at++;
    this.#key = key;
    return true;
  }

  /** Numbers, `true`, `false`, `null`, and words without quotes. */
  #bare(): boolean {
    const start = this.#at;
    const isKey = this.#awaitsKey();
    // Outside of brackets only JSON's own words may stand, since anything else is no JSON.
    if (this.#levels.length === 0) return false;
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (
        code === 0x2c ||
        code === 0x5d ||
        code === 0x7d ||
        code === 0x0a ||
        code === 0x5b ||
        code === 0x7b ||
        code === 0x22
      )
        break;
      if (code === 0x3a && (isKey || this.#text.charCodeAt(this.#at + 1) <= 0x20)) break;
    }
    const raw = this.#text.slice(start, this.#at).trimEnd();
    if (raw === '' || raw.length > 1000) return false;
    if (isKey) return raw.length <= 100 && this.#takeKey(raw);
    this.#field(raw, shifted(start, this.#locate));
    return true;
  }

  #field(text: string, locate: Locate): void {
    const level = this.#levels.at(-1);
    const field: Field = { keys: this.#valueKeys(), text, locate };
    (level?.record ?? this.#root).fields.push(field);
    this.#key = undefined;
  }

  #valueKeys(): readonly string[] {
    const keys = this.#levels.at(-1)?.keys ?? this.#root.keys;
    return this.#key === undefined ? keys : [...keys, this.#key];
  }

  #skipBlanks(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x2f && this.#text.charCodeAt(this.#at + 1) === 0x2f) {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end === -1 ? this.#text.length : end;
      } else if (code > 0x20 && code !== 0xfeff) return;
    }
  }
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The decoded text, and for each of its characters (and its end) the offset in the raw text. */
function unescapeJson(raw: string): { text: string; offsets: number[] } {
  let text = '';
  const offsets: number[] = [];
  for (let index = 0; index < raw.length; ) {
    offsets.push(index);
    if (raw.charCodeAt(index) !== 0x5c) {
      text += raw.charAt(index++);
      continue;
    }
    const letter = raw.charAt(index + 1);
    if (letter === 'u') {
      const code = Number.parseInt(raw.slice(index + 2, index + 6), 16);
      text += Number.isNaN(code) ? '\uFFFD' : String.fromCharCode(code);
      index += 6;
    } else {
      text += ESCAPES[letter] ?? letter;
      index += 2;
    }
  }
  offsets.push(raw.length);
  return { text, offsets };
}
