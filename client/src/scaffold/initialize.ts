/** The command that proposes a configuration from what a workspace folder holds. */

import { commands, type Disposable, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FolderParams,
  PROPOSED_CONFIGURATION_REQUEST,
  SETTINGS_SECTION,
} from '../../../server/src/features/protocol.ts';
import { t } from '../l10n.ts';
import { whenRunning } from '../when-running.ts';
import { exists, pickFolder } from './folders.ts';

const FILE = '.kube-safeguards.yaml';
/** Is read, too. */
const OTHER_FILE = '.kube-safeguards.yml';

export function registerInitialize(client: BaseLanguageClient): Disposable {
  return commands.registerCommand(`${SETTINGS_SECTION}.initializeConfiguration`, async () => {
    if (!(await whenRunning(client))) return;
    const folder = await pickFolder();
    if (folder !== undefined) await initialize(client, folder);
  });
}

/** A configuration that is there already is shown as it is. */
async function initialize(client: BaseLanguageClient, folder: Uri): Promise<void> {
  const other = Uri.joinPath(folder, OTHER_FILE);
  const uri = (await exists(other)) ? other : Uri.joinPath(folder, FILE);
  if (!(await exists(uri))) {
    const params: FolderParams = { folder: client.code2ProtocolConverter.asUri(folder) };
    const text: string | null = await client.sendRequest(PROPOSED_CONFIGURATION_REQUEST, params);
    const edit = new WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(text ?? ''), overwrite: false });
    if (text === null || !(await workspace.applyEdit(edit))) {
      void window.showErrorMessage(t('{0} cannot be written.', FILE));
      return;
    }
  }
  await window.showTextDocument(uri, { preview: false });
}
