import { joinTraces, type Trace } from '../trace/origin.ts';
import { TextBuilder } from '../trace/text.ts';
import { type GoValue, type Str, typeName, wholeTrace } from '../value/value.ts';
import { type FormatFlags, formatValue, formatVerb, needsSpace } from './format.ts';

interface Directive {
  flags: FormatFlags;
  verb: string;
}

const MAX_WIDTH = 1_000_000;

/** fmt.Sprintf: the text of the format keeps its origins, each operand keeps its own. */
export function sprintf(format: Str, operands: readonly GoValue[]): Str {
  return new Printer(format, operands).print();
}

class Printer {
  readonly #format: Str;
  readonly #operands: readonly GoValue[];
  readonly #out = new TextBuilder();
  #offset = 0;
  #next = 0;
  #reordered = false;
  #badIndex = false;

  constructor(format: Str, operands: readonly GoValue[]) {
    this.#format = format;
    this.#operands = operands;
  }

  print(): Str {
    const text = this.#format.text;
    while (this.#offset < text.length) {
      const percent = text.indexOf('%', this.#offset);
      const end = percent === -1 ? text.length : percent;
      this.#out.addSlice(this.#format, this.#offset, end);
      if (percent === -1) break;
      this.#directive(percent);
    }
    this.#complainOfExtra();
    return this.#out.build(this.#format.trace);
  }

  #directive(start: number): void {
    if (this.#addPlainText(start)) return;
    this.#offset = start + 1;
    this.#badIndex = false;
    const directive = this.#readDirective();
    const trace = this.#format.traceOf(start, this.#offset);
    if (directive === undefined) {
      this.#out.add('%!(NOVERB)', trace);
      return;
    }
    const { verb, flags } = directive;
    if (verb === '%') {
      this.#out.add('%', trace);
      return;
    }
    if (this.#badIndex) {
      this.#out.add(`%!${verb}(BADINDEX)`, trace);
      return;
    }
    const operand = this.#operands[this.#next];
    if (operand === undefined) {
      this.#out.add(`%!${verb}(MISSING)`, trace);
      return;
    }
    this.#next++;
    this.#addOperand(operand, verb, flags, trace);
  }

  /** What nearly all formats hold: `%s` or `%v` for a text. */
  #addPlainText(start: number): boolean {
    const verb = this.#format.text[start + 1];
    const operand = this.#operands[this.#next];
    if ((verb !== 's' && verb !== 'v') || operand?.kind !== 'string') return false;
    this.#out.addStr(operand);
    this.#offset = start + 2;
    this.#next++;
    return true;
  }

  #addOperand(operand: GoValue, verb: string, flags: FormatFlags, trace: Trace): void {
    const isPlain = flags.width === undefined && flags.precision === undefined && !flags.sharp;
    if (operand.kind === 'string' && isPlain && (verb === 's' || verb === 'v')) {
      this.#out.addStr(operand);
      return;
    }
    this.#out.add(formatVerb(operand, verb, flags), joinTraces(wholeTrace(operand), trace));
  }

  #readDirective(): Directive | undefined {
    const text = this.#format.text;
    const flags = { plus: false, minus: false, sharp: false, space: false, zero: false };
    for (; this.#offset < text.length; this.#offset++) {
      const flag = text[this.#offset] ?? '';
      if (flag === '+') flags.plus = true;
      else if (flag === '-') flags.minus = true;
      else if (flag === '#') flags.sharp = true;
      else if (flag === ' ') flags.space = true;
      else if (flag === '0') flags.zero = true;
      else break;
    }
    this.#argumentIndex();
    let width = this.#number();
    if (width !== undefined && width < 0) {
      flags.minus = true;
      width = -width;
    }
    let precision: number | undefined;
    if (text[this.#offset] === '.') {
      this.#offset++;
      this.#argumentIndex();
      precision = this.#number() ?? 0;
      if (precision < 0) precision = undefined;
    }
    this.#argumentIndex();
    const code = text.codePointAt(this.#offset);
    if (code === undefined) return undefined;
    const verb = String.fromCodePoint(code);
    this.#offset += verb.length;
    return { verb, flags: { ...flags, width, precision } };
  }

  /** A number or `*`, which takes an operand. */
  #number(): number | undefined {
    const text = this.#format.text;
    if (text[this.#offset] === '*') {
      this.#offset++;
      const operand = this.#operands[this.#next++];
      const value = operand?.kind === 'int' ? Number(operand.value) : undefined;
      if (value === undefined || Math.abs(value) > MAX_WIDTH) {
        this.#out.add('%!(BADWIDTH)', this.#format.trace);
        return undefined;
      }
      return value;
    }
    let digits = '';
    while (/[0-9]/.test(text[this.#offset] ?? '')) digits += text[this.#offset++];
    if (digits === '') return undefined;
    return Math.min(Number(digits), MAX_WIDTH);
  }

  /** `[n]` chooses an operand. */
  #argumentIndex(): void {
    const text = this.#format.text;
    if (text[this.#offset] !== '[') return;
    this.#reordered = true;
    const close = text.indexOf(']', this.#offset);
    const digits = close === -1 ? '' : text.slice(this.#offset + 1, close);
    this.#offset = close === -1 ? this.#offset + 1 : close + 1;
    const index = /^[0-9]+$/.test(digits) ? Number(digits) : 0;
    if (index < 1 || index > this.#operands.length) this.#badIndex = true;
    else this.#next = index - 1;
  }

  #complainOfExtra(): void {
    if (this.#reordered || this.#next >= this.#operands.length) return;
    const trace = this.#format.trace;
    this.#out.add('%!(EXTRA ', trace);
    this.#operands.slice(this.#next).forEach((operand, index) => {
      if (index > 0) this.#out.add(', ', trace);
      const text = operand.kind === 'nil' ? '<nil>' : `${typeName(operand)}=${formatValue(operand)}`;
      this.#out.add(text, operand.trace);
    });
    this.#out.add(')', trace);
  }
}

/** fmt.Sprint: operands follow each other, with a space between two that are not strings. */
export function sprint(operands: readonly GoValue[]): Str {
  const out = new TextBuilder();
  let trace: Trace = [];
  operands.forEach((operand, index) => {
    const before = operands[index - 1];
    if (before !== undefined && needsSpace(before, operand)) out.add(' ', before.trace);
    if (operand.kind === 'string') out.addStr(operand);
    else out.add(formatValue(operand), wholeTrace(operand));
    trace = joinTraces(trace, operand.trace);
  });
  return out.build(trace);
}

/** fmt.Sprintln: always spaces between, a line end behind. */
export function sprintln(operands: readonly GoValue[], siteTrace: Trace): Str {
  const out = new TextBuilder();
  operands.forEach((operand, index) => {
    if (index > 0) out.add(' ', siteTrace);
    if (operand.kind === 'string') out.addStr(operand);
    else out.add(formatValue(operand), wholeTrace(operand));
  });
  out.add('\n', siteTrace);
  return out.build(siteTrace);
}
