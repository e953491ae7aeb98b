/** The evidence report of the workspace: a page that the server makes, shown as it is, without scripts. */

import {
  commands,
  type Disposable,
  ProgressLocation,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CLUSTER_POLICIES_REQUEST,
  EVIDENCE_REPORT_REQUEST,
  SETTINGS_SECTION,
} from '../../server/src/features/protocol.ts';
import { t } from './l10n.ts';

export function registerEvidence(client: BaseLanguageClient): Disposable[] {
  let panel: WebviewPanel | undefined;
  const show = async () => {
    const title = t('Gathering evidence');
    const page = await window.withProgress({ location: ProgressLocation.Notification, title }, () =>
      pageFrom(client),
    );
    if (page === undefined) {
      void window.showWarningMessage(t('The evidence report could not be made.'));
      return;
    }
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
    commands.registerCommand(`${SETTINGS_SECTION}.exportClusterPolicies`, () => showPolicies(client)),
  ];
}

async function pageFrom(client: BaseLanguageClient): Promise<string | undefined> {
  if (client.needsStart()) return undefined;
  return (await client.sendRequest<string | null>(EVIDENCE_REPORT_REQUEST)) ?? undefined;
}

/** Policies are shown as a new file, which the user saves where it belongs. */
async function showPolicies(client: BaseLanguageClient): Promise<void> {
  if (client.needsStart()) return;
  const content = await client.sendRequest<string | null>(CLUSTER_POLICIES_REQUEST);
  if (content === null) return;
  await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content }));
}
