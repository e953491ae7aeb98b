/** Keeps hover and completion from saying what another extension says of the same place. */

import { type Disposable, type Hover, type Position, type TextDocument, workspace } from 'vscode';
import type { BaseLanguageClient, Middleware } from 'vscode-languageclient';
import {
  DESCRIBED_ELSEWHERE_NOTIFICATION,
  type DescribedElsewhereParams,
} from '../../../server/src/features/protocol.ts';
import { type Described, describedElsewhere, NOTHING } from './described-elsewhere.ts';
import { offeredOnce } from './offered-once.ts';
import { type Help, helpInTemplates, Others } from './others.ts';

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
      if (this.#others.isAsking('hover', document, position)) return undefined;
      if (helpInTemplates(document)) await this.#tellFunction(document, position);
      else await this.#tell(document, 'hover');
      return next(document, position, token);
    },
    provideCompletionItem: async (document, position, context, token, next) => {
      if (this.#others.isAsking('completion', document, position)) return undefined;
      await this.#tell(document, 'completion');
      const offered = await next(document, position, context, token);
      return offeredOnce(offered, document, position, this.#others);
    },
  };
  readonly #client: () => BaseLanguageClient;
  readonly #others = new Others();
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
    await this.#send(document, { help, described: describedElsewhere(document, help), since: now });
  }

  /** Others explain some functions of templates, not all. */
  async #tellFunction(document: TextDocument, position: Position): Promise<void> {
    const hovers = (await this.#others.say<Hover[]>('hover', document, position)) ?? [];
    const described = { kinds: [], functions: hovers.length > 0 };
    await this.#send(document, { help: 'hover', described, since: 0 });
  }

  async #send(document: TextDocument, told: Told): Promise<void> {
    const key = document.uri.toString();
    const { described } = told;
    const before = this.#told.get(key)?.described ?? NOTHING;
    this.#told.set(key, told);
    if (JSON.stringify(described) === JSON.stringify(before)) return;
    const client = this.#client();
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const params: DescribedElsewhereParams = { uri, ...described };
    await client.sendNotification(DESCRIBED_ELSEWHERE_NOTIFICATION, params);
  }
}
