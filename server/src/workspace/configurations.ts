import { type Configuration, type ConfigurationValues, configurationFrom } from '../engine/configuration.ts';
import {
  CONFIGURATION_FILE_NAMES,
  type ConfigurationFile,
  readConfigurationFile,
} from '../engine/configuration-file.ts';
import type { Rule } from '../rules/rule.ts';
import type { FileSystem, SkipReason } from './file-system.ts';
import { saysTheSame } from './structural-equality.ts';
import { childUri, folderOf, nameOf } from './uris.ts';

/** Configuration files are written by hand. */
const MAX_SIZE = 1_000_000;

/** More configurations than this are not at work at once; typing in a configuration file leaves some behind. */
const KEPT = 100;

/** A configuration file that exists. */
export interface ConfigurationSource {
  readonly uri: string;
  readonly text: string;
  readonly file: ConfigurationFile;
  /** Set when the file could not be read; it then says nothing. */
  readonly skipped: SkipReason | undefined;
}

export function isConfigurationFile(uri: string): boolean {
  return CONFIGURATION_FILE_NAMES.includes(nameOf(uri));
}

/** Finds the configuration of each file: that of the nearest configuration file upward, over the editor's settings. */
export class Configurations {
  readonly #fileSystem: FileSystem;
  readonly #rules: readonly Rule[];
  /** The nearest file upward, by folder. */
  readonly #nearest = new Map<string, Promise<ConfigurationSource | undefined>>();
  /** Texts of configuration files that are open in the editor, with the last state that was YAML. */
  readonly #open = new Map<string, ConfigurationSource>();
  /** The texts that were given last of those that are open. */
  readonly #latest = new Map<string, string>();
  /** Those asked for last, the latest behind. */
  readonly #known: Configuration[] = [];
  #version = 0;

  constructor(fileSystem: FileSystem, rules: readonly Rule[]) {
    this.#fileSystem = fileSystem;
    this.#rules = rules;
  }

  /** What a file and settings say together: the same object as long as it says the same. */
  merged(source: ConfigurationSource | undefined, settings: ConfigurationValues): Configuration {
    const configuration = configurationFrom(source?.file.values ?? {}, settings);
    const index = this.#known.findIndex((candidate) => saysTheSame(candidate, configuration));
    const [known = configuration] = index === -1 ? [] : this.#known.splice(index, 1);
    this.#known.push(known);
    if (this.#known.length > KEPT) this.#known.shift();
    return known;
  }

  /** The nearest configuration file of a file. */
  sourceOf(uri: string): Promise<ConfigurationSource | undefined> {
    const folder = folderOf(uri);
    return folder === undefined ? Promise.resolve(undefined) : this.#nearestTo(folder);
  }

  /** All configuration files that count for a file looked at so far, or that are open. */
  async sources(): Promise<ConfigurationSource[]> {
    const byUri = new Map(this.#open);
    for (const source of await Promise.all(this.#nearest.values())) {
      if (source !== undefined && !byUri.has(source.uri)) byUri.set(source.uri, source);
    }
    return [...byUri.values()];
  }

  /** Takes the text of an open configuration file. While it is no YAML, what it said before goes on. */
  async setOpenText(uri: string, text: string): Promise<ConfigurationSource> {
    this.#latest.set(uri, text);
    const file = await readConfigurationFile(text, this.#rules);
    const before = this.#open.get(uri)?.file;
    const values = file.parsed.problems.length > 0 ? (before ?? file).values : file.values;
    const source = { uri, text, file: { ...file, values }, skipped: undefined };
    // It may have been edited again or closed in the meantime.
    if (this.#latest.get(uri) !== text) return source;
    this.#open.set(uri, source);
    this.forget();
    return source;
  }

  closeText(uri: string): void {
    this.#latest.delete(uri);
    this.#open.delete(uri);
    this.forget();
  }

  /** Makes everything be read again: a configuration file may have changed. */
  forget(): void {
    this.#nearest.clear();
    this.#version++;
  }

  /** Changes whenever other configuration files may be found than before. */
  get version(): number {
    return this.#version;
  }

  #nearestTo(folder: string): Promise<ConfigurationSource | undefined> {
    let nearest = this.#nearest.get(folder);
    if (nearest === undefined) {
      nearest = this.#find(folder);
      this.#nearest.set(folder, nearest);
    }
    return nearest;
  }

  async #find(folder: string): Promise<ConfigurationSource | undefined> {
    for (const name of CONFIGURATION_FILE_NAMES) {
      const source = await this.#read(childUri(folder, name), folder);
      if (source !== undefined) return source;
    }
    const parent = folderOf(folder);
    return parent === undefined ? undefined : this.#nearestTo(parent);
  }

  async #read(uri: string, folder: string): Promise<ConfigurationSource | undefined> {
    const open = this.#open.get(uri);
    if (open !== undefined) return open;
    const content = await this.#fileSystem.read(uri, MAX_SIZE, folder);
    if (content === undefined) return undefined;
    const text = 'text' in content ? content.text : '';
    const skipped = 'text' in content ? undefined : content.skipped;
    return { uri, text, file: await readConfigurationFile(text, this.#rules), skipped };
  }
}
