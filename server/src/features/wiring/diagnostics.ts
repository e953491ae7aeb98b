/** Findings as diagnostics, of open files and of the whole workspace, for clients that ask for them. */

import {
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Session } from '../session.ts';
import { delay } from '../timing.ts';
import type { PreviousResultIds } from '../workspace-diagnostics.ts';

export function wireDiagnostics(connection: Connection, session: Session): void {
  const { containment, diagnostics, refresher, resultIds, workspace } = session;
  const report = (uri: string, previousResultId: string | undefined): DocumentDiagnosticReport => {
    const items = diagnostics.of(uri) ?? [];
    refresher.given(uri, items);
    const resultId = resultIds.idOf(uri, items);
    return resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  };
  const reconfigure = async (uri: string) => {
    if (await diagnostics.reconfigure(uri)) session.tellChanged();
  };
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

  connection.languages.diagnostics.on(
    containment.handler('diagnostic', nothing, ({ textDocument: { uri }, previousResultId }) => {
      session.follow();
      if (session.openings.isReady(uri) && !workspace.isConfigurationFile(uri))
        return report(uri, previousResultId);
      return session.openings
        .whenReady(uri)
        .then(() => reconfigure(uri))
        .then(() => report(uri, previousResultId));
    }),
  );
}

/** Files told of at once, while a client takes them as they come. */
const REPORTED_AT_ONCE = 100;

/** Looking at all files again waits for so many times as long as it took the last time, up to so many ms: then most of the time is for what is typed. */
const REST = 4;
const LONGEST_REST = 2000;

/** Answers with all files; a client that takes partial results is answered when there is something new. */
export function wireWorkspaceDiagnostics(connection: Connection, session: Session): void {
  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token, _, partial) =>
    session.containment.answer('workspace diagnostics', () =>
      newsFor(session, previousResultIds, token, partial),
    ),
  );
}

async function newsFor(
  session: Session,
  previous: PreviousResultIds,
  token: CancellationToken,
  partial: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
): Promise<WorkspaceDiagnosticReport> {
  await session.whenRead();
  while (!token.isCancellationRequested) {
    const started = performance.now();
    let items: WorkspaceDocumentDiagnosticReport[] = [];
    let isNew = partial === undefined;
    for await (const report of session.workspaceDiagnostics.reports(previous, token)) {
      if (partial === undefined || report.kind === DocumentDiagnosticReportKind.Full) items.push(report);
      if (partial === undefined || items.length < REPORTED_AT_ONCE) continue;
      partial.report({ items });
      isNew = true;
      items = [];
    }
    if (isNew || items.length > 0) {
      partial?.report({ items });
      session.follow();
      return { items: partial === undefined ? items : [] };
    }
    const took = performance.now() - started;
    await session.whenChanged(token);
    await delay(Math.min(REST * took, LONGEST_REST));
  }
  return { items: [] };
}
