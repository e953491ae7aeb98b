import { type Guard, joinTraces, NO_TRACE, nestGuards, type Trace } from './origin.ts';

/** A run of text with one provenance. */
export interface Span {
  /** Offset behind the last character, in UTF-16 code units. */
  readonly end: number;
  readonly trace: Trace;
  readonly guard: Guard | undefined;
}

/**
 * The provenance of a text: runs side by side, each of which begins where the one before it ends. Kept as columns, since a
 * rendering makes millions of runs.
 */
export interface Spans {
  readonly ends: readonly number[];
  readonly traces: readonly Trace[];
  readonly guards: readonly (Guard | undefined)[];
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
  readonly spans: Spans | undefined;
  #trace: Trace | undefined;

  constructor(text: string, trace: Trace | undefined, spans?: Spans) {
    this.text = text;
    this.#trace = trace;
    this.spans = spans;
  }

  /** All origins of the text, in the order in which they appear. */
  get trace(): Trace {
    this.#trace ??= (this.spans?.traces ?? []).reduce(joinTraces, NO_TRACE);
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
    const { spans } = this;
    if (offset >= this.text.length) return undefined;
    if (spans === undefined) return { end: this.text.length, trace: this.trace, guard: undefined };
    const index = spanIndexAt(spans.ends, offset);
    const end = spans.ends[index];
    if (end === undefined) return undefined;
    return { end, trace: spans.traces[index] ?? NO_TRACE, guard: spans.guards[index] };
  }

  /** Where the span that covers an offset begins. */
  spanStart(offset: number): number {
    const { spans } = this;
    return spans === undefined ? 0 : (spans.ends[spanIndexAt(spans.ends, offset) - 1] ?? 0);
  }

  /** The origins of a range of the text. */
  traceOf(start: number, end: number): Trace {
    const { spans } = this;
    if (spans === undefined) return this.trace;
    let trace: Trace = NO_TRACE;
    for (let index = spanIndexAt(spans.ends, start); index < spans.ends.length; index++) {
      trace = joinTraces(trace, spans.traces[index] ?? NO_TRACE);
      if ((spans.ends[index] ?? 0) >= end) break;
    }
    return trace;
  }
}

/** The index of the first span that ends behind the offset; the number of spans when there is none. */
function spanIndexAt(ends: readonly number[], offset: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Collects text together with its provenance. */
export class TextBuilder {
  text = '';
  readonly #ends: number[] = [];
  readonly #traces: Trace[] = [];
  readonly #guards: (Guard | undefined)[] = [];

  add(text: string, trace: Trace, guard?: Guard): void {
    if (text === '') return;
    this.text += text;
    this.#mark(this.text.length, trace, guard);
  }

  /** The text up to an offset, as far as it has no provenance yet, has this one. */
  #mark(end: number, trace: Trace, guard: Guard | undefined): void {
    const last = this.#ends.length - 1;
    if (last >= 0 && this.#traces[last] === trace && this.#guards[last] === guard) this.#ends[last] = end;
    else {
      this.#ends.push(end);
      this.#traces.push(trace);
      this.#guards.push(guard);
    }
  }

  /** Adds a string that is printed where `context` holds. */
  addStr(str: Str, context?: Guard): void {
    if (str.spans === undefined) this.add(str.text, str.trace, context);
    else this.#addSpans(str.text, str.spans, 0, str.text.length, context);
  }

  addSlice(str: Str, start: number, end: number): void {
    if (start >= end) return;
    const text = str.text.slice(start, end);
    if (str.spans === undefined) this.add(text, str.trace);
    else this.#addSpans(text, str.spans, start, end, undefined);
  }

  #addSpans(text: string, spans: Spans, start: number, end: number, context: Guard | undefined): void {
    const shift = this.text.length - start;
    this.text += text;
    const { ends, traces, guards } = spans;
    for (let index = start === 0 ? 0 : spanIndexAt(ends, start); index < ends.length; index++) {
      const spanEnd = ends[index] ?? 0;
      const guard = nestGuards(context, guards[index]);
      this.#mark(Math.min(spanEnd, end) + shift, traces[index] ?? NO_TRACE, guard);
      if (spanEnd >= end) break;
    }
  }

  /** @param trace The origins of the string when it turns out to be empty. */
  build(trace: Trace = NO_TRACE): Str {
    if (this.#ends.length === 0) return new Str('', trace);
    if (this.#ends.length === 1 && this.#guards[0] === undefined) return new Str(this.text, this.#traces[0]);
    return new Str(this.text, undefined, { ends: this.#ends, traces: this.#traces, guards: this.#guards });
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

/** A string whose parts are changed one by one, such as by escaping. */
export function mapText(str: Str, change: (text: string) => string): Str {
  if (str.spans === undefined) return new Str(change(str.text), str.trace);
  const { ends, traces, guards } = str.spans;
  const builder = new TextBuilder();
  let start = 0;
  ends.forEach((end, index) => {
    builder.add(change(str.text.slice(start, end)), traces[index] ?? NO_TRACE, guards[index]);
    start = end;
  });
  return builder.build(str.trace);
}

/**
 * Puts a padding at the start and behind every line break. It belongs to the line behind it.
 *
 * @param before What stands before the first padding.
 */
export function padLines(str: Str, pad: string, before: string): Str {
  const { text, spans } = str;
  const padded = before + pad + text.replaceAll('\n', `\n${pad}`);
  if (spans === undefined) return new Str(padded, str.trace);
  const ends: number[] = [];
  let pads = 1;
  let lineBreak = text.indexOf('\n');
  for (const end of spans.ends) {
    // The padding behind a break that ends the run belongs to the next run.
    for (; lineBreak !== -1 && lineBreak + 1 < end; lineBreak = text.indexOf('\n', lineBreak + 1)) pads++;
    ends.push(before.length + end + pads * pad.length);
  }
  ends[ends.length - 1] = padded.length;
  return new Str(padded, undefined, { ends, traces: spans.traces, guards: spans.guards });
}
