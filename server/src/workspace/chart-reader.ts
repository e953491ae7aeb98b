import type { FileContents } from '../helm/index.ts';
import type { FileSystem, ResolvedPath } from './file-system.ts';
import { childUri, isWithin } from './uris.ts';

/** A folder that stands in a chart as a symbolic link. */
export interface ChartLink {
  /** The path of the link from the chart's folder. */
  readonly path: string;
  /** The canonical URI of the folder that it leads to. */
  readonly target: string;
}

export interface ChartFolderFiles {
  /** By their paths from the chart's folder, also through links. */
  readonly files: ReadonlyMap<string, FileContents>;
  /** Those that were followed out of the chart's folder, the longest paths first. */
  readonly links: readonly ChartLink[];
}

/** A chart with more files or folders than this is not read. */
const MAX_ENTRIES = 5000;

/** In bytes: Helm refuses larger files. */
const MAX_FILE_SIZE = 5 * 1024 * 1024;

const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** A link that stands for a dependency. */
const DEPENDENCY = /(?:^|\/)charts\/[^/]+$/;

/**
 * Reads all files of a chart. Symbolic links are followed where they stay in it, and where one in `charts/` leads to another chart of the workspace.
 *
 * @param folder canonical URI
 * @param root the workspace folder around it
 * @returns undefined for a chart that is too large
 */
export async function readChartFolder(
  fileSystem: FileSystem,
  folder: string,
  root: string,
): Promise<ChartFolderFiles | undefined> {
  const reader = new FolderReader(fileSystem, folder, root);
  await reader.read('', []);
  if (reader.isTooLarge) return undefined;
  return { files: reader.files, links: reader.links.toSorted((a, b) => b.path.length - a.path.length) };
}

/** The text of a file; bytes of what is none; undefined when it cannot be read. */
export async function readChartFile(
  fileSystem: FileSystem,
  uri: string,
  boundary: string,
): Promise<FileContents | undefined> {
  const content = uri.endsWith('.tgz') ? undefined : await fileSystem.read(uri, MAX_FILE_SIZE, boundary);
  if (content !== undefined && 'text' in content) return content.text;
  const isBytes = content?.skipped === 'binary' || content?.skipped === 'not-utf-8' || uri.endsWith('.tgz');
  return isBytes ? fileSystem.readBytes?.(uri, MAX_FILE_SIZE, boundary) : undefined;
}

class FolderReader {
  readonly files = new Map<string, FileContents>();
  readonly links: ChartLink[] = [];
  readonly #fileSystem: FileSystem;
  readonly #folder: string;
  readonly #root: string;
  #folders = 0;

  constructor(fileSystem: FileSystem, folder: string, root: string) {
    this.#fileSystem = fileSystem;
    this.#folder = folder;
    this.#root = root;
  }

  get isTooLarge(): boolean {
    return this.files.size > MAX_ENTRIES || this.#folders > MAX_ENTRIES;
  }

  /** @param targets of links on the way here, so that a circle ends */
  async read(path: string, targets: readonly string[]): Promise<void> {
    this.#folders++;
    for (const { name, type } of (await this.#fileSystem.list(this.#uriOf(path))) ?? []) {
      if (this.isTooLarge) return;
      const inner = path === '' ? name : `${path}/${name}`;
      if (type === 'folder' && !SKIPPED_FOLDERS.has(name)) await this.read(inner, targets);
      if (type === 'file') await this.#readFile(inner, this.#folder);
      if (type === 'link') await this.#follow(inner, targets);
    }
  }

  #uriOf(path: string): string {
    return path === '' ? this.#folder : childUri(this.#folder, path);
  }

  async #readFile(path: string, boundary: string): Promise<void> {
    const content = await readChartFile(this.#fileSystem, this.#uriOf(path), boundary);
    if (content !== undefined) this.files.set(path, content);
  }

  async #follow(path: string, targets: readonly string[]): Promise<void> {
    const target = await this.#resolved(this.#uriOf(path));
    if (target === undefined || targets.includes(target.uri)) return;
    const boundary = await this.#boundaryOf(path, target.uri);
    if (boundary === undefined) return;
    if (target.type === 'file') {
      await this.#readFile(path, boundary);
      return;
    }
    const folder = (await this.#resolved(this.#folder))?.uri ?? this.#folder;
    if (!isWithin(target.uri, folder)) this.links.push({ path, target: target.uri });
    await this.read(path, [...targets, target.uri]);
  }

  async #resolved(uri: string): Promise<ResolvedPath | undefined> {
    return this.#fileSystem.resolve?.(uri);
  }

  /** The folder of those that may be read in which a link leads: the chart's own, one that was linked as a dependency, or a chart of the workspace. */
  async #boundaryOf(path: string, target: string): Promise<string | undefined> {
    const folder = (await this.#resolved(this.#folder))?.uri;
    const known = [...(folder === undefined ? [] : [folder]), ...this.links.map((link) => link.target)];
    const around = known.find((candidate) => isWithin(target, candidate));
    if (around !== undefined) return around;
    const root = (await this.#resolved(this.#root))?.uri;
    if (!DEPENDENCY.test(path) || root === undefined || !isWithin(target, root)) return undefined;
    const entries = await this.#fileSystem.list(target);
    return entries?.some(({ name }) => name === 'Chart.yaml') === true ? target : undefined;
  }
}
