import type { Noted, Recorder } from '../template/pieces.ts';
import type { ReadLog, Reads } from '../value/tracked-map.ts';
import type { Engine } from './engine.ts';
import type { RenderMemo } from './memo.ts';

/** Notes what the nodes of a template ask for, and compares it with what has changed since the last rendering. */
export class PieceRecorder implements Recorder {
  readonly #engine: Engine;
  readonly #memo: RenderMemo;
  readonly #log: ReadLog;
  readonly #seen = new Set<Reads>();

  constructor(engine: Engine, memo: RenderMemo, log: ReadLog) {
    this.#engine = engine;
    this.#memo = memo;
    this.#log = log;
  }

  note<Result>(work: () => Result): { readonly result: Result; readonly noted: Noted } {
    const { result, taken } = this.#engine.measure(work);
    const reads = this.#memo.shared(this.#log.take());
    this.#seen.add(reads);
    return { result, noted: { ...taken, reads } };
  }

  holds({ reads, seeds }: Noted): boolean {
    return (seeds.count === 0 || seeds.before === this.#engine.seeds) && !this.#memo.hasChanged(reads);
  }

  skip(noted: Noted): void {
    this.#seen.add(noted.reads);
    this.#engine.skip(noted);
  }

  /** What all nodes have read, up to one that failed. */
  get reads(): Reads {
    const all = new Map<string, Set<string>>();
    for (const reads of [...this.#seen, this.#log.take()]) {
      for (const [path, keys] of reads) all.set(path, new Set([...(all.get(path) ?? []), ...keys]));
    }
    return all;
  }
}
