export function delay(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}

/** Lets requests that have come in meanwhile be answered. */
export function nextTurn(): Promise<void> {
  return delay(0);
}
