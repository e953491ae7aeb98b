import type { Connection } from 'vscode-languageserver';
import type { Say } from '../l10n/say.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Files between two reports of progress. */
const REPORTED = 100;

/**
 * So many files are worth more memory: reading them in a small process takes two to three times as long, and each time that it has its heap collected and
 * compacted, whatever is typed waits for a tenth of a second.
 */
const MANY = 1000;

interface Parts {
  readonly workspace: Workspace;
  readonly connection: Connection;
  readonly showsProgress: boolean;
  readonly say: Say;
  /** Told when many files have been read, and when there are no longer many. */
  onMany(areKnown: boolean): void;
}

/** Reads the workspace folders, with progress where the client shows it. What is begun ends what was begun before. */
export class WorkspaceReading {
  readonly #parts: Parts;
  #turn = 0;
  #isGoingOn = false;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get isGoingOn(): boolean {
    return this.#isGoingOn;
  }

  /** Resolves when what was begun last has ended, also where it has failed. */
  whenDone(): Promise<void> {
    return this.#last;
  }

  begin(): Promise<void> {
    this.#isGoingOn = true;
    const reading = this.#read(++this.#turn);
    this.#last = reading.catch(() => {});
    return reading;
  }

  stop(): void {
    this.#end();
    this.#parts.onMany(false);
  }

  #end(): void {
    this.#turn++;
    this.#isGoingOn = false;
  }

  async #read(turn: number): Promise<void> {
    const { workspace, say, onMany } = this.#parts;
    const progress = await this.#progress();
    progress?.begin('Kube Safeguards', undefined, say('reading manifests'));
    let files = 0;
    const onRead = (_: string, read: number) => {
      files = read;
      if (read === MANY && turn === this.#turn) onMany(true);
      if (read % REPORTED === 0) progress?.report(say('{0} files', read));
    };
    try {
      await workspace.readAll(onRead, () => turn !== this.#turn);
    } finally {
      progress?.done();
      if (turn === this.#turn) {
        this.#end();
        if (files < MANY) onMany(false);
      }
    }
  }

  /** A client that cannot show it after all is no reason not to read. */
  async #progress() {
    const { connection, showsProgress } = this.#parts;
    if (!showsProgress) return undefined;
    return connection.window.createWorkDoneProgress().catch(() => undefined);
  }
}
