import type { Diagnostic } from 'vscode-languageserver';
import { saysTheSame } from '../workspace/structural-equality.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { OpenFileDiagnostics } from './open-file-diagnostics.ts';

/**
 * Has clients that ask for diagnostics ask again for those of open files that have changed by an edit of another file. By themselves they take their time
 * for files that are not being edited: VS Code half a second for each.
 */
export class Refresher {
  readonly #workspace: Workspace;
  readonly #diagnostics: OpenFileDiagnostics;
  readonly #refresh: () => void;
  /** What the client has, or has been told to ask for, by URI. */
  readonly #known = new Map<string, { version: number; diagnostics: readonly Diagnostic[] }>();

  constructor(workspace: Workspace, diagnostics: OpenFileDiagnostics, refresh: () => void) {
    this.#workspace = workspace;
    this.#diagnostics = diagnostics;
    this.#refresh = refresh;
  }

  /** The client has asked for a file's diagnostics, and got these. */
  given(uri: string, diagnostics: readonly Diagnostic[]): void {
    const version = this.#workspace.file(uri)?.version;
    if (version !== undefined) this.#known.set(uri, { version, diagnostics });
  }

  /** Has the client ask again when there is something new to hear. For files that it has edited since, it asks anyway. */
  refresh(): void {
    let isNew = false;
    for (const { uri, version } of this.#workspace.openFiles) {
      const known = this.#known.get(uri);
      if (known?.version !== version) continue;
      const diagnostics = this.#diagnostics.of(uri) ?? [];
      if (saysTheSame(known.diagnostics, diagnostics)) continue;
      this.#known.set(uri, { version, diagnostics });
      isNew = true;
    }
    if (isNew) this.#refresh();
  }

  forget(uri: string): void {
    this.#known.delete(uri);
  }
}
