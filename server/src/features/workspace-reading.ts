import type { Connection } from 'vscode-languageserver';
import type { Say } from '../l10n/say.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Files between two reports of progress. */
const REPORTED = 100;

/** Reads the workspace folders, with progress where the client shows it. What is begun ends what was begun before. */
export class WorkspaceReading {
  readonly #workspace: Workspace;
  readonly #connection: Connection;
  readonly #showsProgress: boolean;
  readonly #say: Say;
  #turn = 0;
  #isGoingOn = false;
  #last: Promise<void> = Promise.resolve();

  constructor(workspace: Workspace, connection: Connection, showsProgress: boolean, say: Say) {
    this.#workspace = workspace;
    this.#connection = connection;
    this.#showsProgress = showsProgress;
    this.#say = say;
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
    this.#turn++;
    this.#isGoingOn = false;
  }

  async #read(turn: number): Promise<void> {
    const progress = await this.#progress();
    progress?.begin('Kube Safeguards', undefined, this.#say('reading manifests'));
    const onRead = (_: string, read: number) => {
      if (read % REPORTED === 0) progress?.report(this.#say('{0} files', read));
    };
    try {
      await this.#workspace.readAll(onRead, () => turn !== this.#turn);
    } finally {
      progress?.done();
      if (turn === this.#turn) this.#isGoingOn = false;
    }
  }

  /** A client that cannot show it after all is no reason not to read. */
  async #progress() {
    if (!this.#showsProgress) return undefined;
    return this.#connection.window.createWorkDoneProgress().catch(() => undefined);
  }
}
