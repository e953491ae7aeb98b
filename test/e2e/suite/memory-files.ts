/** A file system in memory, such as extensions bring for repositories that nobody has cloned. */

import {
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
} from 'vscode';

export class MemoryFiles implements FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly #changes = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;

  stat({ path }: Uri): FileStat {
    const content = this.#files.get(path);
    if (content !== undefined) return { type: FileType.File, ctime: 0, mtime: 0, size: content.length };
    if (this.#entriesOf(path).size === 0) throw FileSystemError.FileNotFound(path);
    return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory({ path }: Uri): [string, FileType][] {
    return [...this.#entriesOf(path)];
  }

  readFile({ path }: Uri): Uint8Array {
    const content = this.#files.get(path);
    if (content === undefined) throw FileSystemError.FileNotFound(path);
    return content;
  }

  writeFile(uri: Uri, content: Uint8Array): void {
    const type = this.#files.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
    this.#files.set(uri.path, content);
    this.#changes.fire([{ type, uri }]);
  }

  watch() {
    return { dispose: () => {} };
  }

  /** Folders are where files are. */
  createDirectory(): void {}

  delete(): never {
    throw FileSystemError.NoPermissions();
  }

  rename(): never {
    throw FileSystemError.NoPermissions();
  }

  #entriesOf(folder: string): Map<string, FileType> {
    const inside = folder.endsWith('/') ? folder : `${folder}/`;
    const below = [...this.#files.keys()].filter((path) => path.startsWith(inside));
    return new Map(
      below.map((path) => {
        const [name = '', ...rest] = path.slice(inside.length).split('/');
        return [name, rest.length === 0 ? FileType.File : FileType.Directory];
      }),
    );
  }
}
