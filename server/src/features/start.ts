import {
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import {
  FIX_ALL_KIND,
  FIX_FINDINGS_COMMAND,
  HARDEN_KIND,
  REDACT_KIND,
  SETTINGS_SECTION,
} from './protocol.ts';
import { type Runtime, Session } from './session.ts';
import { wireDiagnostics, wireWorkspaceDiagnostics } from './wiring/diagnostics.ts';
import { COMPLETION_TRIGGERS, wireCharts, wireCompletion, wireHover, wireNavigation } from './wiring/help.ts';
import { wireFiles, wireLife } from './wiring/life.ts';
import { wireCodeActions, wireCodeLenses } from './wiring/repairs.ts';
import { wireBeginnings, wireEvidence, wirePosture } from './wiring/requests.ts';

export type { Runtime };

/** Wires a language server to a connection and starts to listen. Handlers are registered here and in `wiring/`, nowhere else. */
export function startServer(connection: Connection, runtime: Runtime): void {
  connection.onInitialize((params) => initialize(connection, runtime, params));
  connection.listen();
}

function initialize(connection: Connection, runtime: Runtime, params: InitializeParams): InitializeResult {
  const session = new Session(connection, runtime, params);
  wireLife(connection, session);
  wireFiles(connection, session);
  wireDiagnostics(connection, session);
  wireWorkspaceDiagnostics(connection, session);
  wireCodeActions(connection, session);
  wireHover(connection, session);
  wireCompletion(connection, session);
  wireCodeLenses(connection, session);
  wirePosture(connection, session);
  wireNavigation(connection, session);
  wireCharts(connection, session);
  wireEvidence(connection, session, runtime);
  wireBeginnings(connection, session, runtime);
  return {
    serverInfo: { name: 'kube-safeguards' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS] },
      definitionProvider: true,
      referencesProvider: true,
      documentLinkProvider: {},
      renameProvider: { prepareProvider: true },
      inlayHintProvider: true,
      codeLensProvider: {},
      ...(session.client.appliesEdits && {
        executeCommandProvider: { commands: [FIX_FINDINGS_COMMAND] },
      }),
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND, HARDEN_KIND, REDACT_KIND],
        resolveProvider: true,
      },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(session.client.pullsDiagnostics && {
        diagnosticProvider: {
          identifier: SETTINGS_SECTION,
          interFileDependencies: true,
          workspaceDiagnostics: true,
        },
      }),
    },
  };
}
