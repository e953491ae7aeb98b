import type { Configuration } from '../engine/configuration.ts';
import { CONFIGURATION_FILE_NAME } from '../engine/configuration-file.ts';
import { type ConfigurationSource, isConfigurationFile } from './configurations.ts';
import type { EditTarget } from './open-files.ts';
import { statedUnits } from './units.ts';
import { canonicalUri, childUri, folderOf } from './uris.ts';
import type { WorkspaceParts } from './workspace-parts.ts';

/** A configuration file to be changed. */
export interface ConfigurationTarget extends EditTarget {
  readonly isNew: boolean;
}

type ConfiguringParts = Pick<
  WorkspaceParts,
  'configurations' | 'settings' | 'surroundings' | 'openFiles' | 'closedFiles' | 'chartFindings' | 'overlays'
>;

/** Has everybody who depends on configuration files and settings know what they say. */
export class Configuring {
  readonly #parts: ConfiguringParts;
  /** By workspace folder and configuration file, the folders that it says to deploy apart. */
  readonly #units = new Map<string, Map<string, readonly string[]>>();

  constructor(parts: ConfiguringParts) {
    this.#parts = parts;
  }

  /** Reads what the findings of an open file depend on, apart from the rest of its workspace. */
  async prepare(uri: string): Promise<void> {
    const { configurations, settings, surroundings, openFiles, chartFindings } = this.#parts;
    const state = openFiles.at(uri);
    if (state === undefined) return;
    const { version } = configurations;
    const [source] = await Promise.all([
      configurations.sourceOf(state.key),
      surroundings.prepare(state.key),
      chartFindings.prepare(state.key),
    ]);
    if (configurations.version !== version) return this.prepare(uri);
    state.configurationSource = source;
    state.configuration = configurations.merged(source, settings.in(surroundings.rootOf(state.key)));
    this.#stateUnits(state.key, source);
  }

  /** Finds the configuration of each open file again. */
  async prepareAll(): Promise<void> {
    await Promise.all(this.#parts.openFiles.all.map(({ uri }) => this.prepare(uri)));
  }

  /** Has the files of the workspace folders know which folders deploy apart. */
  async prepareRoots(): Promise<void> {
    for (const root of this.#parts.surroundings.roots) {
      const inRoot = childUri(root, 'any');
      this.#stateUnits(inRoot, await this.#parts.configurations.sourceOf(inRoot));
    }
  }

  /** Several configuration files of a workspace folder may each speak of folders below them. */
  #stateUnits(key: string, source: ConfigurationSource | undefined): void {
    const { root, index } = this.#parts.surroundings.scopeOf(key);
    const folder = source === undefined ? undefined : folderOf(source.uri);
    const bySource = this.#units.get(root) ?? new Map<string, readonly string[]>();
    this.#units.set(root, bySource);
    if (source !== undefined && folder !== undefined)
      bySource.set(
        source.uri,
        statedUnits(source.file.values.units ?? [], (path) => childUri(folder, path)),
      );
    index.units = [...bySource.values()].flat();
  }

  /** Settings or configuration files have changed: files that are not open are checked again. */
  reconfigureOthers(): void {
    this.#parts.closedFiles.reconfigure();
    this.#parts.overlays.reconfigure();
  }

  /** Configuration files have changed on disk. */
  async reread(): Promise<void> {
    this.#parts.configurations.forget();
    await this.#restate();
  }

  /** Some configuration files may be gone. */
  async #restate(): Promise<void> {
    this.reconfigureOthers();
    this.#units.clear();
    await this.prepareRoots();
    await this.prepareAll();
  }

  /** A configuration file is no longer open. */
  async close(key: string): Promise<void> {
    this.#parts.configurations.closeText(key);
    await this.#restate();
  }

  /**
   * Takes the present text of an open configuration file.
   *
   * @returns what it says, and whether findings may have changed; undefined when it is not open, or no configuration file
   */
  async reconfigure(uri: string): Promise<{ source: ConfigurationSource; isChanged: boolean } | undefined> {
    const state = this.#parts.openFiles.at(uri);
    if (state === undefined || !isConfigurationFile(state.key)) return undefined;
    const source = await this.#parts.configurations.setOpenText(state.key, state.source.text);
    const before = this.inUse;
    await this.prepareAll();
    const after = this.inUse;
    const isChanged = before.some((configuration) => !after.includes(configuration));
    if (isChanged) this.reconfigureOthers();
    return { source, isChanged };
  }

  /** The configurations of open files. */
  get inUse(): readonly Configuration[] {
    return [...new Set(this.#parts.openFiles.all.flatMap(({ configuration }) => configuration ?? []))];
  }

  /** The configuration file that counts for a file, or the one that could be made for it. */
  targetOf(uri: string): ConfigurationTarget {
    const { openFiles, surroundings } = this.#parts;
    const known = openFiles.at(uri)?.configurationSource;
    const key = known?.uri ?? childUri(surroundings.rootOf(canonicalUri(uri)), CONFIGURATION_FILE_NAME);
    const isNew = known === undefined && !openFiles.has(key);
    return { ...openFiles.targetOf(key, known?.text ?? ''), isNew };
  }
}
