import type { World } from '../analysis/world.ts';
import {
  type Configuration,
  type ConfigurationValues,
  DEFAULT_CONFIGURATION,
} from '../engine/configuration.ts';
import { CONFIGURATION_FILE_NAME } from '../engine/configuration-file.ts';
import { isEcho } from '../engine/derived/echoes.ts';
import { filesOutside } from '../engine/derived/value-sets.ts';
import { evidenceFindings } from '../engine/evidence.ts';
import type { Finding } from '../engine/finding.ts';
import { type FixAllResult, type FixLevel, fixAll } from '../engine/fix-all.ts';
import type { ChartAnalysis } from '../helm/language/chart-analysis.ts';
import { looksLikeManifest } from '../kubernetes/resource.ts';
import type { Fix } from '../rules/rule.ts';
import { PieceText } from '../syntax/piece-text.ts';
import type { TextEdit } from '../syntax/ranges.ts';
import { isValuesFile, roleOf } from './chart-values.ts';
import { Charts } from './charts.ts';
import { Checkers, type CheckersHost, fileCheckerFor } from './checkers.ts';
import { ClosedFiles } from './closed-files.ts';
import { type ConfigurationSource, Configurations, isConfigurationFile } from './configurations.ts';
import type { ContainedChecker } from './contained-checker.ts';
import { EditorSettings } from './editor-settings.ts';
import type { CheckedDocument, CheckedFile, FileChecker } from './file-checker.ts';
import type { FileSystem, SkipReason } from './file-system.ts';
import { Names } from './names.ts';
import { type ContentChange, SourceFile } from './source-file.ts';
import { type OnRead, Surroundings } from './surroundings.ts';
import { isTemplate } from './templates.ts';
import { statedUnits } from './units.ts';
import { canonicalUri, childUri, folderOf, isWithin, nameOf } from './uris.ts';
import type { ChartChecking, LastCheck, WorkspaceChart } from './workspace-chart.ts';
import { WorkspaceOverlays } from './workspace-overlays.ts';

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

/** A file to be changed. */
export interface EditTarget {
  readonly uri: string;
  /** Null when it is not open. */
  readonly version: number | null;
  readonly source: SourceFile;
}

/** What fixing a file comes to. */
export interface FixAllOfFile extends FixAllResult {
  /** Edits of other files, in offsets of their texts. */
  readonly elsewhere: readonly { readonly target: EditTarget; readonly edits: readonly TextEdit[] }[];
}

/** A chart: its files, those that are open in the editor as they are there. */
export interface ChartState {
  readonly analysis: ChartAnalysis;
  uriOf(path: string): string;
}

/** A file of a chart, and the chart as it is now. */
export interface ChartFile {
  readonly chart: ChartState;
  /** The path of the file from the chart's folder. */
  readonly path: string;
}

/** What can be done about a finding of a chart. */
export interface ChartRepairs {
  readonly repairs: ReturnType<WorkspaceChart['repairs']>;
  /** A file that a repair changes. */
  fileOf(file: string): EditTarget;
}

/** A file as evidence is gathered from it: what it says, its findings, and what is known around it. */
export interface EvidenceFile {
  readonly file: CheckedFile;
  readonly text: string;
  readonly world: World;
  readonly configuration: Configuration;
  /** Undefined where there are only defaults. */
  readonly configurationSource: ConfigurationSource | undefined;
  /** Whether it is nothing by itself, but a part of what a chart renders. */
  readonly isRendered: boolean;
}

/** A chart as evidence is gathered from it. */
export interface EvidenceChart {
  readonly sets: LastCheck['checked']['sets'];
  /** The findings of its files that are not open. */
  readonly files: readonly { readonly file: CheckedFile; readonly text: string }[];
  readonly uriOf: (file: string) => string;
  readonly configuration: Configuration;
}

/** A configuration file to be changed. */
export interface ConfigurationTarget extends EditTarget {
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
  /** Who names whom. */
  readonly names: Names;
  readonly #charts: Charts;
  readonly #host: WorkspaceHost;
  readonly #surroundings: Surroundings;
  /** By canonical URI. */
  readonly #open = new Map<string, OpenState>();
  readonly #skipped = new Map<string, SkipReason>();
  readonly #settings = new EditorSettings();
  readonly #checkers: Checkers;
  readonly #overlays: WorkspaceOverlays;
  readonly #chartConfigurations = new WeakMap<WorkspaceChart, Configuration>();
  /** The Chart.yaml of each chart in the workspace folders. */
  readonly #chartFiles = new Set<string>();

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
    this.#charts = new Charts({
      fileSystem: host.fileSystem,
      rootOf: (uri) => this.#surroundings.rootOf(uri),
    });
    const documentRules = host.rules.filter(({ meta }) => meta.scope === 'document').map(({ id }) => id);
    this.#overlays = new WorkspaceOverlays({
      fileSystem: host.fileSystem,
      maxFileSize: (uri) => this.#settingsOf(uri).maxFileSize ?? DEFAULT_CONFIGURATION.maxFileSize,
      openText: (uri) => this.#open.get(uri)?.source.text,
      roots: () => this.#surroundings.roots.map((root) => this.#surroundings.scopeOf(childUri(root, 'any'))),
      checkerFor: async (folder) => {
        const source = await this.configurations.sourceOf(childUri(folder, 'any'));
        return this.#checkers.for(this.configurations.merged(source, this.#settingsOf(folder)));
      },
      documentRules: new Set(documentRules),
      today: () => host.today(),
    });
    this.closedFiles = new ClosedFiles(
      this.#surroundings,
      this.configurations,
      this.#checkers,
      this.#settings,
      this.#overlays.findings,
    );
    this.names = new Names({
      surroundings: this.#surroundings,
      openFiles: () => [...this.#open.values()].map((state) => this.#namesOf(state)),
      closedFiles: () => this.closedManifests,
      isPart: (key) => this.#worldAround(canonicalUri(key)).usedAs === 'part',
      isComplete: (key) => this.#worldAround(canonicalUri(key)).complete,
    });
  }

  #namesOf(state: OpenState) {
    const { uri, key, source } = state;
    const names = () =>
      this.#isTooLarge(state) ? undefined : this.#checkerOf(state).file.namesIn(source.documents);
    return { uri, key, names };
  }

  /** The folder that deploys as a whole with a file in it: a chart, or what stands apart from its neighbours; undefined where nothing tells. */
  unitOf(uri: string): string | undefined {
    const key = canonicalUri(uri);
    const { index } = this.#surroundings.scopeOf(key);
    return this.#charts.around(key)?.folder ?? index.unitFolderOf(folderOf(key) ?? key);
  }

  #worldAround(key: string): World {
    return this.#surroundings.scopeOf(key).index.worldOf(folderOf(key) ?? key, key);
  }

  open(uri: string, languageId: string, version: number, text: string): void {
    const key = canonicalUri(uri);
    const source = new SourceFile(uri, text);
    this.#open.set(key, { uri, key, languageId, version, source, ...UNPREPARED });
    this.#overlays.changed(key);
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): void {
    const state = this.#stateOf(uri);
    if (state === undefined) return;
    state.source.apply(changes);
    state.version = version;
    this.#overlays.changed(state.key);
  }

  /** From now on what is on disk counts. */
  async close(uri: string): Promise<void> {
    const key = canonicalUri(uri);
    this.#open.delete(key);
    this.#overlays.findings.close(key);
    this.#overlays.changed(key);
    if (isConfigurationFile(key)) {
      this.configurations.closeText(key);
      this.#reconfigureOthers();
      await this.prepareAll();
    }
    await Promise.all([this.#surroundings.refresh(key), this.#charts.refresh(key)]);
  }

  /** The chart that a file belongs to, with what the editor has of it; undefined when it is in none. */
  async chartOf(uri: string): Promise<ChartFile | undefined> {
    const key = canonicalUri(uri);
    await this.#charts.prepare(key);
    const [chart] = this.#charts.with(key);
    const path = chart?.fileOf(key);
    if (chart === undefined || path === undefined) return undefined;
    this.#takeOpenFiles(chart);
    const uriOf = (file: string) => this.#targetIn(chart, file).uri;
    return { chart: { analysis: chart.analysis, uriOf }, path };
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
      this.#prepareChart(state.key),
      this.#prepareChartsWith(state.key),
    ]);
    state.configurationSource = source;
    state.configuration = this.configurations.merged(source, this.#settingsOf(state.key));
    this.#stateUnits(state.key, source);
  }

  /** Has the files around a file know which folders deploy apart. */
  #stateUnits(key: string, source: ConfigurationSource | undefined): void {
    const folder = source === undefined ? undefined : folderOf(source.uri);
    const said = source?.file.values.units ?? [];
    const units = folder === undefined ? [] : statedUnits(said, (path) => childUri(folder, path));
    this.#surroundings.scopeOf(key).index.units = units;
  }

  async #prepareChart(key: string): Promise<WorkspaceChart | undefined> {
    await this.#charts.prepare(key);
    const chart = this.#charts.around(key);
    if (chart === undefined) return undefined;
    const chartFile = chart.uriOf('Chart.yaml');
    const source = await this.configurations.sourceOf(chartFile);
    const configuration = this.configurations.merged(source, this.#settingsOf(chart.folder));
    this.#chartConfigurations.set(chart, configuration);
    const root = this.#surroundings.rootOf(chartFile);
    const boundary = root === chart.folder && source !== undefined ? (folderOf(source.uri) ?? root) : root;
    await this.#charts.prepareOutside(chart, filesOutside(configuration.helm.valueSets), boundary);
    return chart;
  }

  /** Reads the charts that take values from a file beside them. */
  async #prepareChartsWith(key: string): Promise<void> {
    for (const chartFile of this.#chartFiles) {
      const source = await this.configurations.sourceOf(chartFile);
      const outside = filesOutside(source?.file.values.helm?.valueSets ?? {});
      const folder = folderOf(chartFile) ?? chartFile;
      if (outside.some((file) => canonicalUri(childUri(folder, file)) === key))
        await this.#prepareChart(chartFile);
    }
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
    if (this.isChartTemplate(state.key)) {
      index.set(folderIn(state), state.key, { facts: [], complete: false, isManifest: true });
      return { uri: state.uri, documents: this.#inCharts(state, []) };
    }
    const { file } = this.#checkerOf(state);
    const alone = file.check(state.uri, state.source.documents, (facts) => {
      index.set(folderIn(state), state.key, { ...facts, isManifest: true });
      state.told = state.version;
      return index.worldOf(folderIn(state), state.key);
    });
    const own = this.#overlays.findings.in(state.key, alone, () => state.source.text);
    const inCharts = this.#inCharts(state, own.documents);
    return inCharts.length === 0 ? own : { ...own, documents: [...own.documents, ...inCharts] };
  }

  /** What charts say of a file. */
  #inCharts({ key }: OpenState, own: readonly CheckedDocument[]): CheckedDocument[] {
    const documents: CheckedDocument[] = [];
    for (const chart of this.#charts.with(key)) {
      const file = chart.fileOf(key);
      const found = file && this.#checkedChart(chart, (checking) => chart.findingsIn(file, checking));
      if (found) documents.push(withoutEchoes(withoutDoubles(found, documents), own));
    }
    return documents;
  }

  /** Has a chart look at what the editor has of its files. */
  #takeOpenFiles(chart: WorkspaceChart): void {
    const open = new Set<string>();
    for (const { key, version, source } of this.#open.values()) {
      const file = this.#charts.with(key).includes(chart) ? chart.fileOf(key) : undefined;
      if (file === undefined) continue;
      open.add(file);
      chart.setOpen(file, version, () => source.text);
    }
    chart.keepOpen((file) => open.has(file));
  }

  #checkedChart<Result>(chart: WorkspaceChart, use: (checking: ChartChecking) => Result): Result {
    this.#takeOpenFiles(chart);
    const configuration =
      this.#chartConfigurations.get(chart) ??
      this.configurations.merged(undefined, this.#settingsOf(chart.folder));
    const contained = this.#checkers.for(configuration);
    return use({ contained, configuration, today: this.#host.today() });
  }

  /** Whether edits have left sets of values of some chart behind. */
  get hasPartialCharts(): boolean {
    return this.#charts.all.some((chart) => chart.isPartial);
  }

  /** Renders a chart with one of the sets of values that edits have left behind. */
  completeChart(): void {
    const partial = this.#charts.all.find((chart) => chart.isPartial);
    if (partial !== undefined) this.#checkedChart(partial, (checking) => partial.completeOne(checking));
  }

  /**
   * Builds what kustomizations deploy, one after the other, so that others have their turn in between.
   *
   * @returns false when everything is built as it is now
   */
  buildNextOverlay(): Promise<boolean> {
    for (const state of this.#open.values()) this.#tellFacts(state);
    return this.#overlays.next();
  }

  /** Changes whenever other findings are shown for what kustomizations deploy. */
  get overlaysVersion(): number {
    return this.#overlays.version;
  }

  /** Whether a file is a template of a chart that is known. */
  isChartTemplate(uri: string): boolean {
    const key = canonicalUri(uri);
    return this.#charts.around(key)?.renders(key) === true;
  }

  /** The chart's finding behind one that a file shows, with what can be done about it; undefined for findings of manifests. */
  repairsOf(uri: string, finding: Finding): ChartRepairs | undefined {
    for (const chart of this.#charts.with(canonicalUri(uri))) {
      const found = chart.findingOf(finding);
      if (found === undefined) continue;
      return { repairs: chart.repairs(found), fileOf: (file) => this.#targetIn(chart, file) };
    }
    return undefined;
  }

  /** A file of a chart, to be changed. */
  #targetIn(chart: WorkspaceChart, file: string): EditTarget {
    const key = chart.uriOf(file);
    const open = this.#open.get(key);
    return {
      uri: open?.uri ?? key,
      version: open?.version ?? null,
      source: open?.source ?? new SourceFile(key, chart.text(file) ?? ''),
    };
  }

  /** Repairs the findings of a chart that a file of it shows, by the files that change. */
  #fixAllInChart(
    key: string,
    level: FixLevel,
    only: (finding: Finding) => boolean,
  ): { edited: { target: EditTarget; pieces: PieceText }[]; applied: number } {
    // Of several charts that take values from a file the first is repaired; asked once more, the next.
    const [chart] = this.#charts.with(key).filter((candidate) => this.#hasFindingsIn(candidate, key));
    const file = chart?.fileOf(key);
    if (chart === undefined || file === undefined) return { edited: [], applied: 0 };
    const { files, applied } = this.#checkedChart(chart, (checking) =>
      chart.fixAll(level, checking, (found) => found.file === file && only(found.finding)),
    );
    const edited = [...files].map(([changed, pieces]) => ({
      target: this.#targetIn(chart, changed),
      pieces,
    }));
    return { edited, applied };
  }

  #hasFindingsIn(chart: WorkspaceChart, key: string): boolean {
    const file = chart.fileOf(key);
    return (
      file !== undefined &&
      this.#checkedChart(chart, (checking) => chart.findingsIn(file, checking)) !== undefined
    );
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
    return this.#surroundings.manifests.filter((uri) => !this.#open.has(uri) && !this.#isRendered(uri));
  }

  /** The files in the workspace folders that are not open and have findings where kustomizations deploy them. All URIs are canonical. */
  get closedInOverlays(): string[] {
    return this.#overlays.findings.files.filter((uri) => !this.#open.has(uri) && !this.#isRendered(uri));
  }

  /**
   * Fixes an open file as it is now; the edits are in offsets of its text. What a chart renders from it is fixed in the chart's other files as
   * well.
   *
   * @param only leaves out findings; absent: all active ones
   * @param choose among the fixes of a finding; absent: the recommended one
   */
  fixAll(
    uri: string,
    level: FixLevel,
    only: (finding: Finding) => boolean = () => true,
    choose?: (finding: Finding) => Fix | undefined,
  ): FixAllOfFile | undefined {
    const state = this.#stateOf(uri);
    if (state === undefined || this.#isTooLarge(state)) return undefined;
    const { key, source, languageId } = state;
    // Which fix to take is chosen for what stands in the file itself.
    const inChart = choose === undefined ? this.#fixAllInChart(key, level, only) : undefined;
    const { edited = [], applied = 0 } = inChart ?? {};
    const pieces =
      edited.find(({ target }) => target.source === source)?.pieces ?? new PieceText(source.text);
    const elsewhere = edited
      .filter(({ target }) => target.source !== source)
      .map(({ target, pieces: { edits } }) => ({ target, edits }));
    const { index } = this.#surroundings.scopeOf(key);
    const isThere = this.#fixableIn(state);
    const own = fixAll(pieces.text, {
      checker: this.#checkerOf(state).contained.checker,
      worldOf: (facts) => index.worldWith(folderIn(state), key, facts),
      level,
      only: (finding) => only(finding) && isThere(finding),
      file: key,
      role: roleOf(key),
      ...(choose && { choose }),
      isSkipped: ({ parsed }) => isTemplate(key, languageId, parsed) || this.isChartTemplate(key),
    });
    pieces.apply(own.edits);
    return { edits: pieces.edits, text: pieces.text, applied: applied + own.applied, elsewhere };
  }

  /** Which findings of a file are there to be fixed: not those that every overlay repairs. */
  #fixableIn(state: OpenState): (finding: Finding) => boolean {
    const { index } = this.#surroundings.scopeOf(state.key);
    const { file } = this.#checkerOf(state);
    const alone = file.check(state.uri, state.source.documents, () =>
      index.worldOf(folderIn(state), state.key),
    );
    return this.#overlays.findings.fixable(state.key, alone);
  }

  /** What no longer counts as evidence in a configuration file. */
  evidenceFindings({ file }: ConfigurationSource): Finding[] {
    return evidenceFindings(file, this.#host.rules, this.#host.today());
  }

  /** The workspace folders and the editor's settings, those for everything else under ''. */
  configure(folders: readonly string[], settings: ReadonlyMap<string, ConfigurationValues>): void {
    this.#surroundings.roots = folders;
    this.#charts.forget();
    this.#overlays.forget();
    this.#chartFiles.clear();
    for (const state of this.#open.values()) state.told = undefined;
    this.changeSettings(settings);
  }

  changeSettings(settings: ReadonlyMap<string, ConfigurationValues>): void {
    this.#reconfigureOthers();
    this.#settings.set(settings);
  }

  /** Reads everything in the workspace folders. */
  async readAll(onRead: OnRead, isCancelled: () => boolean): Promise<void> {
    for (const root of this.#surroundings.roots) {
      const inRoot = childUri(root, 'any');
      this.#stateUnits(inRoot, await this.configurations.sourceOf(inRoot));
    }
    const noteCharts: OnRead = (uri, read) => {
      if (nameOf(uri) === 'Chart.yaml') this.#chartFiles.add(uri);
      onRead(uri, read);
    };
    await this.#surroundings.readAll(noteCharts, isCancelled);
    if (isCancelled()) return;
    for (const { key } of this.#open.values()) await this.#prepareChartsWith(key);
    this.#overlays.begin();
  }

  /** Whether a file is nothing by itself, but a part of what a chart renders. */
  #isRendered(uri: string): boolean {
    return [...this.#chartFiles].some((file) => {
      const folder = folderOf(file) ?? file;
      return isWithin(uri, childUri(folder, 'templates')) || isWithin(uri, childUri(folder, 'charts'));
    });
  }

  /** The findings of all charts, by the files that are not open. All URIs are canonical. */
  async *closedChartFiles(): AsyncGenerator<CheckedFile> {
    // Several charts may take values from a file beside them.
    const beside = new Map<string, CheckedDocument[]>();
    for (const uri of this.#chartFiles) {
      if (this.#isRendered(uri)) continue;
      const chart = await this.#prepareChart(uri);
      if (chart === undefined) continue;
      const { byFile } = this.#checkedChart(chart, (checking) => chart.check(checking));
      chart.release();
      for (const [file, document] of byFile) {
        const key = chart.uriOf(file);
        if (this.#open.has(key)) continue;
        if (isWithin(key, chart.folder)) yield { uri: key, documents: [document] };
        else {
          const others = beside.get(key) ?? [];
          beside.set(key, [...others, withoutDoubles(document, others)]);
        }
      }
    }
    for (const [uri, documents] of beside) yield { uri, documents };
  }

  /** All files of the workspace that may have findings, as the editor has them where they are open. */
  async *evidenceFiles(): AsyncGenerator<EvidenceFile> {
    for (const state of [...this.#open.values()]) {
      const { uri, key, source, configurationSource } = state;
      const file = this.check(uri);
      if (file === undefined || this.isConfigurationFile(uri)) continue;
      const configuration = this.#configurationOf(state);
      const world = this.#worldAround(key);
      const isRendered = this.isChartTemplate(key);
      yield { file, text: source.text, world, configuration, configurationSource, isRendered };
    }
    for (const key of new Set([...this.closedManifests, ...this.closedInOverlays])) {
      const checked = await this.closedFiles.check(key);
      const text = await this.#surroundings.textOf(key);
      if (checked === undefined || text === undefined) continue;
      const source = await this.configurations.sourceOf(key);
      const configuration = this.configurations.merged(source, this.#settingsOf(key));
      const world = this.#worldAround(key);
      const { file } = checked;
      yield { file, text, world, configuration, configurationSource: source, isRendered: false };
    }
  }

  /** All charts of the workspace, rendered and checked. */
  async *evidenceCharts(): AsyncGenerator<EvidenceChart> {
    for (const uri of this.#chartFiles) {
      const chart = this.#isRendered(uri) ? undefined : await this.#prepareChart(uri);
      if (chart === undefined) continue;
      const { byFile, checked } = this.#checkedChart(chart, (checking) => chart.check(checking));
      const configuration = this.#chartConfigurations.get(chart) ?? DEFAULT_CONFIGURATION;
      const files = [...byFile].flatMap(([file, document]) => {
        const key = chart.uriOf(file);
        if (this.#open.has(key)) return [];
        return [{ file: { uri: key, documents: [document] }, text: chart.text(file) ?? '' }];
      });
      yield { sets: checked.sets, files, uriOf: (file) => chart.uriOf(file), configuration };
      chart.release();
    }
  }

  /** The workspace folders, by their canonical URIs. */
  get folders(): readonly string[] {
    return this.#surroundings.roots;
  }

  /** Takes notice of files that have changed, appeared or gone on disk; tells whether findings may have changed. */
  async refresh(uris: readonly string[]): Promise<boolean> {
    const changed = uris.map(canonicalUri);
    for (const uri of changed) this.#overlays.changed(uri);
    const isReconfigured = changed.some(isConfigurationFile);
    if (isReconfigured) {
      this.configurations.forget();
      this.#reconfigureOthers();
      await this.prepareAll();
    }
    for (const uri of changed.filter((candidate) => nameOf(candidate) === 'Chart.yaml'))
      this.#chartFiles.add(uri);
    const results = [
      ...(await Promise.all(changed.map((uri) => this.#surroundings.refresh(uri)))),
      ...(await Promise.all(changed.map((uri) => this.#charts.refresh(uri)))),
    ];
    for (const { key } of this.#open.values()) await this.#prepareChart(key);
    return isReconfigured || results.includes(true);
  }

  #reconfigureOthers(): void {
    this.closedFiles.reconfigure();
    this.#overlays.reconfigure();
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
    if (isChanged) this.#reconfigureOthers();
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

/** A chart's findings without those that the file itself shows already. */
function withoutEchoes(found: CheckedDocument, own: readonly CheckedDocument[]): CheckedDocument {
  const said = own.flatMap(({ placed, result }) =>
    result.findings.map(({ rule, range }) => ({ rule, start: placed.start + range.start })),
  );
  const findings = found.result.findings.filter(
    ({ rule, range }) => !isEcho({ rule, start: range.start }, said),
  );
  return findings.length === found.result.findings.length
    ? found
    : { ...found, result: { ...found.result, findings } };
}

/** A chart's findings without those that other charts have at the same places. */
function withoutDoubles(found: CheckedDocument, others: readonly CheckedDocument[]): CheckedDocument {
  if (others.length === 0) return found;
  const placeOf = ({ rule, range }: Finding) => `${rule} ${range.start} ${range.end}`;
  const told = new Set(others.flatMap(({ result }) => result.findings.map(placeOf)));
  const findings = found.result.findings.filter((finding) => !told.has(placeOf(finding)));
  return { ...found, result: { ...found.result, findings } };
}

function folderIn({ key }: OpenState): string {
  return folderOf(key) ?? key;
}
