import type { World } from '../analysis/world.ts';
import {
  type Configuration,
  type ConfigurationValues,
  DEFAULT_CONFIGURATION,
} from '../engine/configuration.ts';
import { CONFIGURATION_FILE_NAME } from '../engine/configuration-file.ts';
import { evidenceFindings } from '../engine/evidence.ts';
import type { Finding } from '../engine/finding.ts';
import { type FixAllResult, type FixLevel, fixAll } from '../engine/fix-all.ts';
import { looksLikeManifest } from '../kubernetes/resource.ts';
import type { Fix } from '../rules/rule.ts';
import { isValuesFile, roleOf } from './chart-values.ts';
import { type ChartFile, Charts } from './charts.ts';
import { Checkers, type CheckersHost, fileCheckerFor } from './checkers.ts';
import { ClosedFiles } from './closed-files.ts';
import { type ConfigurationSource, Configurations, isConfigurationFile } from './configurations.ts';
import type { ContainedChecker } from './contained-checker.ts';
import { EditorSettings } from './editor-settings.ts';
import type { CheckedFile, FileChecker } from './file-checker.ts';
import type { FileSystem, SkipReason } from './file-system.ts';
import { type ContentChange, SourceFile } from './source-file.ts';
import { type OnRead, Surroundings } from './surroundings.ts';
import { isTemplate } from './templates.ts';
import { canonicalUri, childUri, folderOf } from './uris.ts';

/** What a workspace is given by its host. */
export interface WorkspaceHost extends CheckersHost {
  readonly fileSystem: FileSystem;
  /** Told of each file that is left out, once. */
  onSkipped(uri: string, reason: SkipReason): void;
}

/** A file that is open in the editor, whose text is the editor's. */
export interface OpenFile {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly source: SourceFile;
}

/** A checked file, or one that is not checked and why. */
export type CheckedOpenFile = CheckedFile & { readonly skipped?: SkipReason };

/** A configuration file to be changed. */
export interface ConfigurationTarget {
  readonly uri: string;
  /** Null when it is not open. */
  readonly version: number | null;
  readonly source: SourceFile;
  readonly isNew: boolean;
}

const UNPREPARED = {
  configuration: undefined,
  configurationSource: undefined,
  checker: undefined,
  told: undefined,
};

interface OpenState {
  /** As the client spells it. */
  readonly uri: string;
  readonly key: string;
  readonly languageId: string;
  readonly source: SourceFile;
  version: number;
  /** Absent until it is known. */
  configuration: Configuration | undefined;
  configurationSource: ConfigurationSource | undefined;
  /** The version whose facts the files around know. */
  told: number | undefined;
  checker: { readonly contained: ContainedChecker; readonly file: FileChecker } | undefined;
}

/** Documents are only looked at so far to see whether they are manifests. */
const PEEKED_LENGTH = 100_000;

/** The open files, and what is known around them. */
export class Workspace {
  readonly configurations: Configurations;
  readonly closedFiles: ClosedFiles;
  readonly #charts: Charts;
  readonly #host: WorkspaceHost;
  readonly #surroundings: Surroundings;
  /** By canonical URI. */
  readonly #open = new Map<string, OpenState>();
  readonly #skipped = new Map<string, SkipReason>();
  readonly #settings = new EditorSettings();
  readonly #checkers: Checkers;

  constructor(host: WorkspaceHost) {
    this.#host = host;
    this.#checkers = new Checkers(host);
    this.configurations = new Configurations(host.fileSystem, host.rules);
    this.#surroundings = new Surroundings({
      fileSystem: host.fileSystem,
      maxFileSize: (uri) => this.#settingsOf(uri).maxFileSize ?? DEFAULT_CONFIGURATION.maxFileSize,
      isOpen: (uri) => this.#open.has(uri),
      onSkipped: (uri, reason) => this.#skip(uri, reason),
    });
    const openStates = this.#open;
    this.#charts = new Charts({
      fileSystem: host.fileSystem,
      rootOf: (uri) => this.#surroundings.rootOf(uri),
      isWorkspaceFolder: (uri) => this.#surroundings.roots.includes(uri),
      get openFiles() {
        return openStates.values();
      },
    });
    this.closedFiles = new ClosedFiles(
      this.#surroundings,
      this.configurations,
      this.#checkers,
      this.#settings,
    );
  }

  open(uri: string, languageId: string, version: number, text: string): void {
    const key = canonicalUri(uri);
    const source = new SourceFile(uri, text);
    this.#open.set(key, { uri, key, languageId, version, source, ...UNPREPARED });
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): void {
    const state = this.#stateOf(uri);
    if (state === undefined) return;
    state.source.apply(changes);
    state.version = version;
  }

  /** From now on what is on disk counts. */
  async close(uri: string): Promise<void> {
    const key = canonicalUri(uri);
    this.#open.delete(key);
    if (isConfigurationFile(key)) {
      this.configurations.closeText(key);
      this.closedFiles.reconfigure();
      await this.prepareAll();
    }
    await Promise.all([this.#surroundings.refresh(key), this.#charts.refresh([key])]);
  }

  /** The chart that a file belongs to, with what the editor has of it; undefined when it is in none. */
  chartOf(uri: string): Promise<ChartFile | undefined> {
    return this.#charts.of(canonicalUri(uri));
  }

  file(uri: string): OpenFile | undefined {
    return this.#stateOf(uri);
  }

  get openFiles(): readonly OpenFile[] {
    return [...this.#open.values()];
  }

  /** Reads what the findings of an open file depend on, apart from the rest of its workspace. */
  async prepare(uri: string): Promise<void> {
    const state = this.#stateOf(uri);
    if (state === undefined) return;
    const [source] = await Promise.all([
      this.configurations.sourceOf(state.key),
      this.#surroundings.prepare(state.key),
    ]);
    state.configurationSource = source;
    state.configuration = this.configurations.merged(source, this.#settingsOf(state.key));
  }

  isPrepared(uri: string): boolean {
    return this.#stateOf(uri)?.configuration !== undefined;
  }

  /** The findings of an open file, by what is known so far; undefined when it is not open. */
  check(uri: string): CheckedOpenFile | undefined {
    const state = this.#stateOf(uri);
    if (state === undefined) return undefined;
    const { index } = this.#surroundings.scopeOf(state.key);
    for (const other of this.#open.values()) if (other !== state) this.#tellFacts(other);
    if (this.#isTooLarge(state)) {
      this.#tellFacts(state);
      return { uri: state.uri, documents: [], ...(this.holdsManifests(uri) && { skipped: 'too-large' }) };
    }
    const { file } = this.#checkerOf(state);
    return file.check(state.uri, state.source.documents, (facts) => {
      index.set(folderIn(state), state.key, { ...facts, isManifest: true });
      state.told = state.version;
      return index.worldOf(folderIn(state), state.key);
    });
  }

  /** What is known around an open file, what it says itself included; undefined when it is not open. */
  worldOf(uri: string): World | undefined {
    const state = this.#stateOf(uri);
    if (state === undefined) return undefined;
    this.#tellFacts(state);
    return this.#surroundings.scopeOf(state.key).index.worldOf(folderIn(state), state.key);
  }

  /** Has the files around know what an open file says now. */
  #tellFacts(state: OpenState): void {
    if (state.told === state.version) return;
    const { index } = this.#surroundings.scopeOf(state.key);
    const facts = this.#isTooLarge(state)
      ? { facts: [], complete: false }
      : this.#checkerOf(state).file.factsOf(state.source.documents);
    index.set(folderIn(state), state.key, { ...facts, isManifest: true });
    state.told = state.version;
  }

  isConfigurationFile(uri: string): boolean {
    return isConfigurationFile(canonicalUri(uri));
  }

  /** Whether there is a Kubernetes object in an open file; of one that is too large, at its start. */
  holdsManifests(uri: string): boolean {
    const state = this.#stateOf(uri);
    if (state === undefined) return false;
    const { source } = state;
    if (isValuesFile(state.key)) return true;
    if (this.#isTooLarge(state)) return looksLikeManifest(source.start(PEEKED_LENGTH));
    return source.documents.some(({ document }) => looksLikeManifest(document.text.slice(0, PEEKED_LENGTH)));
  }

  /** The files in the workspace folders that may have findings and are not open. All URIs are canonical. */
  get closedManifests(): string[] {
    return this.#surroundings.manifests.filter((uri) => !this.#open.has(uri));
  }

  /**
   * Fixes an open file as it is now; the edits are in offsets of its text.
   *
   * @param only leaves out findings; absent: all active ones
   * @param choose among the fixes of a finding; absent: the recommended one
   */
  fixAll(
    uri: string,
    level: FixLevel,
    only?: (finding: Finding) => boolean,
    choose?: (finding: Finding) => Fix | undefined,
  ): FixAllResult | undefined {
    const state = this.#stateOf(uri);
    if (state === undefined) return undefined;
    const { key, source, languageId } = state;
    if (this.#isTooLarge(state)) return undefined;
    const { index } = this.#surroundings.scopeOf(key);
    return fixAll(source.text, {
      checker: this.#checkerOf(state).contained.checker,
      worldOf: (facts) => index.worldWith(folderIn(state), key, facts),
      level,
      file: key,
      role: roleOf(key),
      isSkipped: ({ parsed }) => isTemplate(key, languageId, parsed),
      ...(only && { only }),
      ...(choose && { choose }),
    });
  }

  /** What no longer counts as evidence in a configuration file. */
  evidenceFindings({ file }: ConfigurationSource): Finding[] {
    return evidenceFindings(file, this.#host.rules, this.#host.today());
  }

  /** The workspace folders and the editor's settings, those for everything else under ''. */
  configure(folders: readonly string[], settings: ReadonlyMap<string, ConfigurationValues>): void {
    this.#surroundings.roots = folders;
    this.#charts.forget();
    for (const state of this.#open.values()) state.told = undefined;
    this.changeSettings(settings);
  }

  changeSettings(settings: ReadonlyMap<string, ConfigurationValues>): void {
    this.closedFiles.reconfigure();
    this.#settings.set(settings);
  }

  /** Reads everything in the workspace folders. */
  readAll(onRead: OnRead, isCancelled: () => boolean): Promise<void> {
    return this.#surroundings.readAll(onRead, isCancelled);
  }

  /** Takes notice of files that have changed, appeared or gone on disk; tells whether findings may have changed. */
  async refresh(uris: readonly string[]): Promise<boolean> {
    const changed = uris.map(canonicalUri);
    await this.#charts.refresh(changed);
    const isReconfigured = changed.some(isConfigurationFile);
    if (isReconfigured) {
      this.configurations.forget();
      this.closedFiles.reconfigure();
      await this.prepareAll();
    }
    const results = await Promise.all(changed.map((uri) => this.#surroundings.refresh(uri)));
    return isReconfigured || results.includes(true);
  }

  /** Finds the configuration of each open file again. */
  async prepareAll(): Promise<void> {
    await Promise.all(this.openFiles.map(({ uri }) => this.prepare(uri)));
  }

  /**
   * Takes the present text of an open configuration file.
   *
   * @returns what it says, and whether findings may have changed; undefined when it is not open, or no configuration file
   */
  async reconfigure(uri: string): Promise<{ source: ConfigurationSource; isChanged: boolean } | undefined> {
    const state = this.#stateOf(uri);
    if (state === undefined || !isConfigurationFile(state.key)) return undefined;
    const source = await this.configurations.setOpenText(state.key, state.source.text);
    const before = this.configurationsInUse;
    await this.prepareAll();
    const after = this.configurationsInUse;
    const isChanged = before.some((configuration) => !after.includes(configuration));
    if (isChanged) this.closedFiles.reconfigure();
    return { source, isChanged };
  }

  /** The configuration file that counts for a file, or the one that could be made for it. */
  configurationTargetOf(uri: string): ConfigurationTarget {
    const state = this.#stateOf(uri);
    const known = state?.configurationSource;
    const key = known?.uri ?? childUri(this.#surroundings.rootOf(canonicalUri(uri)), CONFIGURATION_FILE_NAME);
    const open = this.#open.get(key);
    return {
      uri: open?.uri ?? key,
      version: open?.version ?? null,
      source: open?.source ?? new SourceFile(key, known?.text ?? ''),
      isNew: known === undefined && open === undefined,
    };
  }

  /** The configuration that holds for an open file. */
  configurationOf(uri: string): Configuration | undefined {
    const state = this.#stateOf(uri);
    return state && this.#configurationOf(state);
  }

  /** The configurations of open files. */
  get configurationsInUse(): readonly Configuration[] {
    return [...new Set([...this.#open.values()].flatMap(({ configuration }) => configuration ?? []))];
  }

  get skipped(): ReadonlyMap<string, SkipReason> {
    return this.#skipped;
  }

  #stateOf(uri: string): OpenState | undefined {
    return this.#open.get(canonicalUri(uri));
  }

  #settingsOf(key: string): ConfigurationValues {
    return this.#settings.in(this.#surroundings.rootOf(key));
  }

  #isTooLarge(state: OpenState): boolean {
    return state.source.length > this.#configurationOf(state).maxFileSize;
  }

  #configurationOf({ key, configuration }: OpenState): Configuration {
    return configuration ?? this.configurations.merged(undefined, this.#settingsOf(key));
  }

  #checkerOf(state: OpenState): NonNullable<OpenState['checker']> {
    const contained = this.#checkers.for(this.#configurationOf(state));
    if (state.checker?.contained !== contained) {
      const file = fileCheckerFor(state.key, state.languageId, contained);
      state.checker = { contained, file };
    }
    return state.checker;
  }

  #skip(uri: string, reason: SkipReason): void {
    if (this.#skipped.get(uri) === reason) return;
    this.#skipped.set(uri, reason);
    this.#host.onSkipped(uri, reason);
  }
}

function folderIn({ key }: OpenState): string {
  return folderOf(key) ?? key;
}
