/** Entry point in VS Code for the Web: the server is a worker. */

import { type ExtensionContext, Uri, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { startClient } from './client.ts';

/** The core of the server, which Node has as well, and what it needs in a worker. */
const SCRIPTS = ['dist/core.js', 'dist/web/server.js'];

let client: LanguageClient | undefined;
let stopServer = () => {};

export function activate(context: ExtensionContext): LanguageClient {
  const startServer = async (): Promise<MessageTransports> => {
    stopServer();
    const worker = await startWorker(SCRIPTS.map((script) => Uri.joinPath(context.extensionUri, script)));
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  client = startClient(context, {
    makeClient: (id, name, options) => new LanguageClient(id, name, startServer, options),
    initializationOptions: { schemas: Uri.joinPath(context.extensionUri, 'dist/schemas').toString() },
  });
  return client;
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
  stopServer();
}

/** Workers cannot be loaded from where remote extensions are installed; a copy in memory works everywhere. */
async function startWorker(scripts: readonly Uri[]): Promise<Worker> {
  const texts = await Promise.all(scripts.map((script) => workspace.fs.readFile(script)));
  const parts = texts.flatMap((text) => [text as BlobPart, '\n']);
  const code = new Blob(parts, { type: 'text/javascript' });
  const address = URL.createObjectURL(code);
  const worker = new Worker(address);
  // Not before: the editor may load the copy after the worker has been made.
  stopServer = () => {
    worker.terminate();
    URL.revokeObjectURL(address);
  };
  return worker;
}
