import type { FactType } from '../analysis/world.ts';
import type { CheckedOverlay } from '../engine/derived/overlay.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { type Checkers, fileCheckerFor } from './checkers.ts';
import type { Configurations } from './configurations.ts';
import type { DeployedFindings } from './deployed-findings.ts';
import type { EditorSettings } from './editor-settings.ts';
import type { CheckedFile } from './file-checker.ts';
import type { Surroundings } from './surroundings.ts';
import { folderOf } from './uris.ts';
import { type CompactReads, WorldReader } from './world-reads.ts';

/** What the findings of a file that is not open depend on, apart from its text. */
export interface Dependencies {
  /** Types of facts. */
  readonly types: ReadonlySet<FactType>;
  readonly reads: CompactReads;
  /** Whether it matters that all facts are known. */
  readonly includesComplete: boolean;
  /** Of the facts around the file. */
  readonly version: number;
  /** Of settings and configuration files. */
  readonly settings: number;
  /** With what they deploy of the file. */
  readonly overlays: readonly CheckedOverlay[];
}

export interface ClosedFile {
  readonly file: CheckedFile;
  readonly dependencies: Dependencies;
}

export interface ClosedFilesParts {
  readonly surroundings: Surroundings;
  readonly configurations: Configurations;
  readonly checkers: Checkers;
  readonly settings: EditorSettings;
  readonly deployed: DeployedFindings;
}

/** Checks files that are not open, and keeps nothing of them. All URIs are canonical. */
export class ClosedFiles {
  readonly #parts: ClosedFilesParts;
  #version = 0;

  constructor(parts: ClosedFilesParts) {
    this.#parts = parts;
  }

  /** Settings or configuration files have changed. */
  reconfigure(): void {
    this.#version++;
  }

  /** The findings of a file as it is on disk; undefined when it cannot be read. */
  async check(uri: string): Promise<ClosedFile | undefined> {
    const { surroundings, configurations, checkers, deployed } = this.#parts;
    const text = await surroundings.textOf(uri);
    if (text === undefined) return undefined;
    const settings = this.#version;
    const source = await configurations.sourceOf(uri);
    const values = this.#parts.settings.in(surroundings.rootOf(uri));
    const checker = checkers.for(configurations.merged(source, values));
    const { index } = surroundings.scopeOf(uri);
    const version = index.versionOf();
    const world = new WorldReader(index.worldOf(folderOf(uri) ?? uri, uri));
    const alone = fileCheckerFor(uri, '', checker).check(uri, splitDocuments(text), () => world);
    const overlays = deployed.around(uri);
    const file = deployed.in(uri, alone, () => text);
    const { types, includesComplete, compact: reads } = world.reads;
    return { file, dependencies: { types, reads, includesComplete, version, settings, overlays } };
  }

  /**
   * Whether everything but the text that the findings of a file depended on is still so.
   *
   * @returns what to ask with the next time; undefined when the file is to be checked again
   */
  stillGood(uri: string, dependencies: Dependencies): Dependencies | undefined {
    const { types, reads, includesComplete, version, settings, overlays } = dependencies;
    const { index } = this.#parts.surroundings.scopeOf(uri);
    if (settings !== this.#version) return undefined;
    const around = this.#parts.deployed.around(uri);
    if (around.length !== overlays.length || around.some((each, at) => each !== overlays[at]))
      return undefined;
    const now = index.versionOf();
    if (now === version) return dependencies;
    if (includesComplete && index.completenessVersion > version) return undefined;
    const changed = index.questionsChangedSince(version);
    const isGood =
      changed === undefined
        ? [...types].every((type) => index.versionOf(type) <= version)
        : reads.holdIn(() => index.worldOf(folderOf(uri) ?? uri, uri), changed);
    return isGood ? { ...dependencies, version: now } : undefined;
  }
}
