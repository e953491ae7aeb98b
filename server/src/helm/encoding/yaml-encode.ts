import { formatDuration } from '../go/duration.ts';
import { formatJsonNumber, formatShortest } from '../go/float.ts';
import type { Trace } from '../trace/origin.ts';
import { Str, TextBuilder } from '../trace/text.ts';
import type { Dict, Float, GoValue, Int, List } from '../value/value.ts';
import { analyzeScalar, type ScalarShape } from './yaml-analysis.ts';
import { compareYamlKeys, isBase60, readsAsString } from './yaml-scalars.ts';

interface YamlStyle {
  /** Column behind which plain and quoted text is broken at a single space. */
  readonly width: number;
  /** Whether lists stand two columns right of their key. */
  readonly indentsLists: boolean;
  /** Whether characters beyond the BMP stand as they are. */
  readonly printsAstral: boolean;
  readonly number: (value: Float | Int) => string;
  /** Whether texts go through JSON, and are read as YAML from there. */
  readonly readsJson: boolean;
}

/** sigs.k8s.io/yaml: through JSON to the emitter of goyaml.v2. */
const HELM_STYLE: YamlStyle = {
  width: 80,
  indentsLists: false,
  printsAstral: false,
  number: (value) => (value.kind === 'int' ? value.value.toString() : jsonToYamlNumber(value.value)),
  readsJson: true,
};

/** goyaml.v3 with an indentation of two. */
const PRETTY_STYLE: YamlStyle = {
  width: Number.POSITIVE_INFINITY,
  indentsLists: true,
  printsAstral: true,
  number: (value) => {
    if (value.kind === 'float') return formatShortest(value.value);
    return value.type === 'time.Duration' ? formatDuration(value.value) : value.value.toString();
  },
  readsJson: false,
};

/** Collections nested deeper than this cannot be written. */
const MAX_DEPTH = 500;

/** `toYaml`, with its final line end. Undefined when the value cannot be written: NaN, infinity, a map inside of itself. */
export function encodeYaml(value: GoValue): Str | undefined {
  return encode(value, HELM_STYLE);
}

/** `toYamlPretty`, with its final line end. */
export function encodePrettyYaml(value: GoValue): Str | undefined {
  return encode(value, PRETTY_STYLE);
}

function encode(value: GoValue, style: YamlStyle): Str | undefined {
  try {
    const emitter = new Emitter(style);
    emitter.document(value);
    return emitter.out.build(value.trace);
  } catch (error) {
    if (error instanceof UnwritableError) return undefined;
    throw error;
  }
}

class UnwritableError extends Error {}

/** Whole numbers up to 64 bits are written in full, others as `%g` writes them. */
function jsonToYamlNumber(value: number): string {
  if (!Number.isFinite(value)) throw new UnwritableError('not a number of JSON');
  if (Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63)) {
    return value === 0 ? '0' : formatJsonNumber(value);
  }
  return formatShortest(value);
}

const JSON_SENSITIVE = /[\u007f-\u009f\ufffe\uffff\ud800-\udfff]/;
const UNREADABLE = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** A text after JSON, which leaves some characters as they are that YAML refuses or takes for a line break. */
function throughJson(str: Str): Str {
  if (!JSON_SENSITIVE.test(str.text)) return str;
  if (UNREADABLE.test(str.text)) throw new UnwritableError('control characters are not allowed');
  const text = str.text
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd')
    .replace(/ *\u0085[ \u0085]*/g, (breaks) => {
      const count = breaks.replaceAll(' ', '').length;
      return count === 1 ? ' ' : '\n'.repeat(count - 1);
    });
  return text === str.text ? str : new Str(text, str.trace);
}

interface Context {
  readonly inMapping: boolean;
  readonly isSimpleKey: boolean;
}

/** A port in spirit of libyaml's emitter for block style, which is all that Helm writes. */
class Emitter {
  readonly out = new TextBuilder();
  readonly #style: YamlStyle;
  #column = 0;
  #indent = -1;
  #depth = 0;
  /** Whether the last character written is white space, and whether only indentation stands before it on the line. */
  #whitespace = true;
  #indention = true;

  constructor(style: YamlStyle) {
    this.#style = style;
  }

  document(value: GoValue): void {
    this.#node(value, value.trace, { inMapping: false, isSimpleKey: false });
    this.#indent = -1;
    this.#writeIndent(value.trace);
  }

  #node(value: GoValue, trace: Trace, context: Context): void {
    switch (value.kind) {
      case 'map':
        if (value.isNil && !this.#style.indentsLists) this.#plain('null', trace);
        else this.#mapping(value, trace);
        break;
      case 'list':
        this.#list(value, trace, context);
        break;
      case 'string':
        this.#string(value, trace, context.isSimpleKey);
        break;
      case 'nil':
        this.#plain('null', trace);
        break;
      case 'bool':
        this.#plain(String(value.value), trace);
        break;
      case 'int':
      case 'float':
        this.#plain(this.#style.number(value), trace);
        break;
      case 'native': {
        const json = value.native.toJson?.() ?? value.native.contents?.();
        if (json === undefined) throw new UnwritableError(`cannot write ${value.native.typeName}`);
        this.#node(json, trace, context);
      }
    }
  }

  #list(list: List, trace: Trace, context: Context): void {
    if (list.isNil && !this.#style.indentsLists) this.#plain('null', trace);
    else if (list.type === '[]uint8') this.#string(base64OfBytes(list), trace, context.isSimpleKey);
    else this.#sequence(list, trace, context);
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) throw new UnwritableError('nested too deeply');
  }

  #increaseIndent(isFlow: boolean, isIndentless: boolean): number {
    const outer = this.#indent;
    if (outer < 0) this.#indent = isFlow ? 2 : 0;
    else if (!isIndentless) this.#indent += 2;
    return outer;
  }

  #mapping(map: Dict, trace: Trace): void {
    if (map.entries.size === 0) {
      this.#indicator('{', true, true, false, trace);
      this.#indicator('}', false, false, false, trace);
      return;
    }
    this.#enter();
    const outer = this.#increaseIndent(false, false);
    for (const key of [...map.entries.keys()].sort(compareYamlKeys)) {
      const value = map.entries.get(key);
      if (value === undefined) continue;
      this.#entry(new Str(key, map.keyTrace(key)), value);
    }
    this.#indent = outer;
    this.#depth--;
  }

  #entry(key: Str, value: GoValue): void {
    const trace = key.trace;
    // A key of JSON that is longer than this, or has a line break of YAML, is no key to YAML any more.
    const isNoJsonKey = key.text.length > 1022 || key.text.includes('\u0085');
    if (this.#style.readsJson && isNoJsonKey) throw new UnwritableError("could not find expected ':'");
    this.#writeIndent(trace);
    if (isSimpleKey(key.text)) {
      this.#string(key, trace, true);
      this.#indicator(':', false, false, false, trace);
    } else {
      this.#indicator('?', true, false, true, trace);
      this.#string(key, trace, false);
      this.#writeIndent(trace);
      this.#indicator(':', true, false, true, trace);
    }
    this.#node(value, value.trace, { inMapping: true, isSimpleKey: false });
  }

  #sequence(list: List, trace: Trace, { inMapping }: Context): void {
    if (list.items.length === 0) {
      this.#indicator('[', true, true, false, trace);
      this.#indicator(']', false, false, false, trace);
      return;
    }
    this.#enter();
    const isIndentless = inMapping && !this.#indention && !this.#style.indentsLists;
    const outer = this.#increaseIndent(false, isIndentless);
    for (const item of list.items) {
      this.#writeIndent(item.trace);
      this.#indicator('-', true, false, true, item.trace);
      this.#node(item, item.trace, { inMapping: false, isSimpleKey: false });
    }
    this.#indent = outer;
    this.#depth--;
  }

  // Scalars.

  #plain(text: string, trace: Trace): void {
    if (!this.#whitespace) this.#put(' ', trace);
    this.#put(text, trace);
    this.#whitespace = false;
    this.#indention = false;
  }

  #string(source: Str, trace: Trace, isSimpleKey: boolean): void {
    const str = this.#style.readsJson ? throughJson(source) : source;
    const text = str.text;
    const shape = analyzeScalar(text, this.#style.printsAstral);
    const outer = this.#increaseIndent(true, false);
    switch (styleOf(text, shape, isSimpleKey)) {
      case 'plain':
        this.#folded(text, '', shape, trace, isSimpleKey);
        break;
      case 'single':
        this.#folded(text, "'", shape, trace, isSimpleKey);
        break;
      case 'double':
        this.#doubleQuoted(text, trace, isSimpleKey);
        break;
      case 'literal':
        this.#literal(str, trace);
        break;
    }
    this.#indent = outer;
  }

  /** Plain text (no quote) or text in single quotes; it holds no line breaks that would need care. */
  #folded(text: string, quote: string, shape: ScalarShape, trace: Trace, isSimpleKey: boolean): void {
    if (quote !== '') this.#indicator(quote, true, false, false, trace);
    else if (!this.#whitespace) this.#put(' ', trace);
    const shown = quote === '' ? text : text.replaceAll("'", "''");
    if (shape.isMultiline) this.#singleQuotedLines(text, trace);
    else if (isSimpleKey || this.#column + shown.length <= this.#style.width) this.#put(shown, trace);
    else this.#words(shown, quote !== '', trace);
    this.#whitespace = false;
    this.#indention = false;
    if (quote !== '') this.#indicator(quote, false, false, false, trace);
  }

  /** Writes text and breaks it at single spaces behind the width. */
  #words(text: string, isQuoted: boolean, trace: Trace): void {
    let start = 0;
    for (let space = text.indexOf(' '); space !== -1; space = text.indexOf(' ', space + 1)) {
      if (text[space - 1] === ' ' || text[space + 1] === ' ') continue;
      if (isQuoted && (space === 0 || space === text.length - 1)) continue;
      if (this.#column + characterCount(text, start, space) <= this.#style.width) continue;
      this.#put(text.slice(start, space), trace);
      this.#indention = false;
      this.#writeIndent(trace);
      start = space + 1;
    }
    this.#put(text.slice(start), trace);
  }

  /** Several lines in single quotes, which only text with breaks other than LF needs. */
  #singleQuotedLines(text: string, trace: Trace): void {
    let afterBreak = false;
    for (const character of text) {
      if (isBreak(character)) {
        if (!afterBreak && character === '\n') this.#break(trace);
        this.#putBreak(character, trace);
        this.#indention = true;
        afterBreak = true;
        continue;
      }
      if (afterBreak) this.#writeIndent(trace);
      this.#put(character === "'" ? "''" : character, trace);
      this.#indention = false;
      afterBreak = false;
    }
  }

  #doubleQuoted(text: string, trace: Trace, isSimpleKey: boolean): void {
    this.#indicator('"', true, false, false, trace);
    let wasSpace = false;
    const characters = [...text];
    characters.forEach((character, index) => {
      const escaped = doubleQuoteEscape(character, this.#style.printsAstral);
      if (escaped !== undefined) {
        this.#put(escaped, trace);
        wasSpace = false;
        return;
      }
      if (character !== ' ') {
        this.#put(character, trace);
        wasSpace = false;
        return;
      }
      const mayBreak = !isSimpleKey && !wasSpace && index > 0 && index < characters.length - 1;
      if (mayBreak && this.#column > this.#style.width) {
        this.#indention = false;
        this.#writeIndent(trace);
        if (characters[index + 1] === ' ') this.#put('\\', trace);
      } else this.#put(' ', trace);
      wasSpace = true;
    });
    this.#indicator('"', false, false, false, trace);
    this.#whitespace = false;
    this.#indention = false;
  }

  #literal(str: Str, trace: Trace): void {
    const text = str.text;
    this.#indicator('|', true, false, false, trace);
    const hint = /^[ \n\r\u0085\u2028\u2029]/.test(text) ? '2' : '';
    const chomp = /[\n\r\u0085\u2028\u2029]$/.test(text)
      ? /(?:^|[\n\r\u0085\u2028\u2029])[\n\r\u0085\u2028\u2029]$/.test(text)
        ? '+'
        : ''
      : '-';
    this.#put(hint + chomp, trace);
    this.#break(trace);
    this.#indention = true;
    this.#whitespace = true;
    let start = 0;
    while (start < text.length) {
      const end = text.indexOf('\n', start);
      const lineEnd = end === -1 ? text.length : end;
      if (lineEnd > start) {
        const lineTrace = str.traceOf(start, lineEnd);
        this.#writeIndent(lineTrace);
        this.#put(text.slice(start, lineEnd), lineTrace);
        this.#indention = false;
      }
      if (end === -1) break;
      this.#break(str.traceOf(end, end + 1));
      this.#indention = true;
      start = end + 1;
    }
  }

  // Writing.

  #put(text: string, trace: Trace): void {
    if (text === '') return;
    this.out.add(text, trace);
    this.#column += characterCount(text, 0, text.length);
  }

  #break(trace: Trace): void {
    this.out.add('\n', trace);
    this.#column = 0;
  }

  #putBreak(character: string, trace: Trace): void {
    this.out.add(character, trace);
    this.#column = 0;
  }

  #writeIndent(trace: Trace): void {
    const indent = Math.max(this.#indent, 0);
    const needsBreak =
      !this.#indention || this.#column > indent || (this.#column === indent && !this.#whitespace);
    if (needsBreak) this.#break(trace);
    if (this.#column < indent) this.#put(' '.repeat(indent - this.#column), trace);
    this.#whitespace = true;
    this.#indention = true;
  }

  #indicator(
    text: string,
    needsWhitespace: boolean,
    isWhitespace: boolean,
    isIndention: boolean,
    trace: Trace,
  ): void {
    if (needsWhitespace && !this.#whitespace) this.#put(' ', trace);
    this.#put(text, trace);
    this.#whitespace = isWhitespace;
    this.#indention = this.#indention && isIndention;
  }
}

function styleOf(
  text: string,
  shape: ScalarShape,
  isSimpleKey: boolean,
): 'plain' | 'single' | 'double' | 'literal' {
  if (text.includes('\n')) return shape.allowsBlock && !isSimpleKey ? 'literal' : 'double';
  if (!readsAsString(text) || isBase60(text)) return 'double';
  if (shape.allowsPlain) return 'plain';
  return shape.allowsSingleQuotes && !(isSimpleKey && shape.isMultiline) ? 'single' : 'double';
}

/** Keys of several lines, or of more than 128 bytes, stand behind a question mark. */
function isSimpleKey(text: string): boolean {
  if (/[\n\r\u0085\u2028\u2029]/.test(text)) return false;
  return text.length <= 42 || new TextEncoder().encode(text).length <= 128;
}

function isBreak(character: string): boolean {
  return /[\n\r\u0085\u2028\u2029]/.test(character);
}

/** Columns count characters, not UTF-16 code units. */
function characterCount(text: string, start: number, end: number): number {
  let count = end - start;
  for (let index = start; index < end; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xdc00 && unit <= 0xdfff) count--;
  }
  return count;
}

const NAMED_ESCAPES: Record<string, string> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoteEscape(character: string, printsAstral: boolean): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f && character !== '"' && character !== '\\') return undefined;
  const named = NAMED_ESCAPES[character];
  if (named !== undefined) return named;
  if (code >= 0xa0 && code <= 0xd7ff) return undefined;
  if (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff) return undefined;
  if (code > 0xffff && printsAstral) return undefined;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).toUpperCase().padStart(width, '0');
}

function base64OfBytes(list: List): Str {
  const bytes = list.items.map((item) => (item.kind === 'int' ? Number(item.value) : 0));
  return new Str(btoa(String.fromCharCode(...bytes)), list.trace);
}
