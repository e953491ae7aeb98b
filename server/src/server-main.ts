import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './features/start.ts';
import { rules } from './rules/index.ts';
import { NodeFileSystem } from './workspace/node-file-system.ts';
import { readSchemas } from './workspace/node-schemas.ts';

startServer(createConnection(ProposedFeatures.all), {
  rules,
  schemas: readSchemas(),
  fileSystem: new NodeFileSystem(),
  today: () => new Date().toISOString().slice(0, 10),
});
