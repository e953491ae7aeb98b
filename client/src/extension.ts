/** Entry point in desktop and remote VS Code: the server is a Node process. */

import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startClient } from './client.ts';

let client: LanguageClient | undefined;

/** The language client is also what other extensions and tests see as this extension's exports. */
export function activate(context: ExtensionContext): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  client = startClient(context, {
    makeClient: (id, name, options) => new LanguageClient(id, name, { run, debug }, options),
  });
  return client;
}

export function deactivate(): Promise<void> | undefined {
  return client?.dispose();
}
