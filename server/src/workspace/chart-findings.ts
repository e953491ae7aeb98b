import { type Configuration, DEFAULT_CONFIGURATION } from '../engine/configuration.ts';
import { type ChartDeployment, filesOfDeployments } from '../engine/derived/application-sets.ts';
import { isEcho } from '../engine/derived/echoes.ts';
import { filesOutside } from '../engine/derived/value-sets.ts';
import type { Finding } from '../engine/finding.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import { SUPPRESSION_RULE } from '../engine/suppressions.ts';
import type { ChartAnalysis } from '../helm/language/chart-analysis.ts';
import { chartDeployments, type PathStyle } from './chart-deployments.ts';
import type { ChartChecking } from './chart-repairs.ts';
import { isValuesFile } from './chart-values.ts';
import type { Charts } from './charts.ts';
import type { Checkers } from './checkers.ts';
import type { Configurations } from './configurations.ts';
import type { DerivedFixes, DerivedRepairs } from './derived-repairs.ts';
import type { EditorSettings } from './editor-settings.ts';
import type { FactsIndex } from './facts-index.ts';
import type { CheckedDocument, CheckedFile } from './file-checker.ts';
import { parentOf } from './folder-paths.ts';
import { KeptCharts } from './kept-charts.ts';
import type { EditTarget, OpenFiles, OpenState } from './open-files.ts';
import { canonicalUri, childUri, folderOf, isWithin } from './uris.ts';
import type { LastCheck, WorkspaceChart } from './workspace-chart.ts';

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

/** A chart as evidence is gathered from it. */
export interface EvidenceChart {
  readonly sets: LastCheck['checked']['sets'];
  /** The findings of its files that are not open. */
  readonly files: readonly { readonly file: CheckedFile; readonly text: string }[];
  readonly uriOf: (file: string) => string;
  readonly configuration: Configuration;
}

export interface ChartFindingsParts {
  readonly charts: Charts;
  readonly openFiles: OpenFiles;
  readonly configurations: Configurations;
  readonly checkers: Checkers;
  readonly settings: EditorSettings;
  /** `YYYY-MM-DD`. */
  today(): string;
  /** The workspace folder of a file. */
  rootOf(uri: string): string;
  /** Told whether charts of many templates are worked in. */
  onLargeCharts(areOpen: boolean): void;
  /** What a file that is not open says by itself. */
  closedDocuments(uri: string): Promise<readonly CheckedDocument[]>;
  /** What the files around a file say. */
  factsAround(uri: string): FactsIndex;
}

/** What the charts of the workspace say of their files, with what the editor has of those. All URIs are canonical unless said otherwise. */
export class ChartFindings {
  readonly #parts: ChartFindingsParts;
  readonly #configurations = new WeakMap<WorkspaceChart, Configuration>();
  /** The Chart.yaml of each chart in the workspace folders. */
  readonly #chartFiles = new Set<string>();
  /** Folders of these charts whose files are nothing by themselves. */
  readonly #renderedFolders = new Set<string>();
  readonly #deployed = new Map<FactsIndex, KnownDeployments>();

  readonly #kept = new KeptCharts();
  #areLargeOpen = false;

  constructor(parts: ChartFindingsParts) {
    this.#parts = parts;
  }

  /** Takes notice of a Chart.yaml in the workspace folders. */
  noteChart(uri: string): void {
    this.#chartFiles.add(uri);
    for (const folder of renderedFolders(uri)) this.#renderedFolders.add(folder);
  }

  /** Takes notice of a Chart.yaml that is gone, or counts no longer. */
  dropChart(uri: string): void {
    this.#chartFiles.delete(uri);
    for (const folder of renderedFolders(uri)) this.#renderedFolders.delete(folder);
  }

  forget(): void {
    this.#parts.charts.forget();
    this.#chartFiles.clear();
    this.#renderedFolders.clear();
    this.#deployed.clear();
  }

  /** Whether a file is nothing by itself, but a part of what a chart renders. */
  isRendered(uri: string): boolean {
    for (let at = uri; at !== ''; at = parentOf(at)) if (this.#renderedFolders.has(at)) return true;
    return false;
  }

  /** Whether a file is a template of a chart that has been read. */
  isTemplate(key: string): boolean {
    return this.#parts.charts.around(key)?.renders(key) === true;
  }

  /** The chart that a file belongs to, with what the editor has of it; undefined when it is in none. */
  async of(key: string): Promise<ChartFile | undefined> {
    const { charts } = this.#parts;
    await charts.prepare(key);
    const [chart] = charts.with(key);
    const path = chart?.fileOf(key);
    if (chart === undefined || path === undefined) return undefined;
    this.#takeOpenFiles(chart);
    const uriOf = (file: string) => this.#targetIn(chart, file).uri;
    return { chart: { analysis: chart.analysis, uriOf }, path };
  }

  /** Reads the charts that an open file has a part in. */
  async prepare(key: string): Promise<void> {
    await Promise.all([this.prepareAround(key), this.prepareWith(key)]);
  }

  /** Reads the chart around a file, and its configuration. */
  async prepareAround(key: string): Promise<WorkspaceChart | undefined> {
    const { charts, configurations, rootOf } = this.#parts;
    await charts.prepare(key);
    const chart = charts.around(key);
    if (chart === undefined) return undefined;
    const chartFile = chart.uriOf('Chart.yaml');
    const source = await configurations.sourceOf(chartFile);
    const configuration = configurations.merged(source, this.#settingsOf(chart));
    this.#configurations.set(chart, configuration);
    const root = rootOf(chartFile);
    const boundary = root === chart.folder && source !== undefined ? (folderOf(source.uri) ?? root) : root;
    const deployments = this.#deploymentsOf(chart.folder);
    const files = [...filesOutside(configuration.helm.valueSets), ...filesBeside(deployments)];
    await charts.prepareOutside(chart, files, boundary);
    chart.deployedBy(deployments);
    return chart;
  }

  /** Reads the charts that take values from a file beside them. */
  async prepareWith(key: string): Promise<void> {
    for (const chartFile of this.#chartFiles) {
      const source = await this.#parts.configurations.sourceOf(chartFile);
      const folder = folderOf(chartFile) ?? chartFile;
      const outside = [
        ...filesOutside(source?.file.values.helm?.valueSets ?? {}),
        ...filesBeside(this.#deploymentsOf(folder)),
      ];
      if (outside.some((file) => canonicalUri(childUri(folder, file)) === key))
        await this.prepareAround(chartFile);
    }
  }

  /** By what applications in the workspace folder of a chart it is deployed. */
  #deploymentsOf(folder: string): readonly ChartDeployment[] {
    const index = this.#parts.factsAround(childUri(folder, 'Chart.yaml'));
    const version = index.versionOf('application');
    let known = this.#deployed.get(index);
    const { files } = index;
    if (known?.version !== version || known.charts !== this.#chartFiles.size || known.files !== files) {
      const charts = new Set([...this.#chartFiles].map((file) => folderOf(file) ?? file));
      const places = {
        neighboursOf: (each: string) => index.filesIn(each),
        filesBelow: (each: string) => files.filter((file) => isWithin(file, each)),
      };
      const byChart = chartDeployments(index.applications(), charts, places, URI_PATHS);
      known = { version, files, charts: this.#chartFiles.size, byChart };
      this.#deployed.set(index, known);
    }
    return known.byChart.get(folder) ?? [];
  }

  /** What charts say of a file that is open, beside what the file says itself. */
  in({ key }: OpenState, own: readonly CheckedDocument[]): CheckedDocument[] {
    const documents: CheckedDocument[] = [];
    for (const chart of this.#parts.charts.with(key)) {
      const file = chart.fileOf(key);
      const found = file && this.#checked(chart, (checking) => chart.findingsIn(file, checking));
      if (found) documents.push(withoutEchoes(withoutDoubles(found, documents), own));
    }
    return documents;
  }

  /** Whether edits have left sets of values of some chart behind. */
  get isPartial(): boolean {
    return this.#parts.charts.all.some((chart) => chart.isPartial);
  }

  /** Renders a chart with one of the sets of values that edits have left behind. */
  completeOne(): void {
    const partial = this.#parts.charts.all.find((chart) => chart.isPartial);
    if (partial !== undefined) this.#checked(partial, (checking) => partial.completeOne(checking));
    this.#kept.trim(this.#parts.charts.all);
  }

  /** The chart's finding behind one that a file shows, with what can be done about it; undefined for findings of manifests. */
  repairsOf(key: string, finding: Finding): DerivedRepairs | undefined {
    for (const chart of this.#parts.charts.with(key)) {
      const found = chart.findingOf(finding);
      if (found === undefined) continue;
      return { repairs: chart.repairs(found), fileOf: (file) => this.#targetIn(chart, file) };
    }
    return undefined;
  }

  /** Repairs the findings of a chart that a file of it shows, by the files that change. */
  fixAll(key: string, level: FixLevel, only: (finding: Finding) => boolean): DerivedFixes {
    // Of several charts that take values from a file the first is repaired; asked once more, the next.
    const chart = this.#parts.charts.with(key).find((candidate) => this.#hasFindingsIn(candidate, key));
    const file = chart?.fileOf(key);
    if (chart === undefined || file === undefined) return { edited: [], applied: 0 };
    const { files, applied } = this.#checked(chart, (checking) =>
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
      file !== undefined && this.#checked(chart, (checking) => chart.findingsIn(file, checking)) !== undefined
    );
  }

  /** The findings of all charts, by the files that are not open. */
  async *closedFiles(): AsyncGenerator<CheckedFile> {
    // Several charts may take values from a file beside them.
    const beside = new Map<string, CheckedDocument[]>();
    for await (const chart of this.#outermost()) {
      const { byFile } = this.#checked(chart, (checking) => chart.check(checking));
      chart.release();
      for (const [file, document] of byFile) {
        const uri = chart.uriOf(file);
        if (this.#parts.openFiles.has(uri)) continue;
        if (isWithin(uri, chart.folder)) yield await this.#withoutEchoes({ uri, documents: [document] });
        else {
          const others = beside.get(uri) ?? [];
          beside.set(uri, [...others, withoutDoubles(document, others)]);
        }
      }
    }
    for (const [uri, documents] of beside) yield await this.#withoutEchoes({ uri, documents });
  }

  async #withoutEchoes({ uri, documents }: CheckedFile): Promise<CheckedFile> {
    const own = isValuesFile(uri) ? await this.#parts.closedDocuments(uri) : [];
    return { uri, documents: documents.map((document) => withoutEchoes(document, own)) };
  }

  /** All charts of the workspace, rendered and checked. */
  async *evidence(): AsyncGenerator<EvidenceChart> {
    for await (const chart of this.#outermost()) {
      const { byFile, checked } = this.#checked(chart, (checking) => chart.checkWhole(checking));
      const configuration = this.#configurations.get(chart) ?? DEFAULT_CONFIGURATION;
      const closed = [...byFile].filter(([file]) => !this.#parts.openFiles.has(chart.uriOf(file)));
      const files = await Promise.all(
        closed.map(async ([file, document]) => ({
          file: await this.#withoutEchoes({ uri: chart.uriOf(file), documents: [document] }),
          text: chart.text(file) ?? '',
        })),
      );
      yield { sets: checked.sets, files, uriOf: (file) => chart.uriOf(file), configuration };
      chart.release();
    }
  }

  async *#outermost(): AsyncGenerator<WorkspaceChart> {
    for (const uri of this.#chartFiles) {
      const chart = this.isRendered(uri) ? undefined : await this.prepareAround(uri);
      if (chart !== undefined) yield chart;
    }
  }

  /** Has a chart look at what the editor has of its files. */
  #takeOpenFiles(chart: WorkspaceChart): void {
    const { charts, openFiles } = this.#parts;
    const open = new Set<string>();
    for (const { key, version, source } of openFiles.all) {
      const file = charts.with(key).includes(chart) ? chart.fileOf(key) : undefined;
      if (file === undefined) continue;
      open.add(file);
      chart.setOpen(file, version, () => source.text);
    }
    chart.keepOpen((file) => open.has(file));
    this.noteOpenFiles();
  }

  /** Takes notice of files that were opened or closed. */
  noteOpenFiles(): void {
    const { charts, openFiles, onLargeCharts } = this.#parts;
    const large = charts.all.filter(({ isLarge }) => isLarge);
    const areOpen = openFiles.all.some(({ key }) => large.some(({ folder }) => isWithin(key, folder)));
    if (areOpen === this.#areLargeOpen) return;
    this.#areLargeOpen = areOpen;
    onLargeCharts(areOpen);
  }

  #checked<Result>(chart: WorkspaceChart, use: (checking: ChartChecking) => Result): Result {
    const { configurations, checkers } = this.#parts;
    this.#takeOpenFiles(chart);
    chart.deployedBy(this.#deploymentsOf(chart.folder));
    const configuration =
      this.#configurations.get(chart) ?? configurations.merged(undefined, this.#settingsOf(chart));
    const contained = checkers.for(configuration);
    const result = use({ contained, configuration, today: this.#parts.today() });
    // Going through what is kept takes time, so it is not done for each keystroke.
    if (chart.isOpen && this.#kept.use(chart)) this.#kept.trim(this.#parts.charts.all);
    return result;
  }

  #settingsOf({ folder }: WorkspaceChart) {
    return this.#parts.settings.in(this.#parts.rootOf(folder));
  }

  /** A file of a chart, to be changed. */
  #targetIn(chart: WorkspaceChart, file: string): EditTarget {
    return this.#parts.openFiles.targetOf(chart.uriOf(file), chart.text(file) ?? '');
  }
}

/** By what applications charts are deployed, as a version of the facts tells. */
interface KnownDeployments {
  readonly version: number;
  readonly files: readonly string[];
  readonly charts: number;
  readonly byChart: ReadonlyMap<string, readonly ChartDeployment[]>;
}

function renderedFolders(chartFile: string): string[] {
  const folder = folderOf(chartFile) ?? chartFile;
  return [childUri(folder, 'templates'), childUri(folder, 'charts')];
}

const URI_PATHS: PathStyle = {
  join: (folder, path) => canonicalUri(childUri(folder, path)),
  relative: (folder, file) =>
    file
      .slice(folder.length + 1)
      .split('/')
      .map(decodeURIComponent)
      .join('/'),
};

/** The files that applications take values from, as far as they are not in the chart's folder. */
function filesBeside(deployments: readonly ChartDeployment[]): string[] {
  return filesOfDeployments(deployments).filter((file) => file.startsWith('../'));
}

/** A chart's findings without those that the file itself shows already. */
function withoutEchoes(found: CheckedDocument, own: readonly CheckedDocument[]): CheckedDocument {
  const said = own.flatMap(({ placed, result }) =>
    result.findings.map(({ rule, range }) => ({ rule, start: placed.start + range.start })),
  );
  const isSaid = ({ rule, range }: Finding) =>
    rule === SUPPRESSION_RULE && said.some((other) => other.rule === rule && other.start === range.start);
  const findings = found.result.findings.filter(
    (finding) => !isEcho({ rule: finding.rule, start: finding.range.start }, said) && !isSaid(finding),
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
