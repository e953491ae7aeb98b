import type { Trace } from '../../trace/origin.ts';
import type { Str } from '../../trace/text.ts';
import { analyzeScalar, type ScalarShape } from './analysis.ts';
import { doubleQuoteEscape } from './double-quotes.ts';
import { isBase60, readsAsString } from './plain-scalars.ts';
import type { YamlStyle } from './style.ts';
import { throughJson } from './through-json.ts';
import { characterCount, type YamlWriter } from './writer.ts';

/** Writes texts in the scalar style that libyaml's emitter chooses. Source: `yaml_emitter_select_scalar_style` and the functions that write scalars, in emitterc.go of goyaml.v2. */
export class ScalarWriter {
  readonly #writer: YamlWriter;
  readonly #style: YamlStyle;

  constructor(writer: YamlWriter, style: YamlStyle) {
    this.#writer = writer;
    this.#style = style;
  }

  /** A number, a boolean or null, which no style changes. */
  plain(text: string, trace: Trace): void {
    if (!this.#writer.isBehindSpace) this.#writer.put(' ', trace);
    this.#writer.put(text, trace);
    this.#writer.isBehindSpace = false;
    this.#writer.isAtIndent = false;
  }

  string(source: Str, trace: Trace, isSimpleKey: boolean): void {
    const str = this.#style.readsJson ? throughJson(source) : source;
    const text = str.text;
    const shape = analyzeScalar(text);
    const outer = this.#writer.increaseIndent(true, false);
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
    this.#writer.indent = outer;
  }

  /** Plain text (no quote) or text in single quotes; it holds no line breaks that would need care. */
  #folded(text: string, quote: string, shape: ScalarShape, trace: Trace, isSimpleKey: boolean): void {
    if (quote !== '') this.#writer.indicator(quote, true, false, false, trace);
    else if (!this.#writer.isBehindSpace) this.#writer.put(' ', trace);
    const shown = quote === '' ? text : text.replaceAll("'", "''");
    if (shape.isMultiline) this.#singleQuotedLines(text, trace);
    else if (isSimpleKey || this.#writer.column + shown.length <= this.#style.width)
      this.#writer.put(shown, trace);
    else this.#words(shown, quote !== '', trace);
    this.#writer.isBehindSpace = false;
    this.#writer.isAtIndent = false;
    if (quote !== '') this.#writer.indicator(quote, false, false, false, trace);
  }

  /** Writes text and breaks it at single spaces behind the width. */
  #words(text: string, isQuoted: boolean, trace: Trace): void {
    let start = 0;
    for (let space = text.indexOf(' '); space !== -1; space = text.indexOf(' ', space + 1)) {
      if (text[space - 1] === ' ' || text[space + 1] === ' ') continue;
      if (isQuoted && (space === 0 || space === text.length - 1)) continue;
      if (this.#writer.column + characterCount(text, start, space) <= this.#style.width) continue;
      this.#writer.put(text.slice(start, space), trace);
      this.#writer.isAtIndent = false;
      this.#writer.writeIndent(trace);
      start = space + 1;
    }
    this.#writer.put(text.slice(start), trace);
  }

  /** Several lines in single quotes, which only text with breaks other than LF needs. */
  #singleQuotedLines(text: string, trace: Trace): void {
    let afterBreak = false;
    for (const character of text) {
      if (isBreak(character)) {
        if (!afterBreak && character === '\n') this.#writer.break(trace);
        this.#writer.break(trace, character);
        this.#writer.isAtIndent = true;
        afterBreak = true;
        continue;
      }
      if (afterBreak) this.#writer.writeIndent(trace);
      this.#writer.put(character === "'" ? "''" : character, trace);
      this.#writer.isAtIndent = false;
      afterBreak = false;
    }
  }

  #doubleQuoted(text: string, trace: Trace, isSimpleKey: boolean): void {
    this.#writer.indicator('"', true, false, false, trace);
    let wasSpace = false;
    const characters = [...text];
    const isMarked = text.startsWith('\ufeff');
    characters.forEach((character, index) => {
      const escaped = doubleQuoteEscape(character, isMarked);
      if (escaped !== undefined) {
        this.#writer.put(escaped, trace);
        wasSpace = false;
        return;
      }
      if (character !== ' ') {
        this.#writer.put(character, trace);
        wasSpace = false;
        return;
      }
      const mayBreak = !isSimpleKey && !wasSpace && index > 0 && index < characters.length - 1;
      if (mayBreak && this.#writer.column > this.#style.width) {
        this.#writer.isAtIndent = false;
        this.#writer.writeIndent(trace);
        if (characters[index + 1] === ' ') this.#writer.put('\\', trace);
      } else this.#writer.put(' ', trace);
      wasSpace = true;
    });
    this.#writer.indicator('"', false, false, false, trace);
    this.#writer.isBehindSpace = false;
    this.#writer.isAtIndent = false;
  }

  #literal(str: Str, trace: Trace): void {
    const text = str.text;
    this.#writer.indicator('|', true, false, false, trace);
    const hint = /^[ \n\r\u0085\u2028\u2029]/.test(text) ? '2' : '';
    const chomp = /[\n\r\u0085\u2028\u2029]$/.test(text)
      ? /(?:^|[\n\r\u0085\u2028\u2029])[\n\r\u0085\u2028\u2029]$/.test(text)
        ? '+'
        : ''
      : '-';
    this.#writer.put(hint + chomp, trace);
    this.#writer.break(trace);
    this.#writer.isAtIndent = true;
    this.#writer.isBehindSpace = true;
    let start = 0;
    while (start < text.length) {
      const end = text.indexOf('\n', start);
      const lineEnd = end === -1 ? text.length : end;
      if (lineEnd > start) {
        const lineTrace = str.traceOf(start, lineEnd);
        this.#writer.writeIndent(lineTrace);
        this.#writer.put(text.slice(start, lineEnd), lineTrace);
        this.#writer.isAtIndent = false;
      }
      if (end === -1) break;
      this.#writer.break(str.traceOf(end, end + 1));
      this.#writer.isAtIndent = true;
      start = end + 1;
    }
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

function isBreak(character: string): boolean {
  return /[\n\r\u0085\u2028\u2029]/.test(character);
}
