import type { FileContent } from '../../server/src/workspace/file-system.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

/** A disk that is slow with a file when it is told to be; what it then gives is what the file was. */
export class SlowFileSystem extends MemoryFileSystem {
  #slow: { readonly uri: string; readonly until: Promise<void> } | undefined;

  /** @returns what lets reading the file go on */
  hold(uri: string): () => void {
    let goOn = () => {};
    const until = new Promise<void>((done) => {
      goOn = done;
    });
    this.#slow = { uri, until };
    return goOn;
  }

  override async read(uri: string, maxSize: number): Promise<FileContent | undefined> {
    const content = super.read(uri, maxSize);
    if (uri === this.#slow?.uri) await this.#slow.until;
    return content;
  }
}
