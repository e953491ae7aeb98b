import type { FileContent, FileSystem, FolderEntry, ResolvedPath } from '../workspace/file-system.ts';

/** Files on disk; and those of the editor's virtual file systems, such as repositories that nobody has cloned, where the client answers for them. */
export class FilesByScheme implements FileSystem {
  readonly #disk: FileSystem;
  readonly #virtual: FileSystem;
  #clientAnswers = false;

  constructor(disk: FileSystem, virtual: FileSystem) {
    this.#disk = disk;
    this.#virtual = virtual;
  }

  /** Other clients are not asked what they do not know. */
  set clientAnswers(answers: boolean) {
    this.#clientAnswers = answers;
  }

  async read(uri: string, maxSize: number, boundary: string): Promise<FileContent | undefined> {
    return this.#of(uri)?.read(uri, maxSize, boundary);
  }

  async readBytes(uri: string, maxSize: number, boundary: string): Promise<Uint8Array | undefined> {
    return this.#of(uri)?.readBytes?.(uri, maxSize, boundary);
  }

  async resolve(uri: string): Promise<ResolvedPath | undefined> {
    return this.#of(uri)?.resolve?.(uri);
  }

  async list(uri: string): Promise<readonly FolderEntry[] | undefined> {
    return this.#of(uri)?.list(uri);
  }

  #of(uri: string): FileSystem | undefined {
    if (/^file:/i.test(uri)) return this.#disk;
    return this.#clientAnswers ? this.#virtual : undefined;
  }
}
