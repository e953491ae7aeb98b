import type { ConfigurationValues } from '../engine/configuration.ts';
import { canonicalUri } from './uris.ts';

/** The editor's settings by workspace folder; under '' those that hold everywhere else. */
export class EditorSettings {
  #byFolder: ReadonlyMap<string, ConfigurationValues> = new Map();

  set(byFolder: ReadonlyMap<string, ConfigurationValues>): void {
    this.#byFolder = new Map(
      [...byFolder].map(([folder, values]) => [folder && canonicalUri(folder), values]),
    );
  }

  in(folder: string): ConfigurationValues {
    return this.#byFolder.get(folder) ?? this.#byFolder.get('') ?? {};
  }
}
