import { type Fact, factsIn, factsOfDocument, otherFactsOf } from '../analysis/facts.ts';
import { declaredOf } from '../analysis/names/index.ts';
import { looksLikePipeline } from '../analysis/pipelines/commands.ts';
import { pipelineOf } from '../analysis/pipelines/pipeline.ts';
import type { KustomizeUse } from '../analysis/world.ts';
import { looksLikeManifest, resourcesOf } from '../kubernetes/resource.ts';
import { KUSTOMIZATION_NAMES } from '../kustomize/paths.ts';
import { type KustomizationReferences, looksLikeKustomization } from '../kustomize/references.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import {
  type ApplicationFolders,
  applicationFolders,
  type Fork,
  NO_APPLICATIONS,
} from './application-folders.ts';
import type { PlacedApplication } from './chart-deployments.ts';
import { isValuesFile } from './chart-values.ts';
import { type PlacedName, placedName } from './names-index.ts';
import { StableFacts, StableWorld, type View } from './stable-world.ts';
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

/** What the kustomization of a folder deploys, in place of what its files say by themselves. */
export interface BuiltFacts {
  readonly facts: readonly Fact[];
  /** Whether it builds, so that these are all. */
  readonly complete: boolean;
  /** The files that its resources stand in. */
  readonly deployed: ReadonlySet<string>;
}

/** With the folder of the kustomization. */
export type BuiltEntry = readonly [string, BuiltFacts];

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
  /** By folder. */
  readonly #knownNamespaces = new Map<string, { facts: readonly Fact[]; version: number }>();
  readonly #typeVersions = new Map<string, number>();
  readonly #pathOf: PathOf;
  /** By the folder of the kustomization. */
  readonly #built = new Map<string, BuiltFacts>();
  /** Files that only kustomizations deploy, as far as these are built. */
  #deployed: ReadonlySet<string> = new Set();
  #order: readonly (readonly [folder: string, file: string])[] | undefined;
  #units: Units | undefined;
  #unitsVersion = 0;
  #statedUnits: readonly string[] = [];
  #applications:
    | { readonly folders: ApplicationFolders; readonly version: number; readonly count: number }
    | undefined;
  #uses: { readonly byFile: ReadonlyMap<string, KustomizeUse>; readonly version: number } | undefined;
  /** Facts with the namespaces that applications give them. */
  readonly #placed = new WeakMap<readonly Fact[], { namespace: string; facts: readonly Fact[] }>();
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
    if (known === undefined) this.#order = undefined;
    if (saysTheSame(known, facts)) return;
    this.#bump([...(known?.facts ?? []), ...facts.facts]);
    if (known?.complete !== facts.complete) this.#completenessVersion = this.#version;
  }

  delete(folder: string, file: string): void {
    const files = this.#folders.get(folder);
    const known = files?.get(file);
    if (files?.delete(file) !== true) return;
    this.#order = undefined;
    this.#bump(known?.facts ?? []);
    if (known?.complete === false) this.#completenessVersion = this.#version;
  }

  /** Takes what a kustomization deploys now; undefined when it is gone. */
  setBuilt(folder: string, built: BuiltFacts | undefined): void {
    const known = this.#built.get(folder);
    if (known === undefined && built === undefined) return;
    if (built === undefined) this.#built.delete(folder);
    else this.#built.set(folder, built);
    const isSame =
      known?.complete === built?.complete &&
      saysTheSame(known?.facts, built?.facts) &&
      saysTheSame([...(known?.deployed ?? [])], [...(built?.deployed ?? [])]);
    if (isSame) return;
    const files = [...new Set([...(known?.deployed ?? []), ...(built?.deployed ?? [])])];
    const replaced = files.flatMap((file) => this.#factsOf(file));
    this.#deployed = new Set([...this.#built.values()].flatMap(({ deployed }) => [...deployed]));
    this.#units = undefined;
    this.#bump([...(known?.facts ?? []), ...(built?.facts ?? []), ...replaced]);
    this.#completenessVersion = this.#version;
  }

  /** All that kustomizations deploy, by their folders. */
  get built(): BuiltEntry[] {
    return [...this.#built];
  }

  #factsOf(file: string): readonly Fact[] {
    for (const files of this.#folders.values()) {
      const known = files.get(file);
      if (known !== undefined) return known.facts;
    }
    return [];
  }

  /** The folders with a kustomization, and what each names. */
  *kustomizations(): Generator<{ folder: string; references: KustomizationReferences }> {
    for (const [folder, files] of this.#folders) {
      for (const fact of kustomizationIn(files))
        if (fact.type === 'kustomization') yield { folder, references: fact.references };
    }
  }

  /** What Argo CD and Flux deploy, with where that is said. */
  *applications(): Generator<PlacedApplication> {
    if (this.versionOf('application') === 0) return;
    for (const [folder, files] of this.#folders) {
      for (const [file, { facts }] of files) {
        for (const fact of facts) {
          if (fact.type !== 'application') continue;
          for (const application of fact.applications) yield { application, folder, file };
        }
      }
    }
  }

  /** Whether an application deploys this very folder. */
  isDeployedFolder(folder: string): boolean {
    return this.#knownApplications().deploys(folder);
  }

  /** The files of a folder, and those that the kustomization there takes in as data or patches. */
  filesIn(folder: string): string[] {
    const files = this.#folders.get(folder) ?? new Map<string, FileFacts>();
    const parts = [...files.values()].flatMap(({ facts }) =>
      facts.flatMap((fact) => (fact.type === 'kustomization' ? fact.references.parts : [])),
    );
    return [...new Set([...files.keys(), ...parts.map((part) => this.#pathOf(folder, part))])];
  }

  /** Whether what a file holds is deployed by kustomizations alone, or is a part of them. */
  isDeployed(file: string): boolean {
    return this.#deployed.has(file) || this.#useOf(file) === 'part';
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
    const usedAs = this.#useOf(file);
    // What becomes of files of kustomizations is known from what is built; by themselves they prove nothing.
    const complete = usedAs === undefined && this.#isComplete(folder);
    const isBuilt = usedAs === undefined;
    return this.#worldIn(this.#unitOf(folder, isBuilt), folder, {
      complete,
      usedAs,
      namespace: this.#knownApplications().namespaceOf(folder),
      nearby: this.#namespacesIn(folder),
    });
  }

  /** The world of what the kustomization of a folder deploys, that included. */
  worldOfBuilt(folder: string): StableWorld {
    const built = this.#built.get(folder);
    const complete = this.#complete && built?.complete === true;
    const nearby = (built?.facts ?? []).filter(({ type }) => type === 'namespace');
    return this.#worldIn(this.#unitOf(folder, true), `built ${folder}`, {
      complete,
      usedAs: undefined,
      namespace: this.#knownApplications().namespaceOf(folder),
      nearby,
    });
  }

  #worldIn({ facts, worlds, before }: KnownUnit, place: string, view: View): StableWorld {
    const key = `${view.complete} ${view.usedAs ?? ''} ${view.namespace ?? ''} ${view.nearby.length === 0 ? '' : place}`;
    let world = worlds.get(key);
    if (world === undefined) {
      world = new StableWorld(facts, view, before?.get(key));
      worlds.set(key, world);
    }
    return world;
  }

  #namespacesIn(folder: string): readonly Fact[] {
    const known = this.#knownNamespaces.get(folder);
    if (known?.version === this.#version) return known.facts;
    const files = this.#folders.get(folder)?.values() ?? [];
    const facts = [...files].flatMap((file) => file.facts.filter(({ type }) => type === 'namespace'));
    this.#knownNamespaces.set(folder, { facts, version: this.#version });
    return facts;
  }

  /** The world of a file if its facts were these. */
  worldWith(folder: string, file: string, facts: readonly Fact[]): StableWorld {
    const world = this.worldOf(folder, file);
    if (saysTheSame(facts, this.get(folder, file)?.facts)) return world;
    const { complete, usedAs, namespace } = world;
    const own = namespace === undefined ? facts : factsIn(namespace, facts);
    const all = new StableFacts([...own, ...this.#factsAround(folder, usedAs === undefined, file)]);
    return new StableWorld(all, { complete, usedAs, namespace, nearby: [] });
  }

  /** Whether nothing says that the files of two folders deploy apart. */
  areTogether(folder: string, other: string): boolean {
    return folder === other || this.#knownWays().areTogether(folder, other);
  }

  /** The innermost folder around a folder that deploys apart from others; undefined where none does. */
  unitFolderOf(folder: string): string | undefined {
    return this.#knownWays().unitOf(folder);
  }

  /** What applications make of folders, as long as neither change. */
  #knownApplications(): ApplicationFolders {
    const version = this.versionOf('application');
    if (version === 0) return NO_APPLICATIONS;
    const count = this.#folders.size;
    if (this.#applications?.version !== version || this.#applications.count !== count) {
      const style = { join: this.#pathOf };
      const folders = applicationFolders([...this.applications()], this.#folders.keys(), style);
      if (!saysTheSame(folders.forks, this.#applications?.folders.forks ?? [])) this.#units = undefined;
      this.#applications = { folders, version, count };
    }
    return this.#applications.folders;
  }

  #knownWays(): Units {
    this.#knownApplications();
    if (this.#units === undefined) {
      const forks = [...this.#siblings(), ...this.#knownApplications().forks];
      this.#units = new Units(this.#folders.keys(), this.#statedUnits, forks);
      this.#unitsVersion++;
    }
    return this.#units;
  }

  /** Changes whenever other folders may deploy together than before. */
  get unitsVersion(): number {
    this.#knownWays();
    return this.#unitsVersion;
  }

  /** @param isBuilt whether kustomizations count as what they deploy, not as what their files say */
  #unitOf(folder: string, isBuilt: boolean): KnownUnit {
    const key = `${isBuilt} ${this.#knownWays().keyOf(folder)}`;
    const known = this.#knownUnits.get(key);
    if (known?.version === this.#version) return known;
    const facts = new StableFacts(this.#factsAround(folder, isBuilt), known?.facts);
    const unit = { facts, worlds: new Map(), before: known?.worlds, version: this.#version };
    this.#knownUnits.set(key, unit);
    return unit;
  }

  /** The folders of kustomizations that deploy the same files: each does so for itself. */
  #siblings(): Fork[] {
    const byFile = new Map<string, string[]>();
    for (const [folder, { deployed }] of this.#built) {
      for (const file of deployed) {
        const folders = byFile.get(file);
        if (folders === undefined) byFile.set(file, [folder]);
        else folders.push(folder);
      }
    }
    const groups = [...byFile.values()].filter(({ length }) => length > 1);
    const distinct = [...new Map(groups.map((group) => [group.join('\n'), group])).values()];
    return distinct.map((group) => ({ choices: new Map(group.map((folder) => [folder, folder])) }));
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
      for (const fact of kustomizationIn(files)) {
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

  #factsAround(folder: string, isBuilt: boolean, without?: string): Fact[] {
    const facts: Fact[] = [];
    const { namespaceOf } = this.#knownApplications();
    const inPlace = (place: string, own: readonly Fact[]) => {
      const namespace = namespaceOf(place);
      return namespace === undefined ? own : this.#factsIn(namespace, own);
    };
    const units = this.#knownWays();
    const near = new Map<string, boolean>();
    const isNear = (other: string) => {
      let isKnown = near.get(other);
      if (isKnown === undefined) {
        isKnown = other === folder || units.areTogether(folder, other);
        near.set(other, isKnown);
      }
      return isKnown;
    };
    for (const [other, file] of this.#inOrder()) {
      const known = this.get(other, file);
      if (known === undefined || known.facts.length === 0 || file === without || !isNear(other)) continue;
      const isReplaced = isBuilt && this.#deployed.has(file);
      // A patch is no object, and what a generator takes in is none yet.
      if (isReplaced || this.#useOf(file) === 'part')
        facts.push(...known.facts.filter(({ type }) => type === 'kustomization'));
      else facts.push(...inPlace(other, known.facts));
    }
    if (!isBuilt) return facts;
    const built = [...this.#built].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [other, { facts: own }] of built) if (isNear(other)) facts.push(...inPlace(other, own));
    return facts;
  }

  /** Folders and files by the names of files: what is said first must not depend on what was read first. */
  #inOrder(): readonly (readonly [folder: string, file: string])[] {
    this.#order ??= [...this.#folders]
      .flatMap(([folder, files]) => [...files.keys()].map((file) => [folder, file] as const))
      .sort(([, a], [, b]) => (a < b ? -1 : 1));
    return this.#order;
  }

  #factsIn(namespace: string, facts: readonly Fact[]): readonly Fact[] {
    const known = this.#placed.get(facts);
    if (known?.namespace === namespace) return known.facts;
    const placed = factsIn(namespace, facts);
    this.#placed.set(facts, { namespace, facts: placed });
    return placed;
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

/** What the kustomization of a folder says. Other files, such as those that configure one, may look like it. */
function kustomizationIn(files: ReadonlyMap<string, FileFacts>): readonly Fact[] {
  const found = KUSTOMIZATION_NAMES.flatMap((name) =>
    [...files].filter(
      ([file]) => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) === name,
    ),
  );
  return found[0]?.[1].facts ?? [];
}
