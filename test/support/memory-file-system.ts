import type {
  FileContent,
  FileSystem,
  FolderEntry,
  SkipReason,
} from '../../server/src/workspace/file-system.ts';
import { canonicalUri, isWithin } from '../../server/src/workspace/uris.ts';

/** Files in memory, for tests. Everything that is read is recorded. */
export class MemoryFileSystem implements FileSystem {
  readonly reads: string[] = [];
  readonly lists: string[] = [];
  readonly #files = new Map<string, string | { readonly skipped: SkipReason }>();
  readonly #links = new Set<string>();
  readonly #unlistable = new Set<string>();

  /** @param files texts by URI */
  constructor(files: Readonly<Record<string, string | { readonly skipped: SkipReason }>> = {}) {
    for (const [uri, content] of Object.entries(files)) this.#files.set(canonicalUri(uri), content);
  }

  write(uri: string, text: string): void {
    this.#files.set(canonicalUri(uri), text);
  }

  /** A symbolic link to a file with this text. */
  link(uri: string, text: string): void {
    this.write(uri, text);
    this.#links.add(canonicalUri(uri));
  }

  remove(uri: string): void {
    this.#files.delete(canonicalUri(uri));
  }

  forbid(folder: string): void {
    this.#unlistable.add(canonicalUri(folder));
  }

  async read(uri: string, maxSize: number): Promise<FileContent | undefined> {
    this.reads.push(uri);
    const content = this.#files.get(canonicalUri(uri));
    if (content === undefined || typeof content !== 'string') return content;
    return content.length > maxSize ? { skipped: 'too-large' } : { text: content };
  }

  async list(uri: string): Promise<readonly FolderEntry[] | undefined> {
    this.lists.push(uri);
    const folder = canonicalUri(uri);
    if (this.#unlistable.has(folder) || this.#files.has(folder)) return undefined;
    const entries = new Map<string, FolderEntry>();
    for (const file of this.#files.keys()) {
      if (!isWithin(file, folder)) continue;
      const [name = '', ...below] = file.slice(folder.length + 1).split('/');
      const type = below.length > 0 ? 'folder' : this.#links.has(file) ? 'link' : 'file';
      entries.set(name, { name: decodeURIComponent(name), type });
    }
    return [...entries.values()];
  }
}
