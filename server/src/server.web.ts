import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './features/start.ts';
import { rules } from './rules/index.ts';
import { NO_FILES } from './workspace/file-system.ts';

const worker = self as DedicatedWorkerGlobalScope;

startServer(createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker)), {
  rules,
  fileSystem: NO_FILES,
  today: () => new Date().toISOString().slice(0, 10),
});
