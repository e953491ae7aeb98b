import { quoteCharacter as goCharacter } from '../go/quote.ts';
import { encodeUtf8 } from '../go/utf8.ts';
import type { Trace } from '../trace/origin.ts';
import { Str } from '../trace/text.ts';
import { Bool, Dict, Float, type GoValue, List, Nil } from '../value/value.ts';

/** Why a text is not JSON, in the words of encoding/json. */
export class JsonError extends Error {}

const MAX_DEPTH = 1000;
const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings hold none.
const STRING_RUN = /[^"\\\0-\x1f]*/y;

/**
 * Reads JSON that a template made; numbers are float64, and each value keeps the origins of its text.
 *
 * @throws JsonError
 */
export function decodeTracedJson(source: Str): GoValue {
  const reader = new Reader(source);
  const value = reader.value(0);
  reader.end();
  return value;
}

/** Reads one JSON value at the beginning of a text and tells where it ends. */
export function decodeJsonPrefix(source: Str): { value: GoValue; end: number } {
  const reader = new Reader(source);
  const value = reader.value(0);
  return { value, end: reader.offset };
}

class Reader {
  readonly #source: Str;
  readonly #text: string;
  offset = 0;

  constructor(source: Str) {
    this.#source = source;
    this.#text = source.text;
  }

  end(): void {
    this.#skipSpace();
    if (this.offset < this.#text.length) this.#unexpected('after top-level value');
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.offset;
    SPACE.exec(this.#text);
    this.offset = SPACE.lastIndex;
  }

  #unexpected(where: string): never {
    const code = this.#text.codePointAt(this.offset);
    let character = code === undefined ? undefined : String.fromCodePoint(code);
    if (character === undefined) {
      // Go ends the text with a space, and complains of it where none may stand.
      if (!/in literal|in numeric|escape/.test(where)) throw new JsonError('unexpected end of JSON input');
      character = ' ';
    }
    throw new JsonError(`invalid character ${quoteCharacter(character)} ${where}`);
  }

  #trace(start: number): Trace {
    return this.#source.traceOf(start, Math.max(this.offset, start + 1));
  }

  value(depth: number): GoValue {
    if (depth > MAX_DEPTH) throw new JsonError('exceeded max depth');
    this.#skipSpace();
    const start = this.offset;
    switch (this.#text[start]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"': {
        const text = this.#string();
        return new Str(text, this.#trace(start));
      }
      case 't':
        return this.#word('true', () => new Bool(true, this.#trace(start)));
      case 'f':
        return this.#word('false', () => new Bool(false, this.#trace(start)));
      case 'n':
        return this.#word('null', () => new Nil(this.#trace(start)));
      default:
        return this.#number(start);
    }
  }

  #word(word: string, make: () => GoValue): GoValue {
    for (let index = 1; index < word.length; index++) {
      this.offset++;
      if (this.#text[this.offset] !== word[index]) {
        this.#unexpected(`in literal ${word} (expecting ${quoteCharacter(word[index] ?? '')})`);
      }
    }
    this.offset++;
    return make();
  }

  #number(start: number): GoValue {
    NUMBER.lastIndex = start;
    const match = NUMBER.exec(this.#text);
    if (match === null) {
      if (this.#text[start] === '-') {
        this.offset++;
        this.#unexpected('in numeric literal');
      }
      this.#unexpected('looking for beginning of value');
    }
    this.offset = start + match[0].length;
    return new Float(Number(match[0]), this.#trace(start));
  }

  #string(): string {
    this.offset++;
    let result = '';
    for (;;) {
      STRING_RUN.lastIndex = this.offset;
      result += STRING_RUN.exec(this.#text)?.[0] ?? '';
      this.offset = STRING_RUN.lastIndex;
      const character = this.#text[this.offset];
      if (character === '"') {
        this.offset++;
        return result;
      }
      if (character !== '\\') this.#unexpected('in string literal');
      result += this.#escape();
    }
  }

  #escape(): string {
    this.offset++;
    const letter = this.#text[this.offset] ?? '';
    const simple = ESCAPES[letter];
    if (simple !== undefined) {
      this.offset++;
      return simple;
    }
    if (letter !== 'u') this.#unexpected('in string escape code');
    const digits = this.#text.slice(this.offset + 1, this.offset + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      this.offset += 1 + (/^[0-9a-fA-F]*/.exec(digits)?.[0].length ?? 0);
      this.#unexpected('in \\u hexadecimal character escape');
    }
    this.offset += 5;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #array(depth: number): GoValue {
    const start = this.offset++;
    const items: GoValue[] = [];
    this.#skipSpace();
    if (this.#text[this.offset] === ']') this.offset++;
    else {
      for (;;) {
        items.push(this.value(depth + 1));
        this.#skipSpace();
        const next = this.#text[this.offset];
        if (next !== ',' && next !== ']') this.#unexpected('after array element');
        this.offset++;
        if (next === ']') break;
      }
    }
    return new List(items, '[]interface {}', this.#source.traceOf(start, start + 1));
  }

  #object(depth: number): GoValue {
    const start = this.offset++;
    const entries = new Map<string, GoValue>();
    const keyTraces = new Map<string, Trace>();
    this.#skipSpace();
    if (this.#text[this.offset] === '}') this.offset++;
    else {
      for (;;) {
        this.#skipSpace();
        const keyStart = this.offset;
        if (this.#text[keyStart] !== '"') this.#unexpected('looking for beginning of object key string');
        const key = this.#string();
        keyTraces.set(key, this.#trace(keyStart));
        this.#skipSpace();
        if (this.#text[this.offset] !== ':') this.#unexpected('after object key');
        this.offset++;
        entries.set(key, this.value(depth + 1));
        this.#skipSpace();
        const next = this.#text[this.offset];
        if (next !== ',' && next !== '}') this.#unexpected('after object key:value pair');
        this.offset++;
        if (next === '}') break;
      }
    }
    const dict = new Dict(entries, 'map[string]interface {}', this.#source.traceOf(start, start + 1));
    dict.keyTraces = keyTraces;
    return dict;
  }
}

const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Go names the byte that it finds, as if it were a character. */
function quoteCharacter(character: string): string {
  const [byte = 0] = encodeUtf8(character);
  return goCharacter(byte);
}
