import { ChartAnalysis, ChartCaches } from '../helm/language/chart-analysis.ts';
import type { FileSystem } from './file-system.ts';
import type { SourceFile } from './source-file.ts';
import { childUri, folderOf, isWithin, nameOf } from './uris.ts';

export interface ChartsHost {
  readonly fileSystem: FileSystem;
  /** The workspace folder of a file, or its own folder when it belongs to none. */
  rootOf(uri: string): string;
  isWorkspaceFolder(uri: string): boolean;
  /** The open files, by canonical URI. */
  readonly openFiles: Iterable<{ readonly key: string; readonly uri: string; readonly source: SourceFile }>;
}

/** A file of a chart, and the chart as it is now. */
export interface ChartFile {
  readonly chart: ChartState;
  /** The path of the file from the chart's folder. */
  readonly path: string;
}

/** A chart: its files, those that are open in the editor as they are there. */
export interface ChartState {
  /** The chart's folder. */
  readonly root: string;
  readonly analysis: ChartAnalysis;
  uriOf(path: string): string;
}

interface KnownChart {
  readonly root: string;
  /** As they are on disk. */
  readonly texts: Map<string, string>;
  readonly caches: ChartCaches;
  analysis: ChartAnalysis | undefined;
}

/** Charts stand at most so far above their files. */
const MAX_DEPTH = 12;
/** More files of a chart are not read. */
const MAX_FILES = 3000;
/** In bytes: Helm refuses larger ones. */
const MAX_FILE_SIZE = 5 * 1024 * 1024;
const CHART_FILE = 'Chart.yaml';
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** The charts of the files that are asked for. All URIs are canonical. */
export class Charts {
  readonly #host: ChartsHost;
  readonly #roots = new Map<string, Promise<string | undefined>>();
  readonly #charts = new Map<string, Promise<KnownChart>>();

  constructor(host: ChartsHost) {
    this.#host = host;
  }

  /** The chart that a file belongs to, the outermost of several; undefined when it is in none. */
  async of(uri: string): Promise<ChartFile | undefined> {
    const folder = folderOf(uri);
    const root = folder && (await this.#rootOf(folder));
    if (root === undefined || root === '') return undefined;
    let loading = this.#charts.get(root);
    if (loading === undefined) {
      loading = this.#read(root);
      this.#charts.set(root, loading);
    }
    return { chart: this.#stateOf(await loading), path: pathIn(root, uri) };
  }

  /** Takes notice of files that have changed, appeared or gone on disk. */
  async refresh(uris: readonly string[]): Promise<void> {
    if (uris.some((uri) => nameOf(uri) === CHART_FILE)) this.#roots.clear();
    for (const [root, loading] of this.#charts) {
      const own = uris.filter((uri) => isWithin(uri, root));
      if (own.length === 0) continue;
      const chart = await loading;
      for (const uri of own) await this.#readFile(chart, uri);
      if (!chart.texts.has(CHART_FILE)) this.#charts.delete(root);
    }
  }

  forget(): void {
    this.#roots.clear();
    this.#charts.clear();
  }

  #rootOf(folder: string): Promise<string | undefined> {
    let root = this.#roots.get(folder);
    if (root === undefined) {
      root = this.#search(folder);
      this.#roots.set(folder, root);
    }
    return root;
  }

  async #search(start: string): Promise<string | undefined> {
    const scope = this.#host.rootOf(childUri(start, 'any'));
    const boundary = this.#host.isWorkspaceFolder(scope) ? scope : undefined;
    let found: string | undefined;
    let folder: string | undefined = start;
    for (let depth = 0; folder !== undefined && depth < MAX_DEPTH; depth++) {
      if (boundary !== undefined && !isWithin(folder, boundary)) break;
      // A chart around another one counts where the inner one is its dependency.
      const mayContain = found === undefined || isWithin(found, childUri(folder, 'charts'));
      if (mayContain && (await this.#isChart(folder))) found = folder;
      folder = folderOf(folder);
    }
    return found;
  }

  async #isChart(folder: string): Promise<boolean> {
    const content = await this.#host.fileSystem.read(childUri(folder, CHART_FILE), MAX_FILE_SIZE, folder);
    return content !== undefined && 'text' in content;
  }

  async #read(root: string): Promise<KnownChart> {
    const chart: KnownChart = { root, texts: new Map(), caches: new ChartCaches(), analysis: undefined };
    const folders = [root];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const { name, type } of (await this.#host.fileSystem.list(folder)) ?? []) {
        const uri = childUri(folder, name);
        if (type === 'folder' && !SKIPPED_FOLDERS.has(name)) folders.push(uri);
        else if (type === 'file' && chart.texts.size < MAX_FILES) await this.#readFile(chart, uri);
      }
    }
    return chart;
  }

  async #readFile({ root, texts }: KnownChart, uri: string): Promise<void> {
    const content = await this.#host.fileSystem.read(uri, MAX_FILE_SIZE, root);
    if (content !== undefined && 'text' in content) texts.set(pathIn(root, uri), content.text);
    else texts.delete(pathIn(root, uri));
  }

  #stateOf(chart: KnownChart): ChartState {
    const { root } = chart;
    const files = new Map<string, string>(chart.texts);
    const opened = new Map<string, string>();
    for (const { key, uri, source } of this.#host.openFiles) {
      if (!isWithin(key, root)) continue;
      files.set(pathIn(root, key), source.text);
      opened.set(pathIn(root, key), uri);
    }
    const before = chart.analysis?.files;
    const isSame =
      before?.size === files.size && [...files].every(([path, text]) => before.get(path) === text);
    if (!isSame || chart.analysis === undefined) chart.analysis = new ChartAnalysis(files, chart.caches);
    return {
      root,
      analysis: chart.analysis,
      uriOf: (path) => opened.get(path) ?? childUri(root, path),
    };
  }
}

function pathIn(root: string, uri: string): string {
  return uri
    .slice(root.length + 1)
    .split('/')
    .map(decodeURIComponent)
    .join('/');
}
