import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { ClientFileSystem } from './features/client-file-system.ts';
import { FilesByScheme } from './features/files-by-scheme.ts';
import { startServer } from './features/start.ts';
import { rules } from './rules/index.ts';
import { connectionOverStdio } from './stdio.ts';
import { NodeFileSystem } from './workspace/node-file-system.ts';
import { favorSpeed } from './workspace/node-memory.ts';
import { readSchemas } from './workspace/node-schemas.ts';

const connection = process.argv.includes('--stdio')
  ? connectionOverStdio()
  : createConnection(ProposedFeatures.all);
const fileSystem = new FilesByScheme(new NodeFileSystem(), new ClientFileSystem(connection));

startServer(connection, {
  rules,
  schemas: readSchemas(),
  fileSystem,
  today: () => new Date().toISOString().slice(0, 10),
  prepare: async ({ readsFiles }) => {
    fileSystem.clientAnswers = readsFiles === true;
  },
  favorSpeed,
});
