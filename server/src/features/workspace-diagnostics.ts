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
import { FindingCounts } from './finding-counts.ts';
import type { OpenFileDiagnostics } from './open-file-diagnostics.ts';
import { postureFindings } from './posture.ts';
import type { PostureFile, PostureFinding } from './protocol.ts';
import type { ResultIds } from './result-ids.ts';
import { nextTurn, Turns } from './timing.ts';

/** What is remembered of a file that is not open. */
interface ClosedFile {
  readonly diagnostics: readonly Diagnostic[];
  readonly findings: readonly PostureFinding[];
  readonly dependencies: Dependencies;
}

/** What charts say of a file that is not open. */
type InChart = Pick<ClosedFile, 'diagnostics' | 'findings'>;

export type PreviousResultIds = readonly { readonly uri: string; readonly value: string }[];

/** The diagnostics of all files of the workspace, open or not. Only what has changed is read and checked again. */
export class WorkspaceDiagnostics {
  readonly #workspace: Workspace;
  readonly #open: OpenFileDiagnostics;
  readonly #converter: DiagnosticsConverter;
  readonly #resultIds: ResultIds;
  readonly #closed = new Map<string, ClosedFile>();
  /** As of the last time that the charts were looked at; undefined before. */
  #charts: ReadonlyMap<string, InChart> | undefined;

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

  /** Files that are not open, of which something is known, and how many findings they have. */
  countClosed(): { readonly files: number; readonly counts: FindingCounts } {
    const counts = new FindingCounts();
    let files = this.#closed.size;
    for (const { findings } of this.#closed.values()) counts.addAll(findings);
    for (const [uri, { findings }] of this.#closedInCharts) {
      counts.addAll(findings);
      if (!this.#closed.has(uri)) files++;
    }
    return { files, counts };
  }

  /** The findings of all files, open or not; stops early when cancelled. */
  async posture(token: CancellationToken): Promise<PostureFile[]> {
    const files: PostureFile[] = [];
    const tell = (uri: string, findings: readonly PostureFinding[]) => {
      const unit = this.#workspace.unitOf(uri);
      if (findings.length > 0) files.push({ uri, findings, ...(unit !== undefined && { unit }) });
    };
    for (const { uri } of this.#workspace.openFiles) {
      const file = this.#workspace.check(uri);
      if (file !== undefined) tell(uri, postureFindings(file));
    }
    if (this.#charts === undefined) await this.#inCharts(token);
    await this.#buildOverlays(token);
    const closed = this.#closedFiles;
    this.#keepOnly(closed);
    const turns = new Turns();
    for (const uri of closed) {
      if (token.isCancellationRequested) return files;
      await this.#ofClosed(uri);
      await turns.next();
    }
    const inCharts = this.#closedInCharts;
    for (const uri of new Set([...closed, ...inCharts.keys()]))
      tell(uri, [...(this.#closed.get(uri)?.findings ?? []), ...(inCharts.get(uri)?.findings ?? [])]);
    return files;
  }

  get #closedInCharts(): ReadonlyMap<string, InChart> {
    const open = new Set(this.#workspace.openFiles.map(({ uri }) => canonicalUri(uri)));
    return new Map([...(this.#charts ?? [])].filter(([uri]) => !open.has(uri)));
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
    await this.#buildOverlays(token);
    for (const { uri, version } of this.#workspace.openFiles) {
      yield report(uri, version, this.#open.of(uri) ?? []);
    }
    const inCharts = await this.#inCharts(token);
    const closed = this.#closedFiles;
    this.#keepOnly(closed);
    const turns = new Turns();
    for (const uri of closed) {
      await turns.next();
      if (token.isCancellationRequested) return;
      const own = await this.#ofClosed(uri);
      const diagnostics = [...(own ?? []), ...(inCharts.get(uri)?.diagnostics ?? [])];
      if ((own !== undefined || inCharts.has(uri)) && !reported.has(uri))
        yield report(uri, null, diagnostics);
    }
    for (const [uri, { diagnostics }] of inCharts)
      if (!reported.has(uri)) yield report(uri, null, diagnostics);
    for (const source of await this.#workspace.configurations.sources()) {
      if (reported.has(source.uri)) continue;
      const evidence = this.#workspace.evidenceFindings(source);
      yield report(
        source.uri,
        null,
        configurationDiagnostics(source, evidence, (rule) => this.#converter.pageOf(rule)),
      );
    }
    // What the client still shows of files that are gone.
    for (const { uri } of previous) if (!reported.has(uri)) yield report(uri, null, []);
  }

  get #closedFiles(): ReadonlySet<string> {
    return new Set([...this.#workspace.closedManifests, ...this.#workspace.closedInOverlays]);
  }

  /** Files may go with their folder, of which alone is told, or count no longer. */
  #keepOnly(closed: ReadonlySet<string>): void {
    for (const uri of this.#closed.keys()) if (!closed.has(uri)) this.#closed.delete(uri);
  }

  /** What kustomizations deploy comes before the first finding, or findings would come and go. */
  async #buildOverlays(token: CancellationToken): Promise<void> {
    while (!token.isCancellationRequested && (await this.#workspace.buildNextOverlay())) await nextTurn();
  }

  async #inCharts(token: CancellationToken): Promise<ReadonlyMap<string, InChart>> {
    const found = new Map<string, InChart>();
    for await (const file of this.#workspace.closedChartFiles()) {
      if (token.isCancellationRequested) return found;
      found.set(file.uri, { diagnostics: this.#converter.of(file), findings: postureFindings(file) });
    }
    this.#charts = found;
    return found;
  }

  async #ofClosed(uri: string): Promise<readonly Diagnostic[] | undefined> {
    const known = this.#closed.get(uri);
    const dependencies = known && this.#workspace.closedFiles.stillGood(uri, known.dependencies);
    if (known !== undefined && dependencies !== undefined) {
      if (dependencies !== known.dependencies) this.#closed.set(uri, { ...known, dependencies });
      return known.diagnostics;
    }
    const checked = await this.#workspace.closedFiles.check(uri);
    if (checked === undefined) return undefined;
    const diagnostics = this.#converter.of(checked.file);
    const findings = postureFindings(checked.file);
    this.#closed.set(uri, { diagnostics, findings, dependencies: checked.dependencies });
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
