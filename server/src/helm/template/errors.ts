import type { OffsetRange } from '../../syntax/ranges.ts';

/** A place in a template. */
export interface TemplateSite {
  /** As Helm names the template: the path that begins with the chart's name, or `gotpl` inside of `tpl`. */
  readonly template: string;
  /** The file from the root of the chart; undefined inside of `tpl`. */
  readonly file: string | undefined;
  readonly range: OffsetRange;
}

/** What a function answers instead of a value. */
export class FunctionError extends Error {
  /** The error inside of this one, which the message already quotes. */
  readonly inner: ExecError | undefined;

  constructor(message: string, inner?: ExecError) {
    super(message);
    this.inner = inner;
  }
}

/** Ends a rendering that takes too much: not an error of Go, so nothing wraps it. */
export class LimitError extends Error {}

/** An error while a template runs. The text is Go's, built on demand since errors nest with every `include`. */
export class ExecError extends Error {
  readonly site: TemplateSite;
  readonly #prefix: string;
  readonly #cause: FunctionError | undefined;

  /** @param problem What happened, without the text of `cause`. */
  constructor(site: TemplateSite, location: string, problem: string, cause?: FunctionError) {
    super(problem);
    this.site = site;
    this.#prefix = `template: ${location}: ${problem}`;
    this.#cause = cause;
  }

  get text(): string {
    if (this.#cause === undefined) return this.#prefix;
    return `${this.#prefix}${this.#cause.message}`;
  }

  /** The error that a function call inside of this one ended with. */
  get functionError(): FunctionError | undefined {
    return this.#cause;
  }

  /** From this error to the innermost. */
  *chain(): Generator<ExecError> {
    let current: ExecError | undefined = this;
    while (current !== undefined) {
      yield current;
      current = current.#cause?.inner;
    }
  }
}
