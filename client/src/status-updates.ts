import { type Disposable, type Event, EventEmitter } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { STATUS_NOTIFICATION, type Status } from '../../server/src/features/protocol.ts';

/** What the server says of itself, for everybody who shows it: a client has one handler for each notification. */
export class StatusUpdates implements Disposable {
  readonly #changes = new EventEmitter<Status>();
  readonly onChange: Event<Status> = this.#changes.event;

  constructor(client: BaseLanguageClient) {
    client.onNotification(STATUS_NOTIFICATION, (status: Status) => this.#changes.fire(status));
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
