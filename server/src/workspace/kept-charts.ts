import type { WorkspaceChart } from './workspace-chart.ts';

/** What charts may hold of what they are rendered to, in bytes and roughly; beside it only the chart at hand with its own values. */
export const KEPT_BYTES = 48_000_000;

/** Lets go of what charts can make again, when all of them together hold too much: what was used last stays. */
export class KeptCharts {
  readonly #limit: number;
  /** The latest last. */
  readonly #used = new Set<WorkspaceChart>();

  constructor(limit = KEPT_BYTES) {
    this.#limit = limit;
  }

  /** @returns whether another chart was used before */
  use(chart: WorkspaceChart): boolean {
    const before = [...this.#used].at(-1);
    this.#used.delete(chart);
    this.#used.add(chart);
    return before !== chart;
  }

  /** @param all the charts that there are */
  trim(all: readonly WorkspaceChart[]): void {
    for (const chart of this.#used) if (!all.includes(chart)) this.#used.delete(chart);
    let left = this.#limit;
    for (const [index, chart] of [...this.#used].reverse().entries()) {
      left -= chart.keepWithin(left, index === 0);
    }
  }
}
