import type { Connection } from 'vscode-languageserver';
import { decodeText, type FileContent, type FileSystem, type FolderEntry } from '../workspace/file-system.ts';
import {
  LIST_FOLDER_REQUEST,
  type ListFolderParams,
  READ_FILE_REQUEST,
  type ReadFileParams,
  type ReadFileResult,
} from './protocol.ts';

/** Files of the editor's virtual file system, where there is no disk, as in a browser. A client that answers no such questions has none. */
export class ClientFileSystem implements FileSystem {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async read(uri: string, maxSize: number): Promise<FileContent | undefined> {
    const answer = await this.#read(uri, maxSize);
    if (answer === null) return undefined;
    return 'skipped' in answer ? answer : decodeText(bytesOf(answer.base64));
  }

  async readBytes(uri: string, maxSize: number): Promise<Uint8Array | undefined> {
    const answer = await this.#read(uri, maxSize);
    return answer === null || 'skipped' in answer ? undefined : bytesOf(answer.base64);
  }

  async list(uri: string): Promise<readonly FolderEntry[] | undefined> {
    const params: ListFolderParams = { uri };
    return (await this.#ask<readonly FolderEntry[] | null>(LIST_FOLDER_REQUEST, params)) ?? undefined;
  }

  #read(uri: string, maxSize: number): Promise<ReadFileResult | null> {
    const params: ReadFileParams = { uri, maxSize };
    return this.#ask(READ_FILE_REQUEST, params);
  }

  async #ask<Result>(request: string, params: object): Promise<Result | null> {
    try {
      return await this.#connection.sendRequest<Result | null>(request, params);
    } catch {
      return null;
    }
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
