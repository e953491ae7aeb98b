import type { Diagnostic } from 'vscode-languageserver';
import type { ConfigurationSource } from '../workspace/configurations.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { configurationDiagnostics } from './configuration-diagnostics.ts';
import { type DiagnosticsConverter, noteAt } from './diagnostics.ts';
import { FileDiagnostics } from './file-diagnostics.ts';
import { nameNotes } from './names.ts';
import { skipNote } from './skip-note.ts';

/** The diagnostics of open files, whether they are asked for or pushed. */
export class OpenFileDiagnostics {
  readonly #workspace: Workspace;
  readonly #converter: DiagnosticsConverter;
  /** By URI. */
  readonly #files = new Map<string, FileDiagnostics>();
  /** What open configuration files say. */
  readonly #configurations = new Map<string, ConfigurationSource>();

  constructor(workspace: Workspace, converter: DiagnosticsConverter) {
    this.#workspace = workspace;
    this.#converter = converter;
  }

  /** Undefined when the file is not open. */
  of(uri: string): Diagnostic[] | undefined {
    const file = this.#workspace.check(uri);
    if (file === undefined) return undefined;
    if (file.skipped !== undefined) return [noteAt(0, 'file-skipped', skipNote(file.skipped))];
    const configuration = this.#configurations.get(uri);
    if (configuration === undefined) {
      const found = this.#fileAt(uri).of(file);
      const notes = nameNotes(this.#workspace.names, uri);
      return notes.length === 0 ? found : [...found, ...notes];
    }
    const evidence = this.#workspace.evidenceFindings(configuration);
    return configurationDiagnostics(configuration, evidence, (rule) => this.#converter.pageOf(rule));
  }

  #fileAt(uri: string): FileDiagnostics {
    let file = this.#files.get(uri);
    if (file === undefined) {
      file = new FileDiagnostics(this.#converter);
      this.#files.set(uri, file);
    }
    return file;
  }

  /** Takes the present text of a configuration file; tells whether the findings of other files may have changed. */
  async reconfigure(uri: string): Promise<boolean> {
    const result = await this.#workspace.reconfigure(uri);
    if (result === undefined) return false;
    this.#configurations.set(uri, result.source);
    return result.isChanged;
  }

  close(uri: string): void {
    this.#configurations.delete(uri);
    this.#files.delete(uri);
  }
}
