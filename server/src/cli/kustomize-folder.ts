import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FileContents } from '../helm/index.ts';
import type { KustomizeFiles } from '../kustomize/index.ts';

/** Larger files are no part of a kustomization that anybody would look at. */
const MAX_FILE_SIZE = 5_000_000;

/** Folders whose files are the project's history or its downloads. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

const BYTE_ORDER_MARK = '\ufeff';

/** The files of a folder on disk that kustomizations may ask for, read when they do. */
export class KustomizeFolder implements KustomizeFiles {
  readonly #root: string;
  readonly #realRoot: string;
  readonly #known = new Map<string, FileContents | undefined>();
  /** Files that start with a byte order mark. */
  readonly #marked = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    this.#realRoot = realpathSync(root);
  }

  get(path: string): FileContents | undefined {
    if (!this.#known.has(path)) this.#known.set(path, this.#read(path));
    return this.#known.get(path);
  }

  /** A new text of a file, as it is stored. */
  marked(path: string, text: string): string {
    return (this.#marked.has(path) ? BYTE_ORDER_MARK : '') + text;
  }

  *keys(within = ''): Iterable<string> {
    const open = [within];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      for (const entry of this.#entriesOf(folder)) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) open.push(path);
        else if (entry.isFile()) yield path;
      }
    }
  }

  #entriesOf(folder: string): Dirent[] {
    try {
      return readdirSync(join(this.#root, folder), { withFileTypes: true });
    } catch {
      return [];
    }
  }

  #read(path: string): FileContents | undefined {
    const file = join(this.#root, path);
    try {
      const real = realpathSync(file);
      if (!real.startsWith(this.#realRoot + sep)) return undefined;
      const stats = statSync(real);
      if (!stats.isFile() || stats.size > MAX_FILE_SIZE) return undefined;
      const bytes = readFileSync(real);
      if (!isUtf8(bytes)) return bytes;
      const text = bytes.toString('utf8');
      if (!text.startsWith(BYTE_ORDER_MARK)) return text;
      this.#marked.add(path);
      return text.slice(1);
    } catch {
      return undefined;
    }
  }
}
