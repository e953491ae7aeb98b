import type { Workspace } from '../workspace/workspace.ts';
import type { Containment } from './contained.ts';
import { nextTurn } from './timing.ts';

/** Other open files follow an edit after this long, in ms, so that they do not hold up the edited file. */
const OTHERS_DELAY = 10;

/** The status and the files that are not open follow an edit after this long, in ms. */
const SUMMARY_DELAY = 100;

/** What kustomizations deploy is built when nothing has happened for this long, in ms. */
const OVERLAYS_DELAY = 150;

/** Nobody types who has not for so long, in ms: then there is time for the rest of a chart. */
const PAUSE = 400;

/** No build is waited for longer than three times this, in ms. */
const LONGEST_BUILD = 1000;

type Timer = ReturnType<typeof setTimeout>;

export interface FollowUpsHost {
  readonly workspace: Pick<
    Workspace,
    'buildNextOverlay' | 'overlaysVersion' | 'hasPartialCharts' | 'completeChart'
  >;
  readonly containment: Containment;
  /** Has other open files follow. */
  tellOthers(): void;
  /** Has the status and the files that are not open follow. */
  tellSummary(): void;
  /** Findings have changed otherwise than by an edit. */
  tellChanged(): void;
}

/** What is done after an edit beside answering it: soon for other files, and once nobody types for what takes its time. */
export class FollowUps {
  readonly #host: FollowUpsHost;
  #others: Timer | undefined;
  /** In ms, of the last time: what takes long has to leave time for what is typed. */
  #othersTook = 0;
  #summary: Timer | undefined;
  #overlays: Timer | undefined;
  #overlaysTurn = 0;
  /** In ms, of the builds of the last time: long ones wait for a longer pause. */
  #longestBuild = 0;
  /** The version of what kustomizations deploy that the client was told of. */
  #overlaysTold = 0;
  #charts: Timer | undefined;

  constructor(host: FollowUpsHost) {
    this.#host = host;
  }

  /** Something has happened: what follows it starts anew, or is on its way. */
  begin(): void {
    this.#buildOverlaysLater();
    if (this.#host.workspace.hasPartialCharts) this.#completeCharts(PAUSE);
    this.#others ??= setTimeout(() => this.#tellOthers(), Math.max(OTHERS_DELAY, 3 * this.#othersTook));
    this.#summary ??= setTimeout(() => {
      this.#summary = undefined;
      this.#host.tellSummary();
    }, SUMMARY_DELAY);
  }

  #tellOthers(): void {
    this.#others = undefined;
    const start = performance.now();
    this.#host.tellOthers();
    this.#othersTook = performance.now() - start;
  }

  stop(): void {
    clearTimeout(this.#charts);
    clearTimeout(this.#others);
    clearTimeout(this.#summary);
    clearTimeout(this.#overlays);
    this.#overlaysTurn++;
  }

  /** Builds what kustomizations deploy once nothing has happened for a while. */
  #buildOverlaysLater(): void {
    clearTimeout(this.#overlays);
    this.#overlaysTurn++;
    this.#overlays = setTimeout(
      () => this.#host.containment.background('kustomizations', this.#buildOverlays()),
      Math.max(OVERLAYS_DELAY, 3 * this.#longestBuild),
    );
  }

  async #buildOverlays(): Promise<void> {
    const { workspace } = this.#host;
    const turn = ++this.#overlaysTurn;
    let longest = 0;
    for (let isBuilt = true; isBuilt && turn === this.#overlaysTurn; ) {
      const start = performance.now();
      isBuilt = await workspace.buildNextOverlay();
      longest = Math.max(longest, performance.now() - start);
      await nextTurn();
    }
    this.#longestBuild = Math.min(longest, LONGEST_BUILD);
    const { overlaysVersion } = workspace;
    if (overlaysVersion === this.#overlaysTold) return;
    this.#overlaysTold = overlaysVersion;
    this.#host.tellChanged();
  }

  /** Has charts follow an edit with all their values, one set after the other. Requests have their turn between two. */
  #completeCharts(delay: number): void {
    clearTimeout(this.#charts);
    const complete = async () => {
      const { workspace } = this.#host;
      workspace.completeChart();
      if (workspace.hasPartialCharts) this.#completeCharts(0);
      else this.#host.tellChanged();
    };
    this.#charts = setTimeout(() => this.#host.containment.background('charts', complete()), delay);
  }
}
