/** What the commands that begin something share. */

import { type Uri, window, workspace } from 'vscode';
import { t } from '../l10n.ts';

/** The workspace folder to work in; undefined when there is none, or none was picked. */
export async function pickFolder(): Promise<Uri | undefined> {
  const { workspaceFolders = [] } = workspace;
  if (workspaceFolders.length > 1) return (await window.showWorkspaceFolderPick())?.uri;
  const [only] = workspaceFolders;
  if (only === undefined)
    void window.showErrorMessage(t('Open a folder first: the files have to go somewhere.'));
  return only?.uri;
}

export async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
