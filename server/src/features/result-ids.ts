import type { Diagnostic } from 'vscode-languageserver';
import { saysTheSame } from '../workspace/structural-equality.ts';

interface KnownResult {
  readonly id: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Names what each file was last said to have, so that clients hear the same only once. */
export class ResultIds {
  readonly #known = new Map<string, KnownResult>();
  #count = 0;

  /** The id of a file's diagnostics: the one of before as long as they say the same. */
  idOf(uri: string, diagnostics: readonly Diagnostic[]): string {
    const before = this.#known.get(uri);
    if (before !== undefined && saysTheSame(before.diagnostics, diagnostics)) return before.id;
    const id = String(++this.#count);
    this.#known.set(uri, { id, diagnostics });
    return id;
  }

  forget(uri: string): void {
    this.#known.delete(uri);
  }
}
