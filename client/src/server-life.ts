/** When the server runs: as long as the settings want it, again when it has died, and anew when somebody asks for that. */

import { type Disposable, workspace } from 'vscode';
import {
  type BaseLanguageClient,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  State,
} from 'vscode-languageclient';
import { SETTINGS_SECTION } from '../../server/src/features/protocol.ts';

/** Starts and stops the server, one after the other: a client that starts cannot be stopped, nor one that stops be started. */
export class ServerLife implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #subscription: Disposable;
  #turn: Promise<void> = Promise.resolve();

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    this.#subscription = workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SETTINGS_SECTION}.enable`)) void this.follow();
    });
  }

  /** Does what the settings want. */
  follow(): Promise<void> {
    return this.#inTurn(async () => {
      const isWanted = workspace.getConfiguration(SETTINGS_SECTION).get('enable', true);
      if (isWanted) await this.#client.start();
      else await this.#stop();
    });
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#client.start();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    // Dead servers are started again by the client itself; whether that works is not what is asked here.
    if (client.state === State.Starting) await client.start().catch(() => undefined);
    // One that does not answer any more is stopped all the same.
    if (client.needsStop()) await client.stop().catch(() => undefined);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/**
 * A connection that fails is about to close, and then its server is started again, unless that happens too often. By default, some messages that are lost
 * before anybody has noticed would stop the client for good.
 */
export function errorHandlerFor(client: () => BaseLanguageClient): ErrorHandler {
  let usual: ErrorHandler | undefined;
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: (): CloseHandlerResult | Promise<CloseHandlerResult> => {
      usual ??= client().createDefaultErrorHandler();
      return usual.closed();
    },
  };
}
