import type { World } from '../analysis/world.ts';
import { type Configuration, DEFAULT_CONFIGURATION } from '../engine/configuration.ts';
import { looksLikeManifest } from '../kubernetes/resource.ts';
import { isValuesFile } from './chart-values.ts';
import { type Checkers, fileCheckerFor } from './checkers.ts';
import type { ConfigurationSource, Configurations } from './configurations.ts';
import type { ContainedChecker } from './contained-checker.ts';
import type { EditorSettings } from './editor-settings.ts';
import type { FileChecker } from './file-checker.ts';
import { type ContentChange, SourceFile } from './source-file.ts';
import type { Surroundings } from './surroundings.ts';
import { canonicalUri, folderOf } from './uris.ts';

/** A file that is open in the editor, whose text is the editor's. */
export interface OpenFile {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly source: SourceFile;
}

/** A file to be changed. */
export interface EditTarget {
  readonly uri: string;
  /** Null when it is not open. */
  readonly version: number | null;
  readonly source: SourceFile;
  /** It has to be made first. */
  readonly isNew?: boolean;
}

/** An open file with what is known of it. */
export interface OpenState extends OpenFile {
  /** As the client spells it. */
  readonly uri: string;
  /** The canonical URI. */
  readonly key: string;
  version: number;
  /** Absent until it is known. */
  configuration: Configuration | undefined;
  configurationSource: ConfigurationSource | undefined;
  /** The version whose facts the files around know. */
  told: number | undefined;
  checker: FileCheckers | undefined;
}

interface FileCheckers {
  readonly contained: ContainedChecker;
  readonly file: FileChecker;
}

const UNPREPARED = {
  configuration: undefined,
  configurationSource: undefined,
  checker: undefined,
  told: undefined,
};

/** Documents are only looked at so far to see whether they are manifests. */
const PEEKED_LENGTH = 100_000;

export interface OpenFilesParts {
  readonly surroundings: Surroundings;
  readonly configurations: Configurations;
  readonly checkers: Checkers;
  readonly settings: EditorSettings;
}

/** The files that are open, each with its configuration and checker, and what they say to the files around them. */
export class OpenFiles {
  readonly #parts: OpenFilesParts;
  /** By canonical URI. */
  readonly #states = new Map<string, OpenState>();

  constructor(parts: OpenFilesParts) {
    this.#parts = parts;
  }

  open(uri: string, languageId: string, version: number, text: string): OpenState {
    const key = canonicalUri(uri);
    const state = { uri, key, languageId, version, source: new SourceFile(uri, text), ...UNPREPARED };
    this.#states.set(key, state);
    return state;
  }

  /** The file with its new text; undefined when it is not open. */
  change(uri: string, version: number, changes: readonly ContentChange[]): OpenState | undefined {
    const state = this.at(uri);
    if (state === undefined) return undefined;
    state.source.apply(changes);
    state.version = version;
    return state;
  }

  close(key: string): void {
    this.#states.delete(key);
  }

  get all(): readonly OpenState[] {
    return [...this.#states.values()];
  }

  has(key: string): boolean {
    return this.#states.has(key);
  }

  /** By the URI in any spelling. */
  at(uri: string): OpenState | undefined {
    return this.#states.get(canonicalUri(uri));
  }

  /** @param key a canonical URI */
  textOf(key: string): string | undefined {
    return this.#states.get(key)?.source.text;
  }

  /** A file to be changed: as the editor has it, or with a text that is stored. */
  targetOf(key: string, stored: string | undefined): EditTarget {
    const open = this.#states.get(key);
    return open === undefined
      ? { uri: key, version: null, source: new SourceFile(key, stored ?? ''), isNew: stored === undefined }
      : { uri: open.uri, version: open.version, source: open.source };
  }

  configurationOf({ key, configuration }: OpenState): Configuration {
    const { configurations, settings, surroundings } = this.#parts;
    return configuration ?? configurations.merged(undefined, settings.in(surroundings.rootOf(key)));
  }

  checkerOf(state: OpenState): FileCheckers {
    const contained = this.#parts.checkers.for(this.configurationOf(state));
    if (state.checker?.contained !== contained) {
      const file = fileCheckerFor(state.key, state.languageId, contained);
      state.checker = { contained, file };
    }
    return state.checker;
  }

  isTooLarge(state: OpenState): boolean {
    return state.source.length > this.configurationOf(state).maxFileSize;
  }

  /** Whether there is a Kubernetes object in a file; of one that is too large, at its start. */
  holdsManifests(state: OpenState): boolean {
    if (isValuesFile(state.key)) return true;
    const { source } = state;
    if (this.isTooLarge(state)) return looksLikeManifest(source.start(PEEKED_LENGTH));
    return source.documents.some(({ document }) => looksLikeManifest(document.text.slice(0, PEEKED_LENGTH)));
  }

  /** What is known around a file, what it says itself included. */
  worldOf(state: OpenState): World {
    this.tellFacts(state);
    return this.#indexAround(state).worldOf(folderIn(state), state.key);
  }

  /** Has the files around know what an open file says now. */
  tellFacts(state: OpenState): void {
    if (state.told === state.version) return;
    const facts = this.isTooLarge(state)
      ? { facts: [], complete: false }
      : this.checkerOf(state).file.factsOf(state.source.documents);
    this.#indexAround(state).set(folderIn(state), state.key, { ...facts, isManifest: true });
    state.told = state.version;
  }

  /** Has the files around know what all open files say now, but one that tells it itself. */
  tellAllFacts(but?: OpenState): void {
    for (const state of this.#states.values()) if (state !== but) this.tellFacts(state);
  }

  /** What was told is forgotten: the files around are other ones. */
  retellFacts(): void {
    for (const state of this.#states.values()) state.told = undefined;
  }

  #indexAround({ key }: OpenState) {
    return this.#parts.surroundings.scopeOf(key).index;
  }
}

/** In bytes, of files in a workspace folder with these settings. */
export function maxFileSizeIn(settings: EditorSettings, root: string): number {
  return settings.in(root).maxFileSize ?? DEFAULT_CONFIGURATION.maxFileSize;
}

/** The folder of a file. */
export function folderIn({ key }: Pick<OpenState, 'key'>): string {
  return folderOf(key) ?? key;
}
