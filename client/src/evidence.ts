/** The evidence report of the workspace: a page that the server makes, shown as it is, without scripts. */

import {
  commands,
  type Disposable,
  ProgressLocation,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CLUSTER_POLICIES_REQUEST,
  EVIDENCE_REPORT_REQUEST,
  type EvidenceReportParams,
  SETTINGS_SECTION,
} from '../../server/src/features/protocol.ts';
import { t } from './l10n.ts';

type Format = EvidenceReportParams['format'];

export function registerEvidence(client: BaseLanguageClient): Disposable[] {
  let panel: WebviewPanel | undefined;
  const show = async () => {
    const page = await reportFrom(client, 'html');
    if (page === undefined) return;
    if (panel === undefined) {
      panel = window.createWebviewPanel(
        `${SETTINGS_SECTION}.evidence`,
        t('Evidence Report'),
        ViewColumn.Active,
        {
          enableFindWidget: true,
          enableScripts: false,
          localResourceRoots: [],
        },
      );
      panel.onDidDispose(() => {
        panel = undefined;
      });
    } else panel.reveal();
    panel.webview.html = page;
  };
  return [
    commands.registerCommand(`${SETTINGS_SECTION}.showEvidenceReport`, show),
    commands.registerCommand(`${SETTINGS_SECTION}.saveEvidenceReport`, () => save(client)),
    commands.registerCommand(`${SETTINGS_SECTION}.exportClusterPolicies`, () => showPolicies(client)),
  ];
}

/** The report, while the editor says that it is being made. Undefined, which is said too, when it cannot be. */
async function reportFrom(client: BaseLanguageClient, format: Format): Promise<string | undefined> {
  const params: EvidenceReportParams = { format };
  const ask = async () =>
    client.needsStart() ? null : client.sendRequest<string | null>(EVIDENCE_REPORT_REQUEST, params);
  const title = t('Gathering evidence');
  const report = await window.withProgress({ location: ProgressLocation.Notification, title }, ask);
  if (report === null) void window.showWarningMessage(t('The evidence report could not be made.'));
  return report ?? undefined;
}

/** Formats with the ends of their files. */
const FORMATS: readonly { readonly label: string; readonly format: Format; readonly end: string }[] = [
  { label: 'HTML', format: 'html', end: 'html' },
  { label: 'Markdown', format: 'md', end: 'md' },
  { label: 'CSV', format: 'csv', end: 'csv' },
  { label: 'OSCAL', format: 'oscal', end: 'json' },
  { label: 'SARIF', format: 'sarif', end: 'sarif' },
  { label: 'JUnit', format: 'junit', end: 'xml' },
];

/** Asks for a format and a file, and writes the report there. */
async function save(client: BaseLanguageClient): Promise<void> {
  const chosen = await window.showQuickPick(FORMATS, { placeHolder: t('In which form?') });
  if (chosen === undefined) return;
  const { format, label, end } = chosen;
  const [folder] = workspace.workspaceFolders ?? [];
  const uri = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder.uri, `evidence.${end}`) }),
    filters: { [label]: [end] },
  });
  if (uri === undefined) return;
  const report = await reportFrom(client, format);
  if (report === undefined) return;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(report)).then(
    () =>
      window.showInformationMessage(
        t('The evidence report is written to {0}.', workspace.asRelativePath(uri)),
      ),
    () => window.showErrorMessage(t('{0} cannot be written.', workspace.asRelativePath(uri))),
  );
}

/** Policies are shown as a new file, which the user saves where it belongs. */
async function showPolicies(client: BaseLanguageClient): Promise<void> {
  if (client.needsStart()) return;
  const content = await client.sendRequest<string | null>(CLUSTER_POLICIES_REQUEST);
  if (content === null) return;
  await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content }));
}
