/** Entry point in VS Code for the Web: the server is a worker. */

import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { ID, startClient } from './client.ts';

let client: LanguageClient | undefined;
let worker: Worker | undefined;

export function activate(context: ExtensionContext): LanguageClient {
  const script = Uri.joinPath(context.extensionUri, 'dist/web/server.js').toString(true);
  const startServer = async () => {
    worker?.terminate();
    worker = new Worker(script);
    return worker;
  };
  client = startClient(context, {
    schemes: ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-test-web'],
    makeClient: (options) => new LanguageClient(ID, 'Kube Safeguards', startServer, options),
  });
  return client;
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
  worker?.terminate();
}
