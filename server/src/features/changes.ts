import type { Disposable } from 'vscode-languageserver';

/** The part of a request's token that tells of its end. */
interface Cancellation {
  onCancellationRequested(listener: () => void): Disposable;
}

/** Tells those who wait that something may have changed. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  tell(): void {
    for (const done of this.#waiting) done();
  }

  /** Resolves with the next change, or when `token` is cancelled. */
  next(token: Cancellation): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        // A request that waits for news may wait for hours, change after change.
        cancellation.dispose();
        this.#waiting.delete(done);
        resolve();
      };
      this.#waiting.add(done);
      const cancellation = token.onCancellationRequested(done);
    });
  }
}
