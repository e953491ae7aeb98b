import { quote, quoteCharacter } from '../../go/quote.ts';
import type { Trace } from '../../trace/origin.ts';
import { Str } from '../../trace/text.ts';
import { Bool, Dict, Float, type GoValue, Int, List } from '../../value/value.ts';
import { TomlError } from './error.ts';

/** Reads TOML. */
export function decodeToml(source: Str): Dict {
  return new TomlReader(source).read();
}

const KEY_PART = /(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*(\.)?[ \t]*/y;
const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;
const LINE_BLANK = /[ \t]*(?:#[^\n]*)?/y;
const NUMBER =
  /[+-]?(?:0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|inf|nan|[0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][+-]?[0-9_]+)?)/y;
const DATE =
  /\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?)?|\d{2}:\d{2}:\d{2}/y;

class TomlReader {
  readonly #source: Str;
  readonly #text: string;
  #offset = 0;
  /** The key whose value is read, with those of the tables around it. */
  #lastKey = '';
  #table = '';

  constructor(source: Str) {
    this.#source = source;
    this.#text = source.text;
  }

  read(): Dict {
    const zero = this.#text.indexOf('\0');
    if (zero !== -1) {
      this.#offset = 0;
      this.#fail('files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8');
    }
    const root = this.#dict(0);
    let current = root;
    for (;;) {
      this.#skip(BLANK);
      const character = this.#text[this.#offset];
      if (character === undefined) return root;
      if (character === '[') current = this.#header(root);
      else this.#assignment(current);
      this.#skip(LINE_BLANK);
      const next = this.#text[this.#offset];
      if (next !== undefined && next !== '\n' && next !== '\r') {
        const found = this.#shown();
        this.#fail(
          `expected a top-level item to end with a newline, comment, or EOF, but got ${found} instead`,
        );
      }
    }
  }

  #fail(reason: string): never {
    const line = this.#text.slice(0, this.#offset).split('\n').length;
    const key = this.#lastKey === '' ? '' : ` (last key ${quote(this.#lastKey)})`;
    throw new TomlError(`toml: line ${line}${key}: ${reason}`);
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text)?.[0] ?? '';
    this.#offset += match.length;
    return match;
  }

  #trace(start: number): Trace {
    return this.#source.traceOf(start, Math.max(this.#offset, start + 1));
  }

  #dict(start: number): Dict {
    return new Dict(new Map(), 'map[string]interface {}', this.#source.traceOf(start, start + 1));
  }

  #header(root: Dict): Dict {
    const start = this.#offset;
    const isArray = this.#text.startsWith('[[', start);
    this.#offset += isArray ? 2 : 1;
    this.#skip(LINE_BLANK);
    const path = this.#keyPath();
    this.#table = path.join('.');
    const close = isArray ? ']]' : ']';
    if (!this.#text.startsWith(close, this.#offset)) this.#fail(`expected ${close}`);
    this.#offset += close.length;
    const key = path.pop() ?? '';
    const parent = this.#descend(root, path);
    const present = parent.entries.get(key);
    if (!isArray && present !== undefined) return this.#descend(parent, [key]);
    const table = this.#dict(start);
    const items = present?.kind === 'list' ? present.items : [];
    parent.entries.set(
      key,
      isArray ? new List([...items, table], '[]interface {}', this.#trace(start)) : table,
    );
    return table;
  }

  /** Finds or makes the table at a path; in a list of tables the last one counts. */
  #descend(from: Dict, path: readonly string[]): Dict {
    let current = from;
    for (const key of path) {
      const present = current.entries.get(key);
      const last = present?.kind === 'list' ? present.items.at(-1) : present;
      if (last?.kind === 'map') current = last;
      else if (last !== undefined) this.#fail(`Key '${key}' has already been defined.`);
      else {
        const table = this.#dict(this.#offset);
        current.entries.set(key, table);
        current = table;
      }
    }
    return current;
  }

  #keyPath(): string[] {
    const path: string[] = [];
    for (;;) {
      KEY_PART.lastIndex = this.#offset;
      const match = KEY_PART.exec(this.#text);
      if (match === null) this.#failAtKey(path.length === 0);
      const [whole, bare, quoted, literal, dot] = match;
      this.#offset += whole.length;
      path.push(bare ?? literal ?? unescapeToml(quoted ?? ''));
      if (dot === undefined) return path;
    }
  }

  #failAtKey(isFirst: boolean): never {
    const character = this.#text[this.#offset] ?? '=';
    if (character === '=') this.#fail(`unexpected '='${isFirst ? ': key name appears blank' : ''}`);
    if (character === '.') this.#fail(`unexpected '.'${isFirst ? ": keys cannot start with a '.'" : ''}`);
    this.#fail(`expected '.' or '=', but got ${this.#shown()} instead`);
  }

  /** The character at hand, for messages. */
  #shown(): string {
    return quoteCharacter(this.#text.codePointAt(this.#offset) ?? 0);
  }

  #assignment(table: Dict): void {
    const path = this.#keyPath();
    if (this.#offset >= this.#text.length) this.#fail("unexpected EOF; expected key separator '='");
    if (this.#text[this.#offset] !== '=') this.#fail(`expected '.' or '=', but got ${this.#shown()} instead`);
    this.#offset++;
    this.#lastKey = [this.#table, ...path].filter((part) => part !== '').join('.');
    this.#skip(LINE_BLANK);
    const key = path.pop() ?? '';
    const parent = this.#descend(table, path);
    if (parent.entries.has(key)) this.#fail(`Key '${this.#lastKey}' has already been defined.`);
    parent.entries.set(key, this.#value());
    this.#lastKey = '';
  }

  #value(): GoValue {
    const start = this.#offset;
    const text = this.#text;
    const character = text[start];
    if (character === '"' || character === "'") {
      const value = this.#string(character);
      return new Str(value, this.#trace(start));
    }
    if (character === '[') return this.#array();
    if (character === '{') return this.#inline();
    for (const [word, value] of [['true', true] as const, ['false', false] as const]) {
      if (text.startsWith(word, start)) {
        this.#offset += word.length;
        return new Bool(value, this.#trace(start));
      }
    }
    const date = this.#skip(DATE);
    if (date !== '') return new Str(date, this.#trace(start));
    return this.#number(start);
  }

  #number(start: number): GoValue {
    const source = this.#skip(NUMBER).replaceAll('_', '');
    if (source === '') this.#failAtValue();
    if (/^[+-]?(?:inf|nan)$/.test(source)) {
      const value = source.endsWith('nan') ? Number.NaN : Number.POSITIVE_INFINITY;
      return new Float(source.startsWith('-') ? -value : value, this.#trace(start));
    }
    if (/^[+-]?\d+[.eE]/.test(source)) return new Float(Number(source), this.#trace(start));
    const magnitude = BigInt(source.replace(/^[+-]/, ''));
    return new Int(source.startsWith('-') ? -magnitude : magnitude, 'int64', this.#trace(start));
  }

  #failAtValue(): never {
    if (this.#offset >= this.#text.length) this.#fail('unexpected EOF; expected value');
    const word = this.#skip(/[\p{L}_]+/uy);
    this.#fail(`expected value but found ${word === '' ? this.#shown() : quote(word)} instead`);
  }

  #string(delimiter: '"' | "'"): string {
    const text = this.#text;
    const fence = delimiter.repeat(3);
    const isLong = text.startsWith(fence, this.#offset);
    const open = isLong ? 3 : 1;
    let end = this.#offset + open;
    for (;;) {
      const character = text[end];
      if (character === undefined)
        this.#fail(`unexpected EOF; expected ${delimiter === '"' ? `'"'` : `"'"`}`);
      if (!isLong && character === '\n') this.#fail('strings cannot contain newlines');
      if (isLong ? text.startsWith(fence, end) : character === delimiter) break;
      end += character === '\\' && delimiter === '"' ? 2 : 1;
    }
    if (isLong) while (text[end + 3] === delimiter && end - this.#offset > 0) end++;
    let body = text.slice(this.#offset + open, end);
    this.#offset = end + open;
    if (isLong) body = body.replace(/^\r?\n/, '');
    return delimiter === '"' ? unescapeToml(body) : body;
  }

  #array(): GoValue {
    const start = this.#offset++;
    const items: GoValue[] = [];
    for (;;) {
      this.#skip(BLANK);
      if (this.#text[this.#offset] === ']') break;
      items.push(this.#value());
      this.#skip(BLANK);
      if (this.#text[this.#offset] === ']') break;
      if (this.#text[this.#offset] !== ',') this.#failInside("(',') or array terminator (']')");
      this.#offset++;
    }
    this.#offset++;
    return new List(items, '[]interface {}', this.#source.traceOf(start, start + 1));
  }

  #failInside(expected: string, end = ''): never {
    const found = this.#offset >= this.#text.length ? 'end of file' : this.#shown();
    this.#fail(`expected a comma ${expected}, but got ${found}${end}`);
  }

  #inline(): GoValue {
    const table = this.#dict(this.#offset++);
    for (;;) {
      this.#skip(BLANK);
      if (this.#text[this.#offset] === '}') break;
      this.#assignment(table);
      this.#skip(BLANK);
      if (this.#text[this.#offset] === '}') break;
      if (this.#text[this.#offset] !== ',') this.#failInside("or an inline table terminator '}'", ' instead');
      this.#offset++;
    }
    this.#offset++;
    return table;
  }
}

const UNESCAPES: Record<string, string> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};

function unescapeToml(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([ \t]*\r?\n[ \t\r\n]*)|(.))/g,
    (match, short?: string, long?: string, folded?: string, letter?: string) => {
      if (folded !== undefined) return '';
      if (letter !== undefined) return UNESCAPES[letter] ?? match;
      const code = Number.parseInt(short ?? long ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : match;
    },
  );
}
