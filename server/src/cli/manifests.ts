import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Fact } from '../analysis/facts.ts';
import { type World, worldOf } from '../analysis/world.ts';
import { FactsIndex } from '../workspace/facts-index.ts';
import { NO_MANIFEST } from '../workspace/file-facts.ts';
import type { CheckProblems } from './check-problems.ts';
import type { ConfiguredChecker } from './configurations.ts';
import { codeOf, type FoundFile } from './find-files.ts';
import { ManifestFile } from './manifest-file.ts';
import { PARAMETER_FILES } from './parameter-files.ts';
import { type FileText, readText, readTextFile, type TextContent } from './read-file.ts';
import type { Known } from './shard.ts';

/** How reports call standard input. */
export const STANDARD_INPUT: FoundFile = { path: 'stdin', absolutePath: '-', isNamed: true };

export function folderOf(file: FoundFile, workingFolder: string): string {
  return file === STANDARD_INPUT ? workingFolder : dirname(file.absolutePath);
}

/** Manifests of up to this many characters in all stay parsed between the passes: a tree takes some thirty bytes a character. */
const PARSED_CHARACTERS = 500_000;

/** The texts of so many characters stay at hand between the passes; files beyond are read again. */
const TEXT_CHARACTERS = 16_000_000;

export interface ManifestsParts {
  readonly workingFolder: string;
  /** By folder. */
  readonly checkers: ReadonlyMap<string, ConfiguredChecker>;
  /** Whether everything that deploys together is among the files. */
  readonly isComplete: boolean;
  /** Folders that deploy apart from each other. */
  readonly units: readonly string[];
  /** Whether each file is taken alone. */
  readonly isIsolated: boolean;
  readonly standardInput: Uint8Array;
  readonly problems: CheckProblems;
}

/** The manifests among the files that are checked, and what is known around them. */
export class Manifests {
  readonly #parts: ManifestsParts;
  #facts: FactsIndex;
  /** Paths of those that are known to have no findings. */
  readonly #settled = new Set<string>();
  readonly #parsed = new Kept<ManifestFile>(PARSED_CHARACTERS);
  readonly #texts = new Kept<TextContent>(TEXT_CHARACTERS);
  #input: Uint8Array;
  #storedInput: string | undefined;

  constructor(parts: ManifestsParts) {
    this.#parts = parts;
    this.#facts = emptyIndex(parts);
    this.#input = parts.standardInput;
  }

  /** What all files say that have been read, here or elsewhere. */
  get facts(): FactsIndex {
    return this.#facts;
  }

  /** Standard input as it was read or written last; undefined when it was not. */
  get storedInput(): string | undefined {
    return this.#storedInput;
  }

  /** Takes notice of what files say that are checked elsewhere. Whichever thread reads a file, facts come in the order of the files. */
  know({ files, built }: Known): void {
    const all = [...this.#facts.entries, ...files].sort(([, a], [, b]) => (a < b ? -1 : 1));
    this.#facts = emptyIndex(this.#parts);
    for (const [folder, file, facts] of all) this.#facts.set(folder, file, facts);
    for (const [folder, facts] of built) this.#facts.setBuilt(folder, facts);
  }

  /** Reads a file and notes its facts; tells whether it holds manifests. */
  read(file: FoundFile): boolean {
    const manifest = this.#load(file);
    if (file === STANDARD_INPUT) this.#storedInput = manifest?.stored() ?? '';
    if (manifest === undefined) return false;
    const { facts, hasTemplates, isManifest } = manifest;
    this.#parts.problems.tellFailures(manifest);
    if (!isManifest && !hasTemplates && facts.length === 0) return false;
    this.#facts.set(this.#folderOf(file), file.absolutePath, { facts, complete: !hasTemplates, isManifest });
    if (!isManifest) return false;
    if (manifest.isSettled) this.#settled.add(file.path);
    else if (!this.#parsed.keep(file.path, manifest)) this.#texts.keep(file.path, manifest.content);
    return true;
  }

  /** Reads a file again that has been written. */
  reread(file: FoundFile): void {
    this.forget(file.path);
    this.read(file);
  }

  /** Whether a file is known to have no findings. */
  isSettled({ path }: FoundFile): boolean {
    return this.#settled.has(path);
  }

  of(file: FoundFile): ManifestFile | undefined {
    return this.#parsed.get(file.path) ?? this.#load(file);
  }

  #load(file: FoundFile): ManifestFile | undefined {
    const { configuration, checker } = this.checkerOf(file);
    const content = this.#texts.get(file.path) ?? this.#read(file, configuration.maxFileSize);
    if ('text' in content) return new ManifestFile(file.path, content, checker);
    const level = content.skipped === 'unreadable' || file.isNamed ? 'error' : 'note';
    this.#parts.problems.tell({ level, path: file.path, message: content.message });
    // What is no text is no manifest; anything else may hold what seems to be missing.
    const complete = content.skipped === 'binary';
    this.#facts.set(this.#folderOf(file), file.absolutePath, { ...NO_MANIFEST, complete });
    return undefined;
  }

  #read(file: FoundFile, limit: number): FileText {
    return file === STANDARD_INPUT ? readText(this.#input, limit) : readTextFile(file.absolutePath, limit);
  }

  /** The text of a file; undefined when it cannot be read. */
  textOf(absolutePath: string): string | undefined {
    const isInput = absolutePath === STANDARD_INPUT.absolutePath;
    const file = isInput ? STANDARD_INPUT : { path: absolutePath, absolutePath, isNamed: false };
    const content = this.#read(file, Number.POSITIVE_INFINITY);
    return 'text' in content ? content.text : undefined;
  }

  /** Its findings have been told, or it has other contents now. */
  forget(path: string): void {
    this.#parsed.forget(path);
    this.#texts.forget(path);
  }

  /** Stores a file with another text; tells whether that was possible. */
  write(file: FoundFile, text: string): boolean {
    if (file === STANDARD_INPUT) {
      this.#storedInput = text;
      this.#input = new TextEncoder().encode(text);
      return true;
    }
    try {
      writeFileSync(file.absolutePath, text);
      return true;
    } catch (error) {
      const message = `The fixes cannot be written${codeOf(error)}.`;
      this.#parts.problems.tell({ level: 'error', path: file.path, message });
      return false;
    }
  }

  worldOf(file: FoundFile, { facts }: ManifestFile): World {
    if (this.#parts.isIsolated) return worldOf(facts, false);
    return this.#facts.worldOf(this.#folderOf(file), file.absolutePath);
  }

  /** The world when the facts of a file are other ones than those that were noted. */
  worldWith(file: FoundFile, facts: readonly Fact[]): World {
    if (this.#parts.isIsolated) return worldOf(facts, false);
    return this.#facts.worldWith(this.#folderOf(file), file.absolutePath, facts);
  }

  checkerOf(file: FoundFile): ConfiguredChecker {
    const checker = this.#parts.checkers.get(this.#folderOf(file));
    if (checker === undefined) throw new Error('every folder has a checker');
    return checker;
  }

  #folderOf(file: FoundFile): string {
    return folderOf(file, this.#parts.workingFolder);
  }
}

/** What is made from files, by path, as long as their texts are not too many characters in all. */
class Kept<Item extends { readonly text: string }> {
  readonly #items = new Map<string, Item>();
  #left: number;

  constructor(characters: number) {
    this.#left = characters;
  }

  get(path: string): Item | undefined {
    return this.#items.get(path);
  }

  /** Tells whether there was room. */
  keep(path: string, item: Item): boolean {
    if (item.text.length > this.#left) return false;
    this.#left -= item.text.length;
    this.#items.set(path, item);
    return true;
  }

  forget(path: string): void {
    this.#left += this.#items.get(path)?.text.length ?? 0;
    this.#items.delete(path);
  }
}

function emptyIndex({ isComplete, units }: Pick<ManifestsParts, 'isComplete' | 'units'>): FactsIndex {
  const index = new FactsIndex(resolve, PARAMETER_FILES);
  index.complete = isComplete;
  index.units = units;
  return index;
}
