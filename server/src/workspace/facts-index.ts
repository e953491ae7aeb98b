import { type Fact, factsOfDocument, otherFactsOf } from '../analysis/facts.ts';
import { declaredOf } from '../analysis/names/index.ts';
import { looksLikePipeline } from '../analysis/pipelines/commands.ts';
import { pipelineOf } from '../analysis/pipelines/pipeline.ts';
import type { KustomizeUse } from '../analysis/world.ts';
import { looksLikeManifest, resourcesOf } from '../kubernetes/resource.ts';
import { looksLikeKustomization } from '../kustomize/references.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import { isValuesFile } from './chart-values.ts';
import { type PlacedName, placedName } from './names-index.ts';
import { StableFacts, StableWorld } from './stable-world.ts';
import { saysTheSame } from './structural-equality.ts';
import { isPlacedAsTemplate, isTemplate } from './templates.ts';
import { Units } from './units.ts';

/** What a file says to others. */
export interface FileFacts {
  readonly facts: readonly Fact[];
  /** Whether these are all: no when the file could not be read, or holds templates. */
  readonly complete: boolean;
  /** Whether there may be findings in the file. */
  readonly isManifest: boolean;
}

/** A folder, a file in it, and what that says. */
export type FactsEntry = readonly [folder: string, file: string, facts: FileFacts];

/** What a file says, and what it declares. */
export interface FileSayings extends FileFacts {
  readonly names: readonly PlacedName[];
}

/** Reads the facts of a file that is not open; one that fails says nothing. */
export function factsOfText(uri: string, text: string): FileSayings {
  let isManifest = looksLikeManifest(text) || isValuesFile(uri);
  if (!isManifest && !looksLikePipeline(text))
    return { ...NO_MANIFEST, facts: otherFactsOf(text), names: generatedNames(text) };
  const facts: Fact[] = [];
  const names: PlacedName[] = [];
  let complete = true;
  for (const placed of splitDocuments(text)) {
    const { document } = placed;
    if (!looksLikeManifest(document.text) && !looksLikePipeline(document.text)) continue;
    if (isPlacedAsTemplate(uri, '', document.text)) {
      complete = false;
      continue;
    }
    const parsed = parseDocument(document.text);
    const pipeline = pipelineOf(parsed);
    isManifest ||= pipeline !== undefined;
    if (isTemplate(uri, '', parsed)) complete = false;
    else {
      facts.push(...factsOfDocument(resourcesOf(parsed), pipeline));
      names.push(...declaredOf(parsed).map((name) => placedName(placed, name)));
    }
  }
  return isManifest ? { facts, complete, isManifest, names } : { ...NO_MANIFEST, names: [] };
}

/** What a kustomization without its kind generates. */
function generatedNames(text: string): PlacedName[] {
  if (!looksLikeKustomization(text)) return [];
  return splitDocuments(text).flatMap((placed) =>
    declaredOf(parseDocument(placed.document.text)).map((name) => placedName(placed, name)),
  );
}

/** What files that are no manifests say. */
export const NO_MANIFEST: FileFacts = { facts: [], complete: true, isManifest: false };

/** What a unit's files say, and the ways in which its files see it. */
interface KnownUnit {
  readonly facts: StableFacts;
  readonly worlds: Map<string, StableWorld>;
  /** Those of the version before. */
  readonly before: ReadonlyMap<string, StableWorld> | undefined;
  readonly version: number;
}

/** The file that a path names in a file of a folder. */
export type PathOf = (folder: string, path: string) => string;

/** The facts of all files of a scope: a workspace folder, or the folder of a file that belongs to none. */
export class FactsIndex {
  /** By folder, then by file. */
  readonly #folders = new Map<string, Map<string, FileFacts>>();
  readonly #knownUnits = new Map<string, KnownUnit>();
  readonly #typeVersions = new Map<string, number>();
  readonly #pathOf: PathOf;
  #units: Units | undefined;
  #unitsVersion = 0;
  #statedUnits: readonly string[] = [];
  #uses: { readonly byFile: ReadonlyMap<string, KustomizeUse>; readonly version: number } | undefined;
  #version = 0;
  #completenessVersion = 0;
  #complete = false;

  constructor(pathOf: PathOf) {
    this.#pathOf = pathOf;
  }

  set(folder: string, file: string, facts: FileFacts): void {
    let files = this.#folders.get(folder);
    if (files === undefined) {
      files = new Map();
      this.#folders.set(folder, files);
      this.#units = undefined;
    }
    const known = files.get(file);
    if (known?.facts === facts.facts && known.complete === facts.complete) return;
    files.set(file, facts);
    if (saysTheSame(known, facts)) return;
    this.#bump([...(known?.facts ?? []), ...facts.facts]);
    if (known?.complete !== facts.complete) this.#completenessVersion = this.#version;
  }

  delete(folder: string, file: string): void {
    const files = this.#folders.get(folder);
    const known = files?.get(file);
    if (files?.delete(file) !== true) return;
    this.#bump(known?.facts ?? []);
    if (known?.complete === false) this.#completenessVersion = this.#version;
  }

  get(folder: string, file: string): FileFacts | undefined {
    return this.#folders.get(folder)?.get(file);
  }

  /** All that is known, by folder and file. */
  get entries(): FactsEntry[] {
    return [...this.#folders].flatMap(([folder, files]) =>
      [...files].map(([file, facts]): FactsEntry => [folder, file, facts]),
    );
  }

  /** The files that may have findings. */
  get manifests(): string[] {
    const files: string[] = [];
    for (const folder of this.#folders.values()) {
      for (const [file, { isManifest }] of folder) if (isManifest) files.push(file);
    }
    return files;
  }

  /** Whether all files have been read. */
  get complete(): boolean {
    return this.#complete;
  }

  set complete(complete: boolean) {
    if (complete === this.#complete) return;
    this.#complete = complete;
    this.#bump([]);
    this.#completenessVersion = this.#version;
  }

  /** Changes whenever more or less of the files may be known than before. */
  get completenessVersion(): number {
    return this.#completenessVersion;
  }

  /** Changes whenever facts of a type (or, without one, anything) may have changed. */
  versionOf(type?: Fact['type']): number {
    return type === undefined ? this.#version : (this.#typeVersions.get(type) ?? 0);
  }

  /** Folders that deploy apart from each other, beside those that look like environments. */
  set units(folders: readonly string[]) {
    if (saysTheSame(folders, this.#statedUnits)) return;
    this.#statedUnits = folders;
    this.#units = undefined;
    this.#bump([]);
  }

  /** The world of a file in a folder: what deploys together with it. The same object as long as nothing changes. */
  worldOf(folder: string, file: string): StableWorld {
    const unit = this.#unitOf(folder);
    const complete = this.#isComplete(folder);
    const usedAs = this.#useOf(file);
    const nearby = this.#namespacesIn(folder);
    const key = `${complete} ${usedAs ?? ''} ${nearby.length === 0 ? '' : folder}`;
    let world = unit.worlds.get(key);
    if (world === undefined) {
      world = new StableWorld(unit.facts, { complete, usedAs, nearby }, unit.before?.get(key));
      unit.worlds.set(key, world);
    }
    return world;
  }

  #namespacesIn(folder: string): Fact[] {
    const files = this.#folders.get(folder)?.values() ?? [];
    return [...files].flatMap(({ facts }) => facts.filter(({ type }) => type === 'namespace'));
  }

  /** The world of a file if its facts were these. */
  worldWith(folder: string, file: string, facts: readonly Fact[]): StableWorld {
    if (saysTheSame(facts, this.get(folder, file)?.facts)) return this.worldOf(folder, file);
    const all = new StableFacts([...facts, ...this.#factsAround(folder, file)]);
    return new StableWorld(all, {
      complete: this.#isComplete(folder),
      usedAs: this.#useOf(file),
      nearby: [],
    });
  }

  /** Whether nothing says that the files of two folders deploy apart. */
  areTogether(folder: string, other: string): boolean {
    return folder === other || this.#knownWays().areTogether(folder, other);
  }

  /** The innermost folder around a folder that deploys apart from others; undefined where none does. */
  unitFolderOf(folder: string): string | undefined {
    return this.#knownWays().unitOf(folder);
  }

  #knownWays(): Units {
    if (this.#units === undefined) {
      this.#units = new Units(this.#folders.keys(), this.#statedUnits);
      this.#unitsVersion++;
    }
    return this.#units;
  }

  /** Changes whenever other folders may deploy together than before. */
  get unitsVersion(): number {
    this.#knownWays();
    return this.#unitsVersion;
  }

  #unitOf(folder: string): KnownUnit {
    const key = this.#knownWays().keyOf(folder);
    const known = this.#knownUnits.get(key);
    if (known?.version === this.#version) return known;
    const facts = new StableFacts(this.#factsAround(folder), known?.facts);
    const unit = { facts, worlds: new Map(), before: known?.worlds, version: this.#version };
    this.#knownUnits.set(key, unit);
    return unit;
  }

  /** What the kustomizations make of a file. One that is a part somewhere may be any fragment. */
  #useOf(file: string): KustomizeUse | undefined {
    const version = this.versionOf('kustomization');
    if (this.#uses?.version !== version) this.#uses = { byFile: this.#findUses(), version };
    return this.#uses.byFile.get(file);
  }

  #findUses(): Map<string, KustomizeUse> {
    const uses = new Map<string, KustomizeUse>();
    for (const [folder, files] of this.#folders) {
      for (const fact of [...files.values()].flatMap(({ facts }) => facts)) {
        if (fact.type !== 'kustomization') continue;
        const { resources, parts } = fact.references;
        for (const part of parts) uses.set(this.#pathOf(folder, part), 'part');
        for (const resource of resources) {
          const file = this.#pathOf(folder, resource);
          if (!uses.has(file)) uses.set(file, 'resource');
        }
      }
    }
    return uses;
  }

  #factsAround(folder: string, without?: string): Fact[] {
    const facts: Fact[] = [];
    for (const [other, files] of this.#folders) {
      if (other !== folder && this.#units?.areTogether(folder, other) === false) continue;
      for (const [file, known] of files) if (file !== without) facts.push(...known.facts);
    }
    return facts;
  }

  #isComplete(folder: string): boolean {
    const neighbours = this.#folders.get(folder)?.values() ?? [];
    return this.#complete && [...neighbours].every(({ complete }) => complete);
  }

  #bump(facts: readonly Fact[]): void {
    this.#version++;
    for (const { type } of facts) this.#typeVersions.set(type, this.#version);
  }
}
