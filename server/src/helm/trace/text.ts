import { type Guard, joinTraces, NO_TRACE, nestGuards, type Trace } from './origin.ts';

/** A run of text with one provenance; it starts where the span before it ends. */
export interface Span {
  /** Offset behind the last character, in UTF-16 code units. */
  readonly end: number;
  readonly trace: Trace;
  readonly guard: Guard | undefined;
}

/**
 * A string of the template language: text, and for each part of it where it came from.
 *
 * Bytes that are not UTF-8 (a character cut by `trunc`, the result of `b64dec`) stand as lone surrogates U+DC80 to U+DCFF, so
 * that nothing is lost; see go/utf8.ts.
 */
export class Str {
  readonly kind = 'string';
  readonly text: string;
  /** Undefined when all of the text has one provenance. */
  readonly spans: readonly Span[] | undefined;
  #trace: Trace | undefined;

  constructor(text: string, trace: Trace | undefined, spans?: readonly Span[]) {
    this.text = text;
    this.#trace = trace;
    this.spans = spans;
  }

  /** All origins of the text, in the order in which they appear. */
  get trace(): Trace {
    this.#trace ??= (this.spans ?? []).reduce<Trace>(
      (trace, span) => joinTraces(trace, span.trace),
      NO_TRACE,
    );
    return this.#trace;
  }

  slice(start: number, end: number): Str {
    if (start <= 0 && end >= this.text.length) return this;
    if (this.spans === undefined) return new Str(this.text.slice(start, end), this.trace);
    const builder = new TextBuilder();
    builder.addSlice(this, start, end);
    return builder.build(this.trace);
  }

  /** The span that covers an offset. */
  spanAt(offset: number): Span | undefined {
    const spans = this.spans;
    if (spans === undefined) {
      return offset < this.text.length
        ? { end: this.text.length, trace: this.trace, guard: undefined }
        : undefined;
    }
    return spans[spanIndexAt(spans, offset)];
  }

  /** The origins of a range of the text. */
  traceOf(start: number, end: number): Trace {
    if (this.spans === undefined) return this.trace;
    let trace: Trace = NO_TRACE;
    for (let index = spanIndexAt(this.spans, start); index < this.spans.length; index++) {
      const span = this.spans[index];
      if (span === undefined) break;
      trace = joinTraces(trace, span.trace);
      if (span.end >= end) break;
    }
    return trace;
  }
}

/** The index of the first span that ends behind the offset; the number of spans when there is none. */
function spanIndexAt(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Collects text together with its provenance. */
export class TextBuilder {
  text = '';
  readonly #spans: { end: number; trace: Trace; guard: Guard | undefined }[] = [];

  add(text: string, trace: Trace, guard?: Guard): void {
    if (text === '') return;
    this.text += text;
    const last = this.#spans.at(-1);
    if (last !== undefined && last.trace === trace && last.guard === guard) last.end = this.text.length;
    else this.#spans.push({ end: this.text.length, trace, guard });
  }

  /** Adds a string that is printed where `context` holds. */
  addStr(str: Str, context?: Guard): void {
    if (str.spans === undefined) {
      this.add(str.text, str.trace, context);
      return;
    }
    let start = 0;
    for (const span of str.spans) {
      this.add(str.text.slice(start, span.end), span.trace, nestGuards(context, span.guard));
      start = span.end;
    }
  }

  addSlice(str: Str, start: number, end: number): void {
    if (start >= end) return;
    if (str.spans === undefined) {
      this.add(str.text.slice(start, end), str.trace);
      return;
    }
    let from = start;
    for (let index = spanIndexAt(str.spans, start); index < str.spans.length && from < end; index++) {
      const span = str.spans[index];
      if (span === undefined) break;
      const to = Math.min(span.end, end);
      this.add(str.text.slice(from, to), span.trace, span.guard);
      from = to;
    }
  }

  /** @param trace The origins of the string when it turns out to be empty. */
  build(trace: Trace = NO_TRACE): Str {
    const [only] = this.#spans;
    if (only === undefined) return new Str('', trace);
    if (this.#spans.length === 1 && only.guard === undefined) return new Str(this.text, only.trace);
    return new Str(this.text, undefined, this.#spans);
  }
}

/** Replaces parts of a string; what stands between the parts keeps its provenance. */
export function replaceParts(
  str: Str,
  parts: Iterable<{ start: number; end: number; by: Str | string }>,
): Str {
  const builder = new TextBuilder();
  let offset = 0;
  for (const { start, end, by } of parts) {
    builder.addSlice(str, offset, start);
    const replaced = str.traceOf(start, end);
    if (typeof by === 'string') builder.add(by, replaced);
    else if (by.spans === undefined) builder.add(by.text, joinTraces(by.trace, replaced));
    else builder.addStr(by);
    offset = end;
  }
  builder.addSlice(str, offset, str.text.length);
  return builder.build(str.trace);
}

/** A string of the same length whose text is changed without moving anything, such as to upper case. */
export function mapText(str: Str, change: (text: string) => string): Str {
  if (str.spans === undefined) return new Str(change(str.text), str.trace);
  const builder = new TextBuilder();
  let start = 0;
  for (const span of str.spans) {
    builder.add(change(str.text.slice(start, span.end)), span.trace, span.guard);
    start = span.end;
  }
  return builder.build(str.trace);
}

export function concatStrs(strs: Iterable<Str>): Str {
  const builder = new TextBuilder();
  let trace: Trace = NO_TRACE;
  for (const str of strs) {
    builder.addStr(str);
    if (str.text === '') trace = joinTraces(trace, str.trace);
  }
  return builder.build(trace);
}
