import type { FileContents } from '../helm/index.ts';
import type { FileSystem } from './file-system.ts';
import { childUri, folderOf, isWithin, nameOf } from './uris.ts';
import { WorkspaceChart } from './workspace-chart.ts';

export interface RenderedChartsHost {
  readonly fileSystem: FileSystem;
  /** In bytes, for a file. */
  maxFileSize(uri: string): number;
  /** The folder that a file is looked at in. */
  rootOf(uri: string): string;
}

/** A chart with more files than this is not rendered. */
const MAX_FILES = 5000;

/** Folders above a file in which its chart is looked for. */
const MAX_LEVELS = 12;

const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** The charts of a workspace, read when a file of theirs is first asked for. All URIs are canonical. */
export class RenderedCharts {
  readonly #host: RenderedChartsHost;
  /** By the folder of the chart. */
  readonly #loaded = new Map<string, WorkspaceChart>();
  readonly #loading = new Map<string, Promise<void>>();
  /** The folder of the chart around a folder; undefined where there is none. */
  readonly #folders = new Map<string, Promise<string | undefined>>();

  constructor(host: RenderedChartsHost) {
    this.#host = host;
  }

  /** The chart that a file is a part of, as far as that is known. */
  chartOf(uri: string): WorkspaceChart | undefined {
    // A chart may stand in the folder of another, as an example of it does.
    return this.all
      .filter((chart) => chart.fileOf(uri) !== undefined)
      .sort((a, b) => b.folder.length - a.folder.length)[0];
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

  /** Reads a file again that has changed, appeared or gone on disk; tells whether a chart has changed. */
  async refresh(uri: string): Promise<boolean> {
    if (nameOf(uri) === 'Chart.yaml') {
      this.#folders.clear();
      for (const folder of this.#loaded.keys()) {
        if (!isWithin(uri, folder) && !isWithin(folder, folderOf(uri) ?? uri)) continue;
        this.#loaded.delete(folder);
        this.#loading.delete(folder);
      }
      await this.prepare(uri);
      return true;
    }
    const chart = this.chartOf(uri);
    const file = chart?.fileOf(uri);
    if (chart === undefined || file === undefined) return false;
    chart.setStored(file, await this.#read(uri, chart.folder));
    return true;
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
      const isAround: boolean = found === undefined || nameOf(folderOf(found) ?? '') === 'charts';
      if (isAround && (await this.#hasChart(folder))) found = folder;
      // A file without a workspace may still be a part of the chart in the folders above.
      if (folder === root && root !== start) break;
      folder = folderOf(folder);
    }
    return found;
  }

  async #hasChart(folder: string): Promise<boolean> {
    const entries = await this.#host.fileSystem.list(folder);
    return entries?.some(({ name, type }) => name === 'Chart.yaml' && type === 'file') === true;
  }

  async #load(folder: string): Promise<void> {
    const files = new Map<string, FileContents>();
    await this.#readFolder(folder, '', files);
    if (files.size <= MAX_FILES) this.#loaded.set(folder, new WorkspaceChart(folder, files));
  }

  async #readFolder(root: string, path: string, files: Map<string, FileContents>): Promise<void> {
    const folder = path === '' ? root : childUri(root, path);
    for (const { name, type } of (await this.#host.fileSystem.list(folder)) ?? []) {
      if (files.size > MAX_FILES) return;
      const inner = path === '' ? name : `${path}/${name}`;
      if (type === 'folder' && !SKIPPED_FOLDERS.has(name)) await this.#readFolder(root, inner, files);
      if (type !== 'file') continue;
      const content = await this.#read(childUri(root, inner), root);
      if (content !== undefined) files.set(inner, content);
    }
  }

  async #read(uri: string, boundary: string): Promise<FileContents | undefined> {
    const { fileSystem } = this.#host;
    const limit = this.#host.maxFileSize(uri);
    if (uri.endsWith('.tgz')) return fileSystem.readBytes?.(uri, limit, boundary);
    const content = await fileSystem.read(uri, limit, boundary);
    return content !== undefined && 'text' in content ? content.text : undefined;
  }
}
