import { formatJsonNumber } from '../go/float.ts';
import type { Trace } from '../trace/origin.ts';
import { type Str, TextBuilder } from '../trace/text.ts';
import { type GoValue, type List, sortedKeys } from '../value/value.ts';

export interface JsonOptions {
  /** Whether `<`, `>` and `&` are escaped, as encoding/json does unless told otherwise. */
  readonly escapesHtml: boolean;
  /** Spaces a level; 0 for one line. */
  readonly indent: number;
}

const MAX_DEPTH = 500;

class UnwritableError extends Error {}

/** A value as encoding/json writes it, each part with its origins. A string result says why it cannot be written. */
export function encodeJson(value: GoValue, options: JsonOptions): Str | string {
  const out = new TextBuilder();
  try {
    new Writer(out, options).write(value, value.trace, 0);
  } catch (error) {
    if (error instanceof UnwritableError) return error.message;
    throw error;
  }
  return out.build(value.trace);
}

class Writer {
  readonly #out: TextBuilder;
  readonly #options: JsonOptions;

  constructor(out: TextBuilder, options: JsonOptions) {
    this.#out = out;
    this.#options = options;
  }

  write(value: GoValue, trace: Trace, depth: number): void {
    if (depth > MAX_DEPTH) throw new UnwritableError('json: unsupported value: encountered a cycle');
    switch (value.kind) {
      case 'nil':
        this.#out.add('null', trace);
        break;
      case 'bool':
        this.#out.add(String(value.value), trace);
        break;
      case 'int':
        this.#out.add(value.value.toString(), trace);
        break;
      case 'float':
        if (!Number.isFinite(value.value)) {
          throw new UnwritableError(`json: unsupported value: ${value.value > 0 ? '+Inf' : 'NaN'}`);
        }
        this.#out.add(formatJsonNumber(value.value), trace);
        break;
      case 'string':
        this.#out.add(jsonString(value.text, this.#options.escapesHtml), trace);
        break;
      case 'list':
        this.#writeList(value, trace, depth);
        break;
      case 'map':
        if (value.isNil) this.#out.add('null', trace);
        else {
          const keys = value.isStruct ? [...value.entries.keys()] : sortedKeys(value);
          const members = keys.map((key) => ({
            label: `${jsonString(key, this.#options.escapesHtml)}:${this.#options.indent > 0 ? ' ' : ''}`,
            labelTrace: value.keyTrace(key),
            value: value.entries.get(key) as GoValue,
          }));
          this.#writeMembers('{', '}', members, trace, depth);
        }
        break;
      case 'native': {
        const json = value.native.toJson?.() ?? value.native.contents?.();
        if (json === undefined) throw new UnwritableError(`json: unsupported type: ${value.native.typeName}`);
        this.write(json, trace, depth);
      }
    }
  }

  #writeList(list: List, trace: Trace, depth: number): void {
    if (list.isNil) {
      this.#out.add('null', trace);
      return;
    }
    if (list.type === '[]uint8') {
      const bytes = list.items.map((item) => (item.kind === 'int' ? Number(item.value) : 0));
      this.#out.add(`"${btoa(String.fromCharCode(...bytes))}"`, trace);
      return;
    }
    const members = list.items.map((value) => ({ label: '', labelTrace: trace, value }));
    this.#writeMembers('[', ']', members, trace, depth);
  }

  #writeMembers(
    open: string,
    close: string,
    members: readonly { label: string; labelTrace: Trace; value: GoValue }[],
    trace: Trace,
    depth: number,
  ): void {
    this.#out.add(open, trace);
    members.forEach(({ label, labelTrace, value }, index) => {
      if (index > 0) this.#out.add(',', trace);
      this.#newLine(depth + 1, value.trace);
      this.#out.add(label, labelTrace);
      this.write(value, value.trace, depth + 1);
    });
    if (members.length > 0) this.#newLine(depth, trace);
    this.#out.add(close, trace);
  }

  #newLine(depth: number, trace: Trace): void {
    if (this.#options.indent === 0) return;
    this.#out.add(`\n${' '.repeat(this.#options.indent * depth)}`, trace);
  }
}

const NEEDS_CARE = /[^ !#-[\]-~]|[<>&]/;
const CONTROL_ESCAPES: Record<string, string> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A JSON string as encoding/json writes it: U+2028 and U+2029 escaped, broken UTF-8 replaced. */
function jsonString(text: string, escapesHtml: boolean): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  let result = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') result += `\\${character}`;
    else if (code < 0x20) result += CONTROL_ESCAPES[character] ?? unicodeEscape(code);
    else if (escapesHtml && (character === '<' || character === '>' || character === '&')) {
      result += unicodeEscape(code);
    } else if (code === 0x2028 || code === 0x2029) result += unicodeEscape(code);
    else if (code >= 0xd800 && code <= 0xdfff) result += '\\ufffd';
    else result += character;
  }
  return `${result}"`;
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
