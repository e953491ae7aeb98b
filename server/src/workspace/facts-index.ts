import { type Fact, factsIn } from '../analysis/facts.ts';
import type { KustomizeUse } from '../analysis/world.ts';
import type { ApplicationFolders } from './application-folders.ts';
import { type BuiltEntry, type BuiltFacts, BuiltKustomizations } from './built-kustomizations.ts';
import type { PlacedApplication } from './chart-deployments.ts';
import type { FileFacts } from './file-facts.ts';
import { IndexVersions } from './index-versions.ts';
import { type FactsEntry, IndexedFiles, type PlacedKustomization } from './indexed-files.ts';
import { KnownApplications } from './known-applications.ts';
import { type PathOf, usesIn } from './kustomization-uses.ts';
import type { ParameterFiles } from './repository-views.ts';
import { StableFacts } from './stable-facts.ts';
import { StableWorld } from './stable-world.ts';
import { saysTheSame } from './structural-equality.ts';
import { UnitWorlds } from './unit-worlds.ts';
import { Units } from './units.ts';

/** The worlds of a unit, as of a version of the index. */
interface KnownUnit {
  readonly worlds: UnitWorlds;
  readonly version: number;
}

/** The facts of all files of a scope: a workspace folder, or the folder of a file that belongs to none. */
export class FactsIndex {
  readonly #files = new IndexedFiles();
  readonly #versions = new IndexVersions();
  readonly #applications: KnownApplications;
  readonly #knownUnits = new Map<string, KnownUnit>();
  /** By folder. */
  readonly #knownNamespaces = new Map<string, { facts: readonly Fact[]; version: number }>();
  readonly #pathOf: PathOf;
  readonly #built = new BuiltKustomizations();
  #units: Units | undefined;
  #unitsVersion = 0;
  #statedUnits: readonly string[] = [];
  #forks: ApplicationFolders['forks'] = [];
  #uses: { readonly byFile: ReadonlyMap<string, KustomizeUse>; readonly version: number } | undefined;
  /** Facts with the namespaces that applications give them. */
  readonly #placed = new WeakMap<readonly Fact[], { namespace: string; facts: readonly Fact[] }>();
  #complete = false;

  /** @param parameterFiles absent: the files that are known here, with the texts that are given */
  constructor(pathOf: PathOf, parameterFiles?: ParameterFiles) {
    this.#pathOf = pathOf;
    this.#applications = new KnownApplications(this.#files, this.#versions, pathOf, parameterFiles);
  }

  set(folder: string, file: string, facts: FileFacts): void {
    const known = this.#files.get(folder, file);
    if (known?.facts === facts.facts && known.complete === facts.complete) return;
    const { foldersVersion } = this.#files;
    this.#files.set(folder, file, facts);
    if (this.#files.foldersVersion !== foldersVersion) this.#units = undefined;
    if (saysTheSame(known, facts)) return;
    if (known === undefined) this.#versions.bump(facts.facts);
    else this.#versions.bumpEdit({ folder, file, before: known.facts, after: facts.facts });
    if (known?.complete !== facts.complete) this.#versions.bumpCompleteness();
  }

  delete(folder: string, file: string): void {
    const { foldersVersion } = this.#files;
    const known = this.#files.delete(folder, file);
    if (known === undefined) return;
    if (this.#files.foldersVersion !== foldersVersion) this.#units = undefined;
    this.#versions.bump(known.facts);
    if (!known.complete) this.#versions.bumpCompleteness();
  }

  /** Takes what a kustomization deploys now; undefined when it is gone. */
  setBuilt(folder: string, built: BuiltFacts | undefined): void {
    const known = this.#built.get(folder);
    if (!this.#built.set(folder, built)) return;
    const files = [...new Set([...(known?.deployed ?? []), ...(built?.deployed ?? [])])];
    const replaced = files.flatMap((file) => this.#files.factsOf(file));
    this.#units = undefined;
    this.#versions.bump([...(known?.facts ?? []), ...(built?.facts ?? []), ...replaced]);
    this.#versions.bumpCompleteness();
  }

  /** All that kustomizations deploy, by their folders. */
  get built(): BuiltEntry[] {
    return this.#built.entries;
  }

  /** The folders with a kustomization, and what each names. */
  kustomizations(): Iterable<PlacedKustomization> {
    return this.#files.kustomizations();
  }

  /** All files, by their names; the same list as long as none comes or goes. */
  get files(): readonly string[] {
    return this.#files.names;
  }

  /** What Argo CD and Flux deploy, with where that is said. */
  applications(): readonly PlacedApplication[] {
    return this.#applications.all;
  }

  /** Files that generators of applications ask for, whose texts have not been given. */
  wantedTexts(): string[] {
    return this.#applications.takeWantedTexts();
  }

  /** Whether generators of applications have asked for a file. */
  isParameterFile(file: string): boolean {
    return this.#applications.asksFor(file);
  }

  /** Takes the text of a file that generators of applications ask for. */
  setParameterText(file: string, text: string | undefined): void {
    this.#applications.setText(file, text);
  }

  /** The applications that deploy this very folder. */
  deploymentsOf(folder: string): readonly PlacedApplication[] {
    return this.#applications.folders.deploymentsOf(folder);
  }

  /** The files of a folder, and those that the kustomization there takes in as data or patches. */
  filesIn(folder: string): string[] {
    const parts = this.#files
      .factsIn(folder)
      .flatMap((fact) => (fact.type === 'kustomization' ? fact.references.parts : []));
    return [...new Set([...this.#files.filesIn(folder), ...parts.map((part) => this.#pathOf(folder, part))])];
  }

  /** Whether what a file holds is deployed by kustomizations alone, or is a part of them. */
  isDeployed(file: string): boolean {
    return this.#built.deploys(file) || this.#useOf(file) === 'part';
  }

  get(folder: string, file: string): FileFacts | undefined {
    return this.#files.get(folder, file);
  }

  /** All that is known, by folder and file. */
  get entries(): FactsEntry[] {
    return this.#files.entries;
  }

  /** Those of the files that have been read. */
  get folders(): Iterable<string> {
    return this.#files.folders;
  }

  /** The files that may have findings. */
  get manifests(): string[] {
    return this.#files.manifests;
  }

  /** Whether all files have been read. */
  get complete(): boolean {
    return this.#complete;
  }

  set complete(complete: boolean) {
    if (complete === this.#complete) return;
    this.#complete = complete;
    this.#versions.bump([]);
    this.#versions.bumpCompleteness();
  }

  /** Changes whenever more or less of the files may be known than before. */
  get completenessVersion(): number {
    return this.#versions.completeness;
  }

  /** Changes whenever facts of a type (or, without one, anything) may have changed. */
  versionOf(type?: Fact['type']): number {
    return this.#versions.of(type);
  }

  /** The questions that may have other answers since a version, as numbers; undefined where more has changed than what a few files say. */
  questionsChangedSince(version: number): ReadonlySet<number> | undefined {
    return this.#versions.questionsChangedSince(version);
  }

  /** Folders that deploy apart from each other, beside those that look like environments. */
  set units(folders: readonly string[]) {
    if (saysTheSame(folders, this.#statedUnits)) return;
    this.#statedUnits = folders;
    this.#units = undefined;
    this.#versions.bumpAll();
  }

  /** The world of a file in a folder: what deploys together with it. The same object as long as nothing changes. */
  worldOf(folder: string, file: string): StableWorld {
    const usedAs = this.#useOf(file);
    // What becomes of files of kustomizations is known from what is built; by themselves they prove nothing.
    const { namespaceOf, leavesOut } = this.#applications.folders;
    // What nobody deploys proves nothing, either.
    const isLeftOut = leavesOut(folder, file);
    const complete = usedAs === undefined && !isLeftOut && this.#complete && this.#files.isComplete(folder);
    const isBuilt = usedAs === undefined;
    return this.#unitOf(folder, isBuilt).seenFrom(folder, {
      complete,
      usedAs,
      namespace: isLeftOut ? undefined : namespaceOf(folder),
      nearby: this.#namespacesIn(folder),
    });
  }

  /** The world of what the kustomization of a folder deploys, that included. */
  worldOfBuilt(folder: string): StableWorld {
    const built = this.#built.get(folder);
    const complete = this.#complete && built?.complete === true;
    const nearby = (built?.facts ?? []).filter(({ type }) => type === 'namespace');
    return this.#unitOf(folder, true).seenFrom(`built ${folder}`, {
      complete,
      usedAs: undefined,
      namespace: this.#applications.folders.namespaceOf(folder),
      nearby,
    });
  }

  #namespacesIn(folder: string): readonly Fact[] {
    const version = this.versionOf('namespace');
    const known = this.#knownNamespaces.get(folder);
    if (known?.version === version) return known.facts;
    const facts = this.#files.factsIn(folder).filter(({ type }) => type === 'namespace');
    this.#knownNamespaces.set(folder, { facts, version });
    return facts;
  }

  /** The world of a file if its facts were these. */
  worldWith(folder: string, file: string, facts: readonly Fact[]): StableWorld {
    const world = this.worldOf(folder, file);
    if (saysTheSame(facts, this.get(folder, file)?.facts)) return world;
    const { complete, usedAs, namespace } = world;
    const own = namespace === undefined ? facts : factsIn(namespace, facts);
    const all = StableFacts.of([...own, ...this.#factsAround(folder, usedAs === undefined, file)]);
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

  #knownWays(): Units {
    const { forks } = this.#applications.folders;
    if (!saysTheSame(forks, this.#forks)) this.#units = undefined;
    this.#forks = forks;
    if (this.#units === undefined) {
      const all = [...this.#built.siblings, ...forks];
      this.#units = new Units(this.#files.folders, this.#statedUnits, all);
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
  #unitOf(folder: string, isBuilt: boolean): UnitWorlds {
    const key = `${isBuilt} ${this.#knownWays().keyOf(folder)}`;
    const known = this.#knownUnits.get(key);
    if (known?.version === this.#versions.of()) return known.worlds;
    const facts =
      (known && this.#factsSince(known, folder, isBuilt)) ??
      StableFacts.of(this.#factsAround(folder, isBuilt), known?.worlds.facts);
    const worlds = new UnitWorlds(facts, known?.worlds);
    this.#knownUnits.set(key, { worlds, version: this.#versions.of() });
    return worlds;
  }

  /** The facts of a unit after a few edits; undefined where more has changed since than what single files say. */
  #factsSince({ worlds, version }: KnownUnit, folder: string, isBuilt: boolean): StableFacts | undefined {
    const edits = this.#versions.editsSince(version);
    let facts: StableFacts | undefined = edits && worlds.facts;
    for (const { folder: other, file, before, after } of edits ?? []) {
      if (other !== folder && !this.#knownWays().areTogether(folder, other)) continue;
      const inUnit = (said: readonly Fact[]) => this.#inUnit(other, file, said, isBuilt);
      facts = facts?.with({ before: inUnit(before), after: inUnit(after) });
    }
    return facts;
  }

  /** What the kustomizations make of a file. */
  #useOf(file: string): KustomizeUse | undefined {
    const version = this.versionOf('kustomization');
    if (this.#uses?.version !== version)
      this.#uses = { byFile: usesIn(this.kustomizations(), this.#pathOf), version };
    return this.#uses.byFile.get(file);
  }

  #factsAround(folder: string, isBuilt: boolean, without?: string): Fact[] {
    const facts: Fact[] = [];
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
    for (const [other, file] of this.#files.inOrder) {
      const known = this.get(other, file);
      if (known === undefined || known.facts.length === 0 || file === without || !isNear(other)) continue;
      facts.push(...this.#inUnit(other, file, known.facts, isBuilt));
    }
    if (!isBuilt) return facts;
    for (const [other, { facts: own }] of this.#built.inOrder)
      if (isNear(other)) facts.push(...this.#inPlace(other, own));
    return facts;
  }

  /** What counts of what a file says for the unit that it is in. */
  #inUnit(folder: string, file: string, facts: readonly Fact[], isBuilt: boolean): readonly Fact[] {
    const isReplaced = isBuilt && this.#built.deploys(file);
    // A patch is no object, and what a generator takes in is none yet. What is left out protects nothing.
    return isReplaced || this.#useOf(file) === 'part' || this.#applications.folders.leavesOut(folder, file)
      ? facts.filter(({ type }) => type === 'kustomization')
      : this.#inPlace(folder, facts);
  }

  /** Facts with the namespace that applications give to what a folder holds. */
  #inPlace(folder: string, facts: readonly Fact[]): readonly Fact[] {
    const namespace = this.#applications.folders.namespaceOf(folder);
    if (namespace === undefined) return facts;
    const known = this.#placed.get(facts);
    if (known?.namespace === namespace) return known.facts;
    const placed = factsIn(namespace, facts);
    this.#placed.set(facts, { namespace, facts: placed });
    return placed;
  }
}
