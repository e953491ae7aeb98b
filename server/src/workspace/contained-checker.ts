import { Checker, type CheckerOptions } from '../engine/checker.ts';

/** Told of a rule (or of `document`) that failed. */
export type OnFailure = (name: string, error: unknown) => void;

/** A checker that says for each piece of work which rules failed in it. */
export class ContainedChecker {
  readonly checker: Checker;
  readonly #onFailure: OnFailure;
  #failures: string[] = [];

  constructor(options: Omit<CheckerOptions, 'onCrash'>, onFailure: OnFailure) {
    this.#onFailure = onFailure;
    this.checker = new Checker({ ...options, onCrash: (rule, error) => this.#fail(rule, error) });
  }

  /** Runs a piece of work; an error in it costs its result alone. */
  run<Result>(work: (checker: Checker) => Result): { result: Result | undefined; failures: string[] } {
    this.#failures = [];
    let result: Result | undefined;
    try {
      result = work(this.checker);
    } catch (error) {
      this.#fail('document', error);
    }
    return { result, failures: this.#failures };
  }

  #fail(name: string, error: unknown): void {
    if (!this.#failures.includes(name)) this.#failures.push(name);
    this.#onFailure(name, error);
  }
}
