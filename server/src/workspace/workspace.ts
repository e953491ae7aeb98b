import type { World } from '../analysis/world.ts';
import type { Configuration, ConfigurationValues } from '../engine/configuration.ts';
import { evidenceFindings } from '../engine/evidence.ts';
import type { Finding } from '../engine/finding.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import type { EditObjectOperation, Fix, Rule } from '../rules/rule.ts';
import type { ChartFile, EvidenceChart } from './chart-findings.ts';
import type { ClosedFiles } from './closed-files.ts';
import { type ConfigurationSource, type Configurations, isConfigurationFile } from './configurations.ts';
import { type ConfigurationTarget, Configuring } from './configuring.ts';
import type { DerivedRepairs } from './derived-repairs.ts';
import {
  type EvidenceFile,
  type EvidenceOverlay,
  evidenceFilesIn,
  evidenceOverlaysIn,
} from './evidence-files.ts';
import type { CheckedFile } from './file-checker.ts';
import type { FixAllOfFile } from './file-fixes.ts';
import type { SkipReason } from './file-system.ts';
import { type KustomizationEntry, kustomizationEntries } from './kustomization-entries.ts';
import type { Excluded } from './left-out.ts';
import type { Names } from './names.ts';
import { ObjectFiles } from './object-files.ts';
import { type CheckedOpenFile, checkOpenFile } from './open-file-findings.ts';
import type { EditTarget, OpenFile } from './open-files.ts';
import type { ContentChange } from './source-file.ts';
import type { OnRead } from './surroundings.ts';
import { canonicalUri, folderOf, nameOf } from './uris.ts';
import {
  closedManifestsIn,
  isClosed,
  type WorkspaceHost,
  type WorkspaceParts,
  workspacePartsOf,
} from './workspace-parts.ts';

/** The open files, and what is known around them. */
export class Workspace {
  readonly #parts: WorkspaceParts;
  readonly #configuring: Configuring;
  readonly #objectFiles: ObjectFiles;
  readonly #rules: readonly Rule[];
  readonly #today: () => string;

  constructor(host: WorkspaceHost) {
    this.#parts = workspacePartsOf(host);
    this.#configuring = new Configuring(this.#parts);
    this.#objectFiles = new ObjectFiles(this.#parts);
    this.#rules = host.rules;
    this.#today = () => host.today();
  }

  get configurations(): Configurations {
    return this.#parts.configurations;
  }

  get closedFiles(): ClosedFiles {
    return this.#parts.closedFiles;
  }

  /** The files that an open kustomization names; empty for other files. */
  kustomizationEntries(uri: string): KustomizationEntry[] {
    const state = this.#parts.openFiles.at(uri);
    return state === undefined ? [] : kustomizationEntries(state, this.#parts.surroundings);
  }

  /** Who names whom. */
  get names(): Names {
    return this.#parts.names;
  }

  /** The workspace folders, by their canonical URIs. */
  get folders(): readonly string[] {
    return this.#parts.surroundings.roots;
  }

  get skipped(): ReadonlyMap<string, SkipReason> {
    return this.#parts.skipped;
  }

  /** The folder that deploys as a whole with a file in it: a chart, or what stands apart from its neighbours; undefined where nothing tells. */
  unitOf(uri: string): string | undefined {
    const key = canonicalUri(uri);
    const { index } = this.#parts.surroundings.scopeOf(key);
    return this.#parts.charts.around(key)?.folder ?? index.unitFolderOf(folderOf(key) ?? key);
  }

  open(uri: string, languageId: string, version: number, text: string): void {
    const { key } = this.#parts.openFiles.open(uri, languageId, version, text);
    this.#parts.overlays.changed(key);
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): void {
    const state = this.#parts.openFiles.change(uri, version, changes);
    if (state !== undefined) this.#parts.overlays.changed(state.key);
  }

  /** From now on what is on disk counts. */
  async close(uri: string): Promise<void> {
    const { openFiles, overlays, surroundings, charts, chartFindings, names } = this.#parts;
    const key = canonicalUri(uri);
    openFiles.close(key);
    names.close(key);
    chartFindings.noteOpenFiles();
    overlays.findings.close(key);
    overlays.changed(key);
    if (isConfigurationFile(key)) await this.#configuring.close(key);
    await Promise.all([surroundings.refresh([key]), charts.refresh(key)]);
    this.#followChart(key);
  }

  /** The chart that a file belongs to, with what the editor has of it; undefined when it is in none. */
  chartOf(uri: string): Promise<ChartFile | undefined> {
    return this.#parts.chartFindings.of(canonicalUri(uri));
  }

  file(uri: string): OpenFile | undefined {
    return this.#parts.openFiles.at(uri);
  }

  get openFiles(): readonly OpenFile[] {
    return this.#parts.openFiles.all;
  }

  /** Reads what the findings of an open file depend on, apart from the rest of its workspace. */
  prepare(uri: string): Promise<void> {
    return this.#configuring.prepare(uri);
  }

  isPrepared(uri: string): boolean {
    return this.#parts.openFiles.at(uri)?.configuration !== undefined;
  }

  /** The findings of an open file, by what is known so far; undefined when it is not open. */
  check(uri: string): CheckedOpenFile | undefined {
    const state = this.#parts.openFiles.at(uri);
    return state && checkOpenFile(state, this.#parts);
  }

  /** Whether edits have left sets of values of some chart behind. */
  get hasPartialCharts(): boolean {
    return this.#parts.chartFindings.isPartial;
  }

  /** Renders a chart with one of the sets of values that edits have left behind. */
  completeChart(): void {
    this.#parts.chartFindings.completeOne();
  }

  /**
   * Builds what kustomizations deploy, one after the other, so that others have their turn in between.
   *
   * @returns false when everything is built as it is now
   */
  buildNextOverlay(): Promise<boolean> {
    this.#parts.openFiles.tellAllFacts();
    return this.#parts.overlays.next();
  }

  /** Changes whenever other findings are shown for what kustomizations deploy. */
  get overlaysVersion(): number {
    return this.#parts.overlays.version;
  }

  /** Whether a file is a template of a chart that is known. */
  isChartTemplate(uri: string): boolean {
    return this.#parts.chartFindings.isTemplate(canonicalUri(uri));
  }

  /** Reads what findings of a file are repaired with, as far as they only show in what kustomizations deploy. */
  async prepareRepairs(uri: string, findings: readonly Finding[]): Promise<void> {
    const key = canonicalUri(uri);
    await this.#objectFiles.prepare(uri, findings);
    return this.#parts.deployedRepairs.prepare(key, this.#parts.surroundings.rootOf(key), findings);
  }

  /** The file with an object that a fix of a file changes; undefined where that is not known. */
  fileWith(uri: string, object: EditObjectOperation['object']): EditTarget | undefined {
    return this.#objectFiles.with(uri, object);
  }

  /** What can be done about a finding that a file shows and that is not of the file itself; undefined for findings of manifests. */
  repairsOf(uri: string, finding: Finding): DerivedRepairs | undefined {
    const { chartFindings, deployedRepairs } = this.#parts;
    return chartFindings.repairsOf(canonicalUri(uri), finding) ?? deployedRepairs.repairsOf(finding);
  }

  /** What is known around an open file, what it says itself included; undefined when it is not open. */
  worldOf(uri: string): World | undefined {
    const state = this.#parts.openFiles.at(uri);
    return state && this.#parts.openFiles.worldOf(state);
  }

  isConfigurationFile(uri: string): boolean {
    return isConfigurationFile(canonicalUri(uri));
  }

  /** Whether there is a Kubernetes object in an open file; of one that is too large, at its start. */
  holdsManifests(uri: string): boolean {
    const state = this.#parts.openFiles.at(uri);
    return state !== undefined && this.#parts.openFiles.holdsManifests(state);
  }

  /** The files in the workspace folders that may have findings and are not open. All URIs are canonical. */
  get closedManifests(): string[] {
    return closedManifestsIn(this.#parts);
  }

  /** The files in the workspace folders that are not open and have findings where kustomizations deploy them. All URIs are canonical. */
  get closedInOverlays(): string[] {
    return this.#parts.overlays.findings.files.filter((uri) => isClosed(uri, this.#parts));
  }

  /** The findings of all charts, by the files that are not open. All URIs are canonical. */
  closedChartFiles(): AsyncGenerator<CheckedFile> {
    return this.#parts.chartFindings.closedFiles();
  }

  /** All files of the workspace that may have findings, as the editor has them where they are open. */
  evidenceFiles(): AsyncGenerator<EvidenceFile> {
    return evidenceFilesIn(this.#parts);
  }

  /** What all kustomizations of the workspace deploy now. To be asked for before the files: until then it may not be known what becomes of these. */
  evidenceOverlays(): AsyncGenerator<EvidenceOverlay> {
    return evidenceOverlaysIn(this.#parts);
  }

  /** All charts of the workspace, rendered and checked. */
  evidenceCharts(): AsyncGenerator<EvidenceChart> {
    return this.#parts.chartFindings.evidence();
  }

  /** What no longer counts as evidence in a configuration file. */
  evidenceFindings({ file }: ConfigurationSource): Finding[] {
    return evidenceFindings(file, this.#rules, this.#today());
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
    only?: (finding: Finding) => boolean,
    choose?: (finding: Finding) => Fix | undefined,
  ): FixAllOfFile | undefined {
    const { openFiles, fixes } = this.#parts;
    const state = openFiles.at(uri);
    if (state === undefined || openFiles.isTooLarge(state)) return undefined;
    return fixes.fixAll(state, { level, only, choose });
  }

  /** The workspace folders and the editor's settings, those for everything else under ''. */
  configure(folders: readonly string[], settings: ReadonlyMap<string, ConfigurationValues>): void {
    const { surroundings, chartFindings, overlays, openFiles } = this.#parts;
    surroundings.roots = folders;
    chartFindings.forget();
    overlays.forget();
    openFiles.retellFacts();
    this.changeSettings(settings);
  }

  changeSettings(settings: ReadonlyMap<string, ConfigurationValues>): void {
    this.#configuring.reconfigureOthers();
    this.#parts.settings.set(settings);
  }

  /** Reads everything in the workspace folders. */
  async readAll(onRead: OnRead, isCancelled: () => boolean): Promise<void> {
    const { surroundings, openFiles, chartFindings, overlays } = this.#parts;
    await this.#configuring.prepareRoots();
    const noteCharts: OnRead = (uri, read) => {
      this.#followChart(uri);
      onRead(uri, read);
    };
    await surroundings.readAll(noteCharts, isCancelled);
    if (isCancelled()) return;
    for (const { key } of openFiles.all) await chartFindings.prepare(key);
    overlays.begin();
  }

  /** Takes notice of a Chart.yaml that has come or gone. */
  #followChart(uri: string): void {
    if (nameOf(uri) !== 'Chart.yaml') return;
    const { openFiles, surroundings, chartFindings } = this.#parts;
    const isKnown = surroundings.scopeOf(uri).index.get(folderOf(uri) ?? uri, uri) !== undefined;
    if (isKnown || openFiles.has(uri)) chartFindings.noteChart(uri);
    else chartFindings.dropChart(uri);
  }

  /** Takes notice of files that have changed, appeared or gone on disk; tells whether findings may have changed. */
  async refresh(uris: readonly string[]): Promise<boolean> {
    const changed = await this.#parts.surroundings.touchedBy(uris.map(canonicalUri));
    return this.#reread(changed);
  }

  /** Leaves out what the editor does not show; tells whether findings may have changed. */
  async exclude(excluded: Excluded): Promise<boolean> {
    const { surroundings } = this.#parts;
    return surroundings.exclude(excluded) && this.#reread(await surroundings.differences());
  }

  async #reread(changed: readonly string[]): Promise<boolean> {
    const { overlays, charts, surroundings, openFiles, chartFindings } = this.#parts;
    for (const uri of changed) overlays.changed(uri);
    const isReconfigured = changed.some(isConfigurationFile);
    if (isReconfigured) await this.#configuring.reread();
    let isChanged = await surroundings.refresh(changed);
    for (const uri of changed) this.#followChart(uri);
    for (const uri of changed) if (await charts.refresh(uri)) isChanged = true;
    for (const { key } of openFiles.all) await chartFindings.prepare(key);
    return isReconfigured || isChanged;
  }

  /** Finds the configuration of each open file again. */
  prepareAll(): Promise<void> {
    return this.#configuring.prepareAll();
  }

  /**
   * Takes the present text of an open configuration file.
   *
   * @returns what it says, and whether findings may have changed; undefined when it is not open, or no configuration file
   */
  reconfigure(uri: string): Promise<{ source: ConfigurationSource; isChanged: boolean } | undefined> {
    return this.#configuring.reconfigure(uri);
  }

  /** The configuration file that counts for a file, or the one that could be made for it. */
  configurationTargetOf(uri: string): ConfigurationTarget {
    return this.#configuring.targetOf(uri);
  }

  /** The configuration that holds for an open file. */
  configurationOf(uri: string): Configuration | undefined {
    const state = this.#parts.openFiles.at(uri);
    return state && this.#parts.openFiles.configurationOf(state);
  }

  /** The configurations of open files. */
  get configurationsInUse(): readonly Configuration[] {
    return this.#configuring.inUse;
  }
}
