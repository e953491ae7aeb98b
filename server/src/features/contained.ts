import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { placeOfError } from './log.ts';

/** Runs handlers of requests and notifications so that one that fails costs its own answer alone. */
export class Containment {
  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** @param fallback what is answered when the handler fails */
  handler<Params, Result>(
    name: string,
    fallback: Result,
    handle: (params: Params) => Result | Promise<Result>,
  ): (params: Params) => Result | Promise<Result> {
    const fail = (error: unknown): Result => {
      this.#log(`${name} failed: ${placeOfError(error)}`);
      return fallback;
    };
    return (params) => {
      try {
        const result = handle(params);
        return result instanceof Promise ? result.catch(fail) : result;
      } catch (error) {
        return fail(error);
      }
    };
  }

  /** For requests without an answer that would do instead: the client hears that they failed, and no more, since messages may quote a document. */
  async answer<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      this.#log(`${name} failed: ${placeOfError(error)}`);
      throw new ResponseError(ErrorCodes.InternalError, `${name} failed`);
    }
  }

  /** Work that nobody waits for. */
  background(name: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#log(`${name} failed: ${placeOfError(error)}`));
  }
}
