/** What the commands that begin something share. */

import { type Uri, window, workspace } from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';

/** Whether the server can be asked, once it has started; if not, the person is told. The command may be what woke the extension. */
export async function whenRunning(client: BaseLanguageClient): Promise<boolean> {
  if (client.state === State.Starting) await client.start();
  if (client.isRunning()) return true;
  void window.showErrorMessage('The server of Kube Safeguards is not running.');
  return false;
}

/** The workspace folder to work in; undefined when there is none, or none was picked. */
export async function pickFolder(): Promise<Uri | undefined> {
  const { workspaceFolders = [] } = workspace;
  if (workspaceFolders.length > 1) return (await window.showWorkspaceFolderPick())?.uri;
  const [only] = workspaceFolders;
  if (only === undefined)
    void window.showErrorMessage('Open a folder first: the files have to go somewhere.');
  return only?.uri;
}

export async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
