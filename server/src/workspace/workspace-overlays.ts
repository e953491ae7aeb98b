import type { World } from '../analysis/world.ts';
import {
  type BuiltOverlay,
  buildOverlay,
  type CheckedOverlay,
  checkOverlay,
  Inspections,
} from '../engine/derived/overlay.ts';
import { newFilesFor } from '../engine/derived/overlay-derivation.ts';
import { MAX_OVERLAYS, OverlayFixer, overlaysAround } from '../engine/derived/overlay-fix.ts';
import { deployedSources, type OverlaySource } from '../engine/derived/overlay-sources.ts';
import { type DeployedFinding, Overlays } from '../engine/derived/overlays.ts';
import { TypedFiles } from '../engine/derived/typed-files.ts';
import { DocumentCache, joinPath } from '../kustomize/index.ts';
import type { ContainedChecker } from './contained-checker.ts';
import { DeployedFindings } from './deployed-findings.ts';
import type { FactsIndex } from './facts-index.ts';
import { JoinedFiles, type KustomizeFilesHost, KustomizeReader, type ReadFiles } from './kustomize-files.ts';
import { saysTheSame } from './structural-equality.ts';
import { canonicalUri, childUri } from './uris.ts';
import { WorldReader, type WorldReads } from './world-reads.ts';

/** A kustomization as it is deployed now. */
export interface DeployedOverlay {
  readonly overlay: BuiltOverlay;
  /** Of what deploys together with it, that included. */
  readonly world: World;
  /** The URI of its folder. */
  readonly uri: string;
  /** The URI of a file. */
  uriOf(file: string): string;
  textOf(file: string): string | undefined;
}

export interface WorkspaceOverlaysHost extends KustomizeFilesHost {
  /** Workspace folders, with what the files in them say. */
  readonly roots: () => readonly { readonly root: string; readonly index: FactsIndex }[];
  /** The checker for the files of a folder. */
  readonly checkerFor: (folder: string) => Promise<ContainedChecker>;
  /** Ids of rules that look at one document. */
  readonly documentRules: ReadonlySet<string>;
  /** `YYYY-MM-DD`. */
  today(): string;
}

/** Built resources of so many characters in all are kept until they are looked at; others are built again. */
const KEPT_CHARACTERS = 1_000_000;

interface OverlayState {
  readonly root: string;
  readonly index: FactsIndex;
  /** With paths from the root. */
  readonly source: OverlaySource;
  /** By which it is told apart from others. */
  readonly uri: string;
  /** Files that the build has asked for, by URI; those that are not there, too. */
  asked: ReadonlySet<string>;
  isStale: boolean;
  /** Until it is checked. */
  built: { readonly overlay: BuiltOverlay; readonly files: ReadFiles } | undefined;
  checked: CheckedOverlay | undefined;
  /** What the findings have been looked up in. */
  reads: WorldReads | undefined;
}

/** The kustomizations of the workspace folders, built one after the other beside everything else. All URIs are canonical. */
export class WorkspaceOverlays {
  readonly #host: WorkspaceOverlaysHost;
  readonly #reader: KustomizeReader;
  /** By the URI of their folder. */
  readonly #states = new Map<string, OverlayState>();
  /** By root, the version of its kustomizations that the states are of. */
  readonly #known = new Map<string, number>();
  readonly #documents = new Map<string, DocumentCache>();
  readonly #inspections = new Inspections();
  readonly #findings: DeployedFindings;
  /** Files that have changed while something is built, which need not know yet that it is built from them. */
  readonly #changedMeanwhile = new Set<string>();
  #version = 0;
  #edits = 0;
  #isReady = false;
  #working: Promise<unknown> = Promise.resolve();

  constructor(host: WorkspaceOverlaysHost) {
    this.#host = host;
    this.#reader = new KustomizeReader(host);
    this.#findings = new DeployedFindings((uri) => this.isBehind(uri));
  }

  /** What becomes of findings of files where kustomizations deploy them. */
  get findings(): DeployedFindings {
    return this.#findings;
  }

  /** All files have been read, so that it is known which kustomizations there are. */
  begin(): void {
    this.#isReady = true;
  }

  forget(): void {
    this.#isReady = false;
    for (const { index, uri } of this.#states.values()) index.setBuilt(uri, undefined);
    this.#states.clear();
    this.#known.clear();
    this.#documents.clear();
    this.#reader.forgetAll();
    this.#show();
  }

  /** A file has other contents: in the editor or on disk. */
  changed(uri: string): void {
    this.#edits++;
    this.#changedMeanwhile.add(uri);
    this.#reader.forget(uri);
    for (const state of this.#states.values()) if (state.asked.has(uri)) state.isStale = true;
  }

  /** Settings or configuration files have changed. */
  reconfigure(): void {
    for (const state of this.#states.values()) state.isStale = true;
  }

  /**
   * Does the next piece of work, should there be any: builds a kustomization or looks at what it deploys.
   *
   * @returns false when nothing was to be done
   */
  next(): Promise<boolean> {
    return this.#inTurn(() => this.#step());
  }

  /** What all kustomizations deploy, built anew one after the other once nothing is left to be done. */
  async *deployed(): AsyncGenerator<DeployedOverlay> {
    while (await this.next());
    for (const state of [...this.#states.values()]) {
      const { root, index, source } = state;
      const built = await this.#inTurn(() => this.#buildAgain(state));
      if (built === undefined) continue;
      const { overlay, files } = built;
      const world = index.worldOfBuilt(state.uri);
      const uri = this.#uriIn(root, source.folder);
      const uriOf = (file: string) => childUri(root, file);
      yield { overlay, world, uri, uriOf, textOf: (file) => files.get(file) };
    }
  }

  async #buildAgain(state: OverlayState): Promise<OverlayState['built']> {
    if (state.built === undefined) await this.#build(state);
    const { built } = state;
    state.built = undefined;
    return built;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#working.then(work);
    this.#working = turn.catch(() => undefined);
    return turn;
  }

  /** Changes whenever other findings are shown. */
  get version(): number {
    return this.#version;
  }

  /** Changes whenever something else may be built. */
  get edits(): number {
    return this.#edits;
  }

  async #step(): Promise<boolean> {
    if (!this.#isReady) return false;
    this.#find();
    const states = [...this.#states.values()];
    const stale = states.find(({ isStale }) => isStale);
    if (stale !== undefined) {
      await this.#build(stale);
      return true;
    }
    const unchecked = states.find((state) => this.#isUnchecked(state));
    if (unchecked === undefined) return false;
    await this.#check(unchecked);
    return true;
  }

  /** Takes notice of which kustomizations there are. */
  #find(): void {
    let isFewer = false;
    for (const { root, index } of this.#host.roots()) {
      const version = index.versionOf('kustomization') + index.versionOf('application');
      if (this.#known.get(root) === version) continue;
      this.#known.set(root, version);
      const deployed = new Map(
        sourcesIn(root, index).map((source) => [this.#uriIn(root, source.name), source]),
      );
      for (const [uri, state] of this.#states) {
        if (state.root !== root || deployed.get(uri)?.key === state.source.key) continue;
        index.setBuilt(uri, undefined);
        this.#states.delete(uri);
        isFewer = true;
      }
      for (const [uri, source] of deployed) {
        if (this.#states.has(uri)) continue;
        this.#states.set(uri, {
          ...{ root, index, source, uri, asked: new Set<string>(), isStale: true },
          ...{ built: undefined, checked: undefined, reads: undefined },
        });
      }
    }
    if (isFewer) this.#show();
  }

  async #build(state: OverlayState): Promise<void> {
    const { root, source, uri, index } = state;
    // What changes from now on makes it stale again.
    state.isStale = false;
    this.#changedMeanwhile.clear();
    const contained = await this.#host.checkerFor(this.#uriIn(root, source.folder));
    const documents = this.#documents.get(root) ?? new DocumentCache(true);
    this.#documents.set(root, documents);
    const { files, result } = await this.#reader.read({ root, source, before: state.asked }, documents);
    const { result: overlay } = contained.run((checker) =>
      buildOverlay(source, result, { checker, inspections: this.#inspections }),
    );
    state.asked = files.asked;
    state.isStale ||= [...this.#changedMeanwhile].some((changed) => files.asked.has(changed));
    state.reads = undefined;
    if (overlay === undefined) return;
    state.built = undefined;
    const kept = [...this.#states.values()].flatMap((other) => (other.built === undefined ? [] : [other]));
    const size = kept.reduce((sum, { built }) => sum + (built?.overlay.size ?? 0), overlay.size);
    if (size > KEPT_CHARACTERS) for (const other of kept) other.built = undefined;
    state.built = { overlay, files };
    const deployed = new Set([...overlay.deployed].map((path) => childUri(root, path)));
    index.setBuilt(uri, { facts: overlay.facts, complete: overlay.isWhole, deployed });
  }

  #isUnchecked({ uri, index, reads }: OverlayState): boolean {
    return reads === undefined || !reads.holdIn(index.worldOfBuilt(uri));
  }

  async #check(state: OverlayState): Promise<void> {
    if (state.built === undefined) await this.#build(state);
    const { built, index, uri, root, source } = state;
    state.built = undefined;
    const world = new WorldReader(index.worldOfBuilt(uri));
    state.reads = world.reads;
    if (built === undefined) return;
    const contained = await this.#host.checkerFor(this.#uriIn(root, source.folder));
    const typed = new TypedFiles((path) => built.files.get(path));
    const today = this.#host.today();
    const { result: checked } = contained.run((checker) =>
      checkOverlay(built.overlay, { checker, world, typed, today }),
    );
    const amending = source.amendment === undefined ? [] : [source.amendment.file];
    for (const path of [...built.overlay.files, ...amending]) {
      const file = childUri(root, path);
      const open = this.#host.openText(file);
      if (open !== undefined && this.#findings.setSeen(file, built.files.get(path) ?? open)) this.#version++;
    }
    if (checked === undefined || saysTheSame(withLists(checked), withLists(state.checked))) return;
    state.checked = checked;
    this.#show();
  }

  #show(): void {
    this.#version++;
    const byRoot = new Map<string, CheckedOverlay[]>();
    for (const { root, checked } of this.#states.values()) {
      if (checked !== undefined) byRoot.set(root, [...(byRoot.get(root) ?? []), checked]);
    }
    const { documentRules } = this.#host;
    this.#findings.overlays = new Map(
      [...byRoot].map(([root, checked]) => [root, new Overlays(checked, documentRules)]),
    );
  }

  /** Reads what findings in what is built are repaired with; undefined where that is too much, or what is built is other by now. */
  async fixerFor(root: string, findings: readonly DeployedFinding[]): Promise<OverlayFixer | undefined> {
    const [first] = findings.flatMap(({ occurrences }) => occurrences);
    const own = new Map(
      findings.flatMap(({ occurrences }) =>
        occurrences.map(({ overlay: { source } }) => [source.name, source] as const),
      ),
    );
    if (first === undefined) return undefined;
    const files = new JoinedFiles();
    await this.#readInto(files, root, [...own.values()], findings.some(addsObjects));
    const contained = await this.#host.checkerFor(this.#uriIn(root, first.overlay.source.folder));
    const documents = new DocumentCache(true);
    const { result: around } = contained.run((checker) =>
      overlaysAround(findings, { files, documents, checker, isOwn: () => true }, (file) =>
        this.#findings.around(childUri(root, file)),
      ),
    );
    if (around === undefined || around.sources.length > MAX_OVERLAYS) return undefined;
    await this.#readInto(
      files,
      root,
      around.sources.filter(({ name }) => !own.has(name)),
      false,
    );
    return contained.run((checker) => OverlayFixer.of(around, { checker })).result;
  }

  async #readInto(
    files: JoinedFiles,
    root: string,
    sources: readonly OverlaySource[],
    makesFiles: boolean,
  ): Promise<void> {
    for (const source of sources) {
      const before = new Set(this.#states.get(this.#uriIn(root, source.name))?.asked);
      // These must not be there.
      if (makesFiles)
        for (const file of newFilesFor(source.folder)) before.add(canonicalUri(childUri(root, file)));
      files.add((await this.#reader.read({ root, source, before }, new DocumentCache(true))).files);
    }
  }

  #uriIn(root: string, folder: string): string {
    return folder === '' ? root : childUri(root, folder);
  }

  /** Whether a file has been edited since the kustomizations with it were looked at. */
  isBehind(uri: string): boolean {
    return [...this.#states.values()].some(
      ({ asked, isStale, reads }) => asked.has(uri) && (isStale || reads === undefined),
    );
  }
}

function sourcesIn(root: string, index: FactsIndex): OverlaySource[] {
  const inside = `${root}/`;
  const pathOf = (uri: string) => decodeURIComponent(uri.slice(inside.length));
  const byFolder = new Map<string, { folders: string[]; isComponent: boolean }>();
  for (const { folder: uri, references } of index.kustomizations()) {
    const folder = uri === root ? '' : pathOf(uri);
    const folders = references.resources.flatMap((path) => joinPath(folder, path) ?? []);
    byFolder.set(folder, { folders, isComponent: references.isComponent });
  }
  return deployedSources(
    [...byFolder.keys()],
    (folder) => byFolder.get(folder) ?? { folders: [], isComponent: false },
    (folder) =>
      index.deploymentsOf(folder === '' ? root : childUri(root, folder)).map(({ application, file }) => ({
        application,
        file: file.startsWith(inside) ? pathOf(file) : undefined,
      })),
  );
}

/** Whether repairs may need a file for what they add. */
function addsObjects({ finding: { fixes } }: DeployedFinding): boolean {
  return fixes.some(({ operations }) => operations.some(({ op }) => op === 'add-document'));
}

function withLists(overlay: CheckedOverlay | undefined) {
  return overlay && { ...overlay, files: [...overlay.files] };
}
