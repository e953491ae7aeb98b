import type { Connection } from 'vscode-languageserver';
import type { ConfigurationValues } from '../engine/configuration.ts';
import type { Excluded } from '../workspace/left-out.ts';
import { placeOfError } from './log.ts';
import { SETTINGS_SECTION } from './protocol.ts';
import {
  askForExcluded,
  askForSettings,
  settingsFrom,
  wantsCodeLenses,
  wantsInlayHints,
} from './settings.ts';

/** What the user of a client wants, as the client answers when it is asked, or as it has sent it. */
export class ClientSettings {
  readonly #connection: Connection;
  readonly #canBeAsked: boolean;
  readonly #sent: unknown;

  /** @param sent the section of a client that cannot be asked */
  constructor(connection: Connection, canBeAsked: boolean, sent: unknown) {
    this.#connection = connection;
    this.#canBeAsked = canBeAsked;
    this.#sent = sent;
  }

  get canBeAsked(): boolean {
    return this.#canBeAsked;
  }

  /** Those of each folder, and under '' those for everything else. */
  async in(folders: readonly string[]): Promise<ReadonlyMap<string, ConfigurationValues>> {
    if (this.#canBeAsked) {
      try {
        return await askForSettings(this.#connection, folders);
      } catch (error) {
        this.#connection.console.warn(`The client gave no settings: ${placeOfError(error)}`);
      }
    }
    return new Map([['', settingsFrom(this.#sent)]]);
  }

  /** What the editor leaves out of each folder. */
  async excludedFrom(folders: readonly string[]): Promise<Excluded> {
    if (!this.#canBeAsked) return new Map();
    try {
      return await askForExcluded(this.#connection, folders);
    } catch (error) {
      this.#connection.console.warn(`The client does not say what it leaves out: ${placeOfError(error)}`);
      return new Map();
    }
  }

  /** Whether the user wants hints in a file. */
  async wantsInlayHints(uri: string): Promise<boolean> {
    return wantsInlayHints(await this.#sectionFor(uri));
  }

  /** Whether the user wants lenses in a file. */
  async wantsCodeLenses(uri: string): Promise<boolean> {
    return wantsCodeLenses(await this.#sectionFor(uri));
  }

  async #sectionFor(uri: string): Promise<unknown> {
    if (!this.#canBeAsked) return this.#sent;
    return this.#connection.workspace.getConfiguration({ scopeUri: uri, section: SETTINGS_SECTION });
  }
}
