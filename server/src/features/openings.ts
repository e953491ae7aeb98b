import { delay } from './timing.ts';

/** The first answer on a file waits this long, in ms, for what stands around it; whatever comes later is told by itself. */
const LONGEST_WAIT = 300;

/** The files that were opened and have not been answered for the first time. */
export class Openings {
  /** When nothing at all can be answered before. */
  readonly #begun: Promise<void>;
  readonly #waiting = new Map<string, Promise<void>>();

  constructor(begun: Promise<void>) {
    this.#begun = begun;
  }

  /** Whether a file can be answered at once. */
  isReady(uri: string): boolean {
    return !this.#waiting.has(uri);
  }

  /** Resolves once a file that was opened can be answered. */
  whenReady(uri: string): Promise<void> {
    return this.#waiting.get(uri) ?? Promise.resolve();
  }

  /**
   * Has the first answer on a file wait.
   *
   * @param prepared when all is known that it depends on
   * @returns with that, whether it was answered before
   */
  add(uri: string, prepared: Promise<unknown>): Promise<boolean> {
    let isLate = false;
    const first = Promise.race([prepared, delay(LONGEST_WAIT).then(() => this.#begun)])
      .then(() => {})
      // What has failed is told by those who prepare.
      .catch(() => {})
      .finally(() => {
        isLate = true;
        // The file may have been closed and opened again.
        if (this.#waiting.get(uri) === first) this.#waiting.delete(uri);
      });
    this.#waiting.set(uri, first);
    return prepared.then(() => isLate);
  }
}
