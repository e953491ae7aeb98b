/** What is large enough for speed to count for more than memory. */
type Work = 'charts' | 'many-files';

/** Has the runtime favor speed as long as there is work that wants it. */
export class FavoredSpeed {
  readonly #favor: ((isWanted: boolean) => void) | undefined;
  readonly #work = new Set<Work>();

  constructor(favor: ((isWanted: boolean) => void) | undefined) {
    this.#favor = favor;
  }

  during(work: Work, isGoingOn: boolean): void {
    const before = this.#work.size > 0;
    if (isGoingOn) this.#work.add(work);
    else this.#work.delete(work);
    const isWanted = this.#work.size > 0;
    if (isWanted !== before) this.#favor?.(isWanted);
  }
}
