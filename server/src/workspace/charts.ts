import type { FileContents } from '../helm/index.ts';
import { readChartFile, readChartFolder } from './chart-reader.ts';
import type { FileSystem } from './file-system.ts';
import { childUri, folderOf, isWithin, nameOf } from './uris.ts';
import { WorkspaceChart } from './workspace-chart.ts';

export interface ChartsHost {
  readonly fileSystem: FileSystem;
  /** The folder that a file is looked at in: its workspace folder, or its own folder when it belongs to none. */
  rootOf(uri: string): string;
}

/** Folders above a file in which its chart is looked for. */
const MAX_LEVELS = 12;

const CHART_FILE = 'Chart.yaml';

/** The charts of a workspace, each read once when a file of it is first asked for. All URIs are canonical. */
export class Charts {
  readonly #host: ChartsHost;
  /** By the folder of the chart. */
  readonly #loaded = new Map<string, WorkspaceChart>();
  readonly #loading = new Map<string, Promise<void>>();
  /** The folder of the chart around a folder; undefined where there is none. */
  readonly #folders = new Map<string, Promise<string | undefined>>();

  constructor(host: ChartsHost) {
    this.#host = host;
  }

  /** The chart in whose folder a file is, as far as that is known. */
  around(uri: string): WorkspaceChart | undefined {
    // A chart may stand in the folder of another, as an example of it does.
    return this.all
      .filter((chart) => isWithin(uri, chart.folder) && chart.fileOf(uri) !== undefined)
      .sort((a, b) => b.folder.length - a.folder.length)[0];
  }

  /** The charts that a file has a part in, as far as they are known: the one around it, or those that take values from it. */
  with(uri: string): readonly WorkspaceChart[] {
    const around = this.around(uri);
    const others = this.all.filter(
      (chart) => !isWithin(uri, chart.folder) && chart.fileOf(uri) !== undefined,
    );
    return around === undefined ? others : [around, ...others];
  }

  get all(): readonly WorkspaceChart[] {
    return [...this.#loaded.values()];
  }

  /** Reads the chart around a file, once. */
  async prepare(uri: string): Promise<void> {
    const folder = folderOf(uri);
    const found = folder === undefined ? undefined : await this.#chartAround(folder);
    if (found === undefined) return;
    let loading = this.#loading.get(found);
    if (loading === undefined) {
      loading = this.#load(found);
      this.#loading.set(found, loading);
    }
    await loading;
  }

  /**
   * Reads files beside a chart that it is rendered with, once.
   *
   * @param files by their paths from the chart's folder
   * @param boundary the folder that they have to be in
   */
  async prepareOutside(chart: WorkspaceChart, files: Iterable<string>, boundary: string): Promise<void> {
    for (const file of files) {
      const uri = chart.uriOf(file);
      if (chart.fileOf(uri) !== undefined || !isWithin(uri, boundary)) continue;
      chart.addOutside(file, await this.#read(uri, boundary));
    }
  }

  /** Reads a file again that has changed, appeared or gone on disk; tells whether a chart has changed. */
  async refresh(uri: string): Promise<boolean> {
    if (nameOf(uri) === CHART_FILE) {
      await this.#readAround(uri);
      return true;
    }
    const charts = this.with(uri);
    for (const chart of charts) {
      const file = chart.fileOf(uri);
      const boundary = isWithin(uri, chart.folder) ? chart.folder : this.#host.rootOf(uri);
      if (file !== undefined) chart.setStored(file, await this.#read(uri, boundary));
    }
    return charts.length > 0;
  }

  /** Reads the charts around a Chart.yaml and below it again. Until that is done they are those of before, so that what they say stays. */
  async #readAround(chartFile: string): Promise<void> {
    this.#folders.clear();
    const known = [...this.#loading.keys()].filter(
      (folder) => isWithin(chartFile, folder) || isWithin(folder, folderOf(chartFile) ?? chartFile),
    );
    for (const folder of known) this.#loading.delete(folder);
    await this.prepare(chartFile);
    for (const folder of known) await this.prepare(childUri(folder, CHART_FILE));
    for (const folder of known) if (!this.#loading.has(folder)) this.#loaded.delete(folder);
  }

  forget(): void {
    this.#loaded.clear();
    this.#loading.clear();
    this.#folders.clear();
  }

  /** The outermost chart whose dependency a folder is a part of, or the nearest around it. */
  #chartAround(folder: string): Promise<string | undefined> {
    let found = this.#folders.get(folder);
    if (found === undefined) {
      found = this.#search(folder);
      this.#folders.set(folder, found);
    }
    return found;
  }

  async #search(start: string): Promise<string | undefined> {
    const root = this.#host.rootOf(childUri(start, 'any'));
    let found: string | undefined;
    let folder: string | undefined = start;
    for (let level = 0; folder !== undefined && level < MAX_LEVELS; level++) {
      // A chart around another one counts where the inner one is its dependency.
      const isAround: boolean = found === undefined || folderOf(found) === childUri(folder, 'charts');
      if (isAround && (await this.#hasChart(folder))) found = folder;
      // A file without a workspace may still be a part of the chart in the folders above.
      if (folder === root && root !== start) break;
      folder = folderOf(folder);
    }
    return found;
  }

  async #hasChart(folder: string): Promise<boolean> {
    const entries = await this.#host.fileSystem.list(folder);
    return entries?.some(({ name, type }) => name === CHART_FILE && type === 'file') === true;
  }

  async #load(folder: string): Promise<void> {
    const root = this.#host.rootOf(childUri(folder, CHART_FILE));
    const read = await readChartFolder(this.#host.fileSystem, folder, root);
    if (read === undefined) this.#loaded.delete(folder);
    else this.#loaded.set(folder, new WorkspaceChart(folder, read.files, read.links));
  }

  #read(uri: string, boundary: string): Promise<FileContents | undefined> {
    return readChartFile(this.#host.fileSystem, uri, boundary);
  }
}
