import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './features/start.ts';
import { rules } from './rules/index.ts';

startServer(createConnection(ProposedFeatures.all), {
  rules,
  today: () => new Date().toISOString().slice(0, 10),
});
