import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import { saysTheSame } from '../workspace/structural-equality.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { OpenFileDiagnostics } from './open-file-diagnostics.ts';

/** Pushes the diagnostics of open files to clients that do not ask for them. */
export class Publisher {
  readonly #workspace: Workspace;
  readonly #diagnostics: OpenFileDiagnostics;
  readonly #send: (params: PublishDiagnosticsParams) => void;
  readonly #sent = new Map<string, { version: number; diagnostics: readonly Diagnostic[] }>();

  constructor(
    workspace: Workspace,
    diagnostics: OpenFileDiagnostics,
    send: (params: PublishDiagnosticsParams) => void,
  ) {
    this.#workspace = workspace;
    this.#diagnostics = diagnostics;
    this.#send = send;
  }

  /** Sends the diagnostics of a file's present version, unless these have been sent. */
  publish(uri: string): void {
    const version = this.#workspace.file(uri)?.version;
    const diagnostics = this.#diagnostics.of(uri);
    if (version === undefined || diagnostics === undefined) return;
    const sent = this.#sent.get(uri);
    if (sent?.version === version && isSame(sent.diagnostics, diagnostics)) return;
    this.#sent.set(uri, { version, diagnostics });
    this.#send({ uri, version, diagnostics });
  }

  publishAll(): void {
    for (const { uri } of this.#workspace.openFiles) this.publish(uri);
  }

  clear(uri: string): void {
    if (this.#sent.delete(uri)) this.#send({ uri, diagnostics: [] });
  }
}

/** The same findings mostly give the same objects. */
function isSame(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  return a.length === b.length && a.every((diagnostic, index) => saysTheSame(diagnostic, b[index]));
}
