import type { Workspace } from '../workspace/workspace.ts';
import type { Containment } from './contained.ts';
import { nextTurn } from './timing.ts';

/** Other open files and the status follow an edit after this long, in ms, so that they do not hold up the edited file. */
const FOLLOW_UP_DELAY = 100;

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
  /** Has other open files and the status follow. */
  tellOthers(): void;
  /** Findings have changed otherwise than by an edit. */
  tellChanged(): void;
}

/** What is done after an edit beside answering it: soon for other files, and once nobody types for what takes its time. */
export class FollowUps {
  readonly #host: FollowUpsHost;
  #others: Timer | undefined;
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
    this.#others ??= setTimeout(() => {
      this.#others = undefined;
      this.#host.tellOthers();
    }, FOLLOW_UP_DELAY);
  }

  stop(): void {
    clearTimeout(this.#charts);
    clearTimeout(this.#others);
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
