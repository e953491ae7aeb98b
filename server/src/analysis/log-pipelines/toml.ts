import type { OffsetRange } from '../../syntax/ranges.ts';
import type { TextSetting } from './sections.ts';
import type { NamedBlock } from './text-formats.ts';

/** What is not closed ends with its line, or with the text, so that each letter is looked at once. */
const TOKENS =
  /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|#[^\n]*|\n|[=,[\]{}]|(?:\$\{[^}\n]{0,200}\}|[^\s#,=[\]{}"'])+/g;
const HEADER = /^[ \t]*\[{1,2}[\w-]+\.[\w.-]+\]/;
const NO_KEY = /^[\n=,[\]{}]/;
/** No configuration nests deeper, or has longer keys; what does is not gone into. */
const DEPTH = 32;
const LENGTH = 200;

type Path = readonly string[];

interface Token extends OffsetRange {
  readonly text: string;
}

/** Where a table takes one more setting, and what stands before and behind it there. */
interface Room {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/**
 * TOML, as Vector reads it: all that is below `sinks.name` is one block, by headers, keys with dots or inline tables.
 *
 * Source: https://toml.io/en/v1.0.0 and https://vector.dev/docs/reference/configuration/
 */
export function tomlBlocks(text: string): NamedBlock[] {
  return new TomlReader(text).read();
}

class TomlReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  readonly #blocks = new Map<string, { path: Path; head: OffsetRange; settings: TextSetting[] }>();
  readonly #rooms = new Map<string, Room>();

  constructor(text: string) {
    this.#text = text;
    this.#tokens = Array.from(text.matchAll(TOKENS), ({ 0: token, index }) => ({
      text: token,
      start: index,
      end: index + token.length,
    })).filter((token) => !token.text.startsWith('#'));
  }

  read(): NamedBlock[] {
    let table: Path = [];
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.text === '[') table = this.#header();
      else if (token.text !== '\n') {
        this.#entry(table, 0);
        this.#setRoom(table, token.start);
      }
      while (this.#peek() !== undefined && this.#take()?.text !== '\n');
    }
    return [...this.#blocks.values()].map(({ path, head, settings }) => ({
      type: path[0] ?? '',
      name: path[1] ?? '',
      head,
      settings,
      add: (key, value) => this.#added([...path, ...key.split('.')], value),
      write: (value) => (typeof value === 'boolean' ? String(value) : JSON.stringify(value)),
    }));
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(): Token | undefined {
    return this.#tokens[this.#next++];
  }

  #skips(text: string): boolean {
    const isThere = this.#peek()?.text === text;
    if (isThere) this.#next++;
    return isThere;
  }

  /** `[a.b]`, or `[[a.b]]`. */
  #header(): Path {
    const start = this.#take()?.start ?? 0;
    this.#skips('[');
    const path = this.#key();
    const end = this.#peek()?.end ?? this.#text.length;
    this.#blockOf(path, { start, end });
    this.#setRoom(path, start);
    return path;
  }

  #key(): Path {
    const parts: string[] = [];
    for (let token = this.#peek(); token !== undefined && !NO_KEY.test(token.text); token = this.#peek()) {
      const quoted = /^["']/.test(token.text);
      if (token.text.length <= LENGTH)
        parts.push(...(quoted ? [token.text.slice(1, -1)] : token.text.split('.').filter(Boolean)));
      this.#next++;
    }
    return parts.slice(0, DEPTH);
  }

  #entry(table: Path, depth: number): void {
    const start = this.#peek()?.start ?? 0;
    const key = this.#key();
    const end = this.#tokens[this.#next - 1]?.end ?? start;
    if (!this.#skips('=')) return;
    const path = [...table, ...key];
    this.#blockOf(path, { start, end });
    this.#value(path, depth);
  }

  #value(path: Path, depth: number): void {
    const token = this.#peek();
    if (token === undefined || token.text === '\n') return;
    this.#next++;
    if (token.text === '[') this.#list(path, depth + 1);
    else if (token.text === '{') this.#inlineTable(path, token.end, depth + 1);
    else if (!NO_KEY.test(token.text) && path.length <= DEPTH) {
      const { start, end } = insideOf(token);
      const [, , ...below] = path;
      this.#blockOf(path, token)?.settings.push({
        key: below.join('.'),
        value: this.#text.slice(start, end),
        valueRange: { start, end },
      });
    }
  }

  #list(path: Path, depth: number): void {
    for (let token = this.#peek(); token !== undefined && !this.#skips(']'); token = this.#peek()) {
      if (token.text === '\n' && this.#isUnclosed(token.end)) return;
      if (/[\n,]/.test(token.text[0] ?? '') || depth > DEPTH) this.#next++;
      else this.#value(path, depth);
    }
  }

  /** Whether the next line is none of a list: somebody is typing. */
  #isUnclosed(start: number): boolean {
    const isEntry = this.#tokens[this.#next + 2]?.text === '=';
    return isEntry || HEADER.test(this.#text.slice(start, start + LENGTH));
  }

  #inlineTable(path: Path, start: number, depth: number): void {
    this.#rooms.set(path.join('\n'), { at: start, before: ' ', after: this.#text[start] === '}' ? ' ' : '' });
    for (let token = this.#peek(); token !== undefined && !this.#skips('}'); token = this.#peek()) {
      const from = this.#next;
      if (!NO_KEY.test(token.text) && depth <= DEPTH) this.#entry(path, depth);
      const at = this.#tokens[this.#next - 1]?.end ?? start;
      if (this.#next > from) this.#rooms.set(path.join('\n'), { at, before: ', ', after: '' });
      else this.#next++;
    }
  }

  /** The block that a path goes into; its head is where it is first named. */
  #blockOf(path: Path, head: OffsetRange) {
    const [type, name] = path;
    if (type === undefined || name === undefined) return undefined;
    const id = `${type}\n${name}`;
    const block = this.#blocks.get(id) ?? { path: [type, name], head, settings: [] };
    this.#blocks.set(id, block);
    return block;
  }

  /** Behind the line that has just been read. */
  #setRoom(table: Path, start: number): void {
    const last = this.#tokens[this.#next - 1]?.end ?? start;
    const [rest = ''] = /^[^\r\n]*/.exec(this.#text.slice(last, last + 1000)) ?? [];
    const lineStart = this.#text.lastIndexOf('\n', start - 1) + 1;
    const before = `\n${this.#text.slice(lineStart, start).replace(/\S.*$/, '')}`;
    this.#rooms.set(table.join('\n'), { at: last + rest.length, before, after: '' });
  }

  /** A setting goes into the innermost table that is there: what has a table of its own cannot be added to from outside. */
  #added(path: Path, value: string): { at: number; newText: string } {
    for (let taken = path.length - 1; taken > 0; taken--) {
      const room = this.#rooms.get(path.slice(0, taken).join('\n'));
      if (room === undefined) continue;
      const key = path.slice(taken).map((part) => (/^[\w-]+$/.test(part) ? part : JSON.stringify(part)));
      return { at: room.at, newText: `${room.before}${key.join('.')} = ${value}${room.after}` };
    }
    return { at: this.#text.length, newText: '' };
  }
}

/** A string without its quotes. */
function insideOf({ text, start, end }: Token): OffsetRange {
  const quotes = /^(?:"""|'''|["'])/.exec(text)?.[0] ?? '';
  const isClosed = text.length >= 2 * quotes.length && text.endsWith(quotes);
  return { start: start + quotes.length, end: isClosed ? end - quotes.length : end };
}
