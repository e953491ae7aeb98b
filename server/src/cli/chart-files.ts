import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { ArchiveError, type FileContents, fileFilter, parseIgnoreRules, unpackChart } from '../helm/index.ts';

/** Why a chart cannot be read, in Helm's words where Helm has some that help. */
export class ChartError extends Error {}

export interface ChartFiles {
  /** Contents by path from the chart's folder, with `/` between folders. */
  readonly files: ReadonlyMap<string, FileContents>;
  /** What was left out, for a person. */
  readonly notes: readonly string[];
}

/** Files beyond this size make Helm refuse a chart. In bytes. */
const MAX_FILE_SIZE = 5 * 1024 * 1024;

/**
 * The files of a chart.
 *
 * @param path The chart's folder, or a packed chart; relative to the working folder.
 * @throws {ChartError}
 */
export function readChartFiles(path: string, workingFolder: string): ChartFiles {
  const absolutePath = resolve(workingFolder, path);
  const stats = statSync(absolutePath, { throwIfNoEntry: false });
  if (path === '' || stats === undefined) throw new ChartError(`path "${path}" not found`);
  if (!stats.isDirectory()) return { files: readArchive(absolutePath), notes: [] };
  const metadata = join(absolutePath, 'Chart.yaml');
  if (statSync(metadata, { throwIfNoEntry: false }) === undefined) {
    throw new ChartError(
      `unable to detect chart at ${metadata}: open ${metadata}: no such file or directory`,
    );
  }
  return new FolderReader(absolutePath).read();
}

function readArchive(path: string): ReadonlyMap<string, FileContents> {
  if (/\.ya?ml$/.test(path)) {
    throw new ChartError(`file '${path}' seems to be a YAML file, but expected a gzipped archive`);
  }
  const bytes = readFileSync(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    throw new ChartError(`file '${path}' does not appear to be a gzipped archive`);
  }
  try {
    return unpackChart(bytes);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    throw new ChartError(`unable to load chart archive: ${error.message}`);
  }
}

const REPLACEMENT = '\ufffd';

const DEPENDENCY = /(?:^|\/)charts\/[^/]+$/;

/**
 * Reads a folder. Symbolic links are followed where they stay in it, and where one in `charts/` leads to another chart, as
 * repositories of many charts have them: nothing else is read outside of the chart.
 */
class FolderReader {
  readonly #root: string;
  /** The chart's folder, and those of charts that it links to. */
  readonly #boundaries: string[];
  readonly #isLoaded: (path: string) => boolean;
  readonly #files = new Map<string, FileContents>();
  readonly #notes: string[] = [];

  constructor(root: string) {
    this.#root = root;
    this.#boundaries = [realpathSync(root)];
    const ignored = join(root, '.helmignore');
    const hasRules = statSync(ignored, { throwIfNoEntry: false })?.isFile() === true;
    this.#isLoaded = fileFilter(parseIgnoreRules(hasRules ? readFileSync(ignored, 'utf8') : ''));
    // It says what is ignored, and may itself be.
    if (hasRules) this.#files.set('.helmignore', readFileSync(ignored, 'utf8'));
  }

  read(): ChartFiles {
    this.#readFolder('', []);
    return { files: this.#files, notes: this.#notes };
  }

  /** @param links The real paths of links on the way here, so that a circle ends. */
  #readFolder(folder: string, links: readonly string[]): void {
    for (const entry of readdirSync(join(this.#root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) this.#readFolder(path, links);
      else if (entry.isFile()) this.#readFile(path);
      else if (entry.isSymbolicLink()) this.#followLink(path, links);
    }
  }

  #followLink(path: string, links: readonly string[]): void {
    const target = this.#targetOf(path);
    if (target === undefined || links.includes(target)) return;
    if (DEPENDENCY.test(path) && existsSync(join(target, 'Chart.yaml'))) this.#boundaries.push(target);
    if (!this.#boundaries.some((folder) => target === folder || target.startsWith(folder + sep))) {
      this.#notes.push(`${path} is a symbolic link out of the chart and was left out.`);
    } else if (statSync(target).isDirectory()) this.#readFolder(path, [...links, target]);
    else this.#readFile(path);
  }

  #targetOf(path: string): string | undefined {
    try {
      return realpathSync(join(this.#root, path));
    } catch {
      this.#notes.push(`${path} is a symbolic link that leads nowhere.`);
      return undefined;
    }
  }

  #readFile(path: string): void {
    if (!this.#isLoaded(path)) return;
    const file = join(this.#root, path);
    const { size } = statSync(file);
    if (size > MAX_FILE_SIZE) {
      throw new ChartError(`chart file "${path}" is larger than the maximum file size ${MAX_FILE_SIZE}`);
    }
    const text = readFileSync(file, 'utf8');
    // Bytes that are not UTF-8 have been replaced.
    this.#files.set(path, text.includes(REPLACEMENT) ? readFileSync(file) : text);
  }
}
