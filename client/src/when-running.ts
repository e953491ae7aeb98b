import { window } from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { t } from './l10n.ts';

/** Whether the server can be asked, once it has started; if not, the person is told. The command may be what woke the extension. */
export async function whenRunning(client: BaseLanguageClient): Promise<boolean> {
  if (client.state === State.Starting) await client.start();
  if (client.isRunning()) return true;
  void window.showErrorMessage(t('The server of Kube Safeguards is not running.'));
  return false;
}
