import type { Guard, Origin } from '../trace/origin.ts';
import type { Str } from '../trace/text.ts';

/** A condition that decided whether a piece of text is there. */
export interface Condition {
  /** Where the value that was tested comes from, the deciding origin first. */
  readonly origins: readonly Origin[];
  /** The `if`, `with` or `range` that tests it. */
  readonly site: Origin;
  /** Whether the text stands there because the value counts as true. */
  readonly isTrue: boolean;
}

/** A piece of a document with one provenance. */
export interface TracedSpan {
  /** Offsets in the document, half-open. */
  readonly start: number;
  readonly end: number;
  /** The deciding one first. */
  readonly origins: readonly Origin[];
}

/** Tells of each piece of a rendered document where it came from. */
export class DocumentTrace {
  readonly #text: Str;

  constructor(text: Str) {
    this.#text = text;
  }

  /** The origins of the character at an offset, the deciding one first; empty outside of the document. */
  originsAt(offset: number): readonly Origin[] {
    return this.#text.spanAt(offset)?.trace ?? [];
  }

  /** The origins of a range, in the order in which they appear. */
  originsIn(start: number, end: number): readonly Origin[] {
    return this.#text.traceOf(start, end);
  }

  /** The conditions under which the character at an offset is printed, innermost first. */
  conditionsAt(offset: number): readonly Condition[] {
    const conditions: Condition[] = [];
    let guard: Guard | undefined = this.#text.spanAt(offset)?.guard;
    for (; guard !== undefined; guard = guard.parent) {
      conditions.push({ origins: guard.trace, site: guard.site, isTrue: guard.taken });
    }
    return conditions;
  }

  /** The pieces of a range, or of the whole document, in order and without gaps; the first and the last may reach beyond it. */
  *spans(from = 0, to = this.#text.text.length): Generator<TracedSpan> {
    let start = this.#text.spanStart(from);
    while (start < to) {
      const span = this.#text.spanAt(start);
      if (span === undefined) return;
      yield { start, end: span.end, origins: span.trace };
      start = span.end;
    }
  }
}
