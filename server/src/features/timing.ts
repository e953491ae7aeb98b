export function delay(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}

/** Lets requests that have come in meanwhile be answered. */
export function nextTurn(): Promise<void> {
  return delay(0);
}

/** Work goes on for so long, in ms, before requests have their turn. */
const LONGEST_TURN = 5;

/** Long work in pieces. */
export class Turns {
  #started = performance.now();

  /** Between two pieces. */
  async next(): Promise<void> {
    if (performance.now() - this.#started < LONGEST_TURN) return;
    await nextTurn();
    this.#started = performance.now();
  }
}
