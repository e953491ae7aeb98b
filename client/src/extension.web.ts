/** Entry point in VS Code for the Web: the server is a worker. */

import { type ExtensionContext, Uri, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { startClient } from './client.ts';
import { answerFileRequests } from './files.ts';

let client: LanguageClient | undefined;
let worker: Worker | undefined;

export function activate(context: ExtensionContext): LanguageClient {
  const startServer = async (): Promise<MessageTransports> => {
    worker?.terminate();
    worker = await startWorker(Uri.joinPath(context.extensionUri, 'dist/web/server.js'));
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  client = startClient(context, {
    schemes: ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-test-web'],
    makeClient: (id, name, options) => new LanguageClient(id, name, startServer, options),
    initializationOptions: { schemas: Uri.joinPath(context.extensionUri, 'dist/schemas').toString() },
    register: answerFileRequests,
  });
  return client;
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
  worker?.terminate();
}

/** Workers cannot be loaded from where remote extensions are installed; a copy in memory works everywhere. */
async function startWorker(script: Uri): Promise<Worker> {
  const code = new Blob([(await workspace.fs.readFile(script)) as BlobPart], { type: 'text/javascript' });
  const address = URL.createObjectURL(code);
  return new Worker(address);
}
