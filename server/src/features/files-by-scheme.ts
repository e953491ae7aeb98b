import type { FileContent, FileSystem, FolderEntry } from '../workspace/file-system.ts';

/** Files on disk; and those of the editor's virtual file systems, such as repositories that nobody has cloned, where the client answers for them. */
export class FilesByScheme implements FileSystem {
  readonly #disk: Required<FileSystem>;
  readonly #virtual: Required<FileSystem>;
  #clientAnswers = false;

  constructor(disk: Required<FileSystem>, virtual: Required<FileSystem>) {
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
    return this.#of(uri)?.readBytes(uri, maxSize, boundary);
  }

  async list(uri: string): Promise<readonly FolderEntry[] | undefined> {
    return this.#of(uri)?.list(uri);
  }

  #of(uri: string): Required<FileSystem> | undefined {
    if (/^file:/i.test(uri)) return this.#disk;
    return this.#clientAnswers ? this.#virtual : undefined;
  }
}
