/** Keeps hover and completion from saying what another extension says of the same place. */

import { type Disposable, type TextDocument, workspace } from 'vscode';
import type { BaseLanguageClient, Middleware } from 'vscode-languageclient';
import {
  DESCRIBED_ELSEWHERE_NOTIFICATION,
  type DescribedElsewhereParams,
} from '../../../server/src/features/protocol.ts';
import { type Described, describedElsewhere, type Help } from './described-elsewhere.ts';

/** Asking others what they describe takes them time, and the answer changes seldom. */
const KEPT_MS = 2000;

interface Told {
  readonly help: Help;
  readonly described: Described;
  readonly since: number;
}

/** Tells the server, before it is asked for help, what is described elsewhere, when that has changed. */
export class SayOnce implements Disposable {
  readonly middleware: Middleware = {
    provideHover: async (document, position, token, next) => {
      await this.#tell(document, 'hover');
      return next(document, position, token);
    },
    provideCompletionItem: async (document, position, context, token, next) => {
      await this.#tell(document, 'completion');
      return next(document, position, context, token);
    },
  };
  readonly #client: () => BaseLanguageClient;
  readonly #told = new Map<string, Told>();
  readonly #closed = workspace.onDidCloseTextDocument(({ uri }) => this.#told.delete(uri.toString()));

  constructor(client: () => BaseLanguageClient) {
    this.#client = client;
  }

  /** A server that has just started has been told nothing. */
  forget(): void {
    this.#told.clear();
  }

  dispose(): void {
    this.#closed.dispose();
  }

  async #tell(document: TextDocument, help: Help): Promise<void> {
    const key = document.uri.toString();
    const told = this.#told.get(key);
    const now = Date.now();
    if (told?.help === help && now - told.since < KEPT_MS) return;
    const described = describedElsewhere(document, help);
    this.#told.set(key, { help, described, since: now });
    const before = told?.described ?? { kinds: [], functions: false };
    if (JSON.stringify(described) === JSON.stringify(before)) return;
    const client = this.#client();
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const params: DescribedElsewhereParams = { uri, ...described };
    await client.sendNotification(DESCRIBED_ELSEWHERE_NOTIFICATION, params);
  }
}
