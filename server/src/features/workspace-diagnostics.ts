import {
  type CancellationToken,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Dependencies } from '../workspace/closed-files.ts';
import { canonicalUri } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { configurationDiagnostics } from './configuration-diagnostics.ts';
import type { DiagnosticsConverter } from './diagnostics.ts';
import type { OpenFileDiagnostics } from './open-file-diagnostics.ts';
import type { ResultIds } from './result-ids.ts';

/** What is remembered of a file that is not open. */
interface ClosedFile {
  readonly diagnostics: readonly Diagnostic[];
  readonly dependencies: Dependencies;
}

export type PreviousResultIds = readonly { readonly uri: string; readonly value: string }[];

/** The diagnostics of all files of the workspace, open or not. Only what has changed is read and checked again. */
export class WorkspaceDiagnostics {
  readonly #workspace: Workspace;
  readonly #open: OpenFileDiagnostics;
  readonly #converter: DiagnosticsConverter;
  readonly #resultIds: ResultIds;
  readonly #closed = new Map<string, ClosedFile>();

  constructor(
    workspace: Workspace,
    open: OpenFileDiagnostics,
    converter: DiagnosticsConverter,
    resultIds: ResultIds,
  ) {
    this.#workspace = workspace;
    this.#open = open;
    this.#converter = converter;
    this.#resultIds = resultIds;
  }

  /** Files that have been opened, or have changed or gone on disk. */
  forget(uris: readonly string[]): void {
    for (const uri of uris) this.#closed.delete(canonicalUri(uri));
  }

  /** What is known of files that are not open. */
  get closed(): readonly (readonly Diagnostic[])[] {
    return [...this.#closed.values()].map(({ diagnostics }) => diagnostics);
  }

  /** One report for each file; stops early when cancelled. */
  async *reports(
    previous: PreviousResultIds,
    token: CancellationToken,
  ): AsyncGenerator<WorkspaceDocumentDiagnosticReport> {
    const ids = new Map(previous.map(({ uri, value }) => [uri, value]));
    const reported = new Set<string>();
    const report = (uri: string, version: number | null, items: readonly Diagnostic[]) => {
      reported.add(uri);
      return this.#report(uri, version, items, ids.get(uri));
    };
    for (const { uri, version } of this.#workspace.openFiles) {
      yield report(uri, version, this.#open.of(uri) ?? []);
    }
    const inCharts = await this.#inCharts(token);
    for (const uri of this.#workspace.closedManifests) {
      if (token.isCancellationRequested) return;
      const own = await this.#ofClosed(uri);
      const diagnostics = [...(own ?? []), ...(inCharts.get(uri) ?? [])];
      if ((own !== undefined || inCharts.has(uri)) && !reported.has(uri))
        yield report(uri, null, diagnostics);
    }
    for (const [uri, diagnostics] of inCharts) if (!reported.has(uri)) yield report(uri, null, diagnostics);
    for (const source of await this.#workspace.configurations.sources()) {
      if (reported.has(source.uri)) continue;
      const evidence = this.#workspace.evidenceFindings(source);
      yield report(source.uri, null, configurationDiagnostics(source, evidence));
    }
    // What the client still shows of files that are gone.
    for (const { uri } of previous) if (!reported.has(uri)) yield report(uri, null, []);
  }

  async #inCharts(token: CancellationToken): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
    const diagnostics = new Map<string, readonly Diagnostic[]>();
    for await (const file of this.#workspace.closedChartFiles()) {
      if (token.isCancellationRequested) break;
      diagnostics.set(file.uri, this.#converter.of(file));
    }
    return diagnostics;
  }

  async #ofClosed(uri: string): Promise<readonly Diagnostic[] | undefined> {
    const known = this.#closed.get(uri);
    if (known !== undefined && this.#workspace.closedFiles.isUpToDate(uri, known.dependencies))
      return known.diagnostics;
    const checked = await this.#workspace.closedFiles.check(uri);
    if (checked === undefined) return undefined;
    const diagnostics = this.#converter.of(checked.file);
    this.#closed.set(uri, { diagnostics, dependencies: checked.dependencies });
    return diagnostics;
  }

  #report(
    uri: string,
    version: number | null,
    items: readonly Diagnostic[],
    previous: string | undefined,
  ): WorkspaceDocumentDiagnosticReport {
    const resultId = this.#resultIds.idOf(uri, items);
    return resultId === previous
      ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items: [...items] };
  }
}
