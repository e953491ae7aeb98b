import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { ClientFileSystem } from './features/client-file-system.ts';
import { ClientSchemas } from './features/client-schemas.ts';
import { startServer } from './features/start.ts';
import { rules } from './rules/index.ts';

const worker = self as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
const fileSystem = new ClientFileSystem(connection);
const clientSchemas = new ClientSchemas(fileSystem);

startServer(connection, {
  rules,
  schemas: clientSchemas.schemas,
  fileSystem,
  today: () => new Date().toISOString().slice(0, 10),
  prepare: async ({ schemas }) => {
    if (schemas !== undefined) await clientSchemas.load(schemas);
  },
});
