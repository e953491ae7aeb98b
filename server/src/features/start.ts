import {
  CodeActionKind,
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Rule } from '../rules/rule.ts';
import { Workspace } from '../workspace/workspace.ts';
import { type Client, clientOf } from './client-capabilities.ts';
import { CodeActions } from './code-actions.ts';
import { DiagnosticsConverter } from './diagnostics.ts';
import { hoverAt } from './hover.ts';
import { FIX_ALL_KIND, SETTINGS_SECTION } from './protocol.ts';

/** What the entry points give: everything that differs between Node, browsers and tests. */
export interface Runtime {
  readonly rules: readonly Rule[];
  /** The date, `YYYY-MM-DD`. */
  today(): string;
}

const LANGUAGES = new Set(['yaml', 'json', 'jsonc', 'helm']);

/** Wires a language server to a connection and starts to listen. */
export function startServer(connection: Connection, runtime: Runtime): void {
  connection.onInitialize((params) => initialize(connection, runtime, params));
  connection.listen();
}

function initialize(connection: Connection, runtime: Runtime, params: InitializeParams): InitializeResult {
  const client = clientOf(params.capabilities);
  const workspace = new Workspace({
    rules: runtime.rules,
    today: runtime.today,
    onFailure: (name, error) => connection.console.error(`${name} failed: ${placeOf(error)}`),
  });
  wireDiagnostics(connection, client, workspace);
  wireCodeActions(connection, client, workspace);
  wireHover(connection, client, workspace, runtime.rules);
  return {
    serverInfo: { name: 'kube-safeguards' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND], resolveProvider: true },
      ...(client.pullsDiagnostics && {
        diagnosticProvider: {
          identifier: SETTINGS_SECTION,
          interFileDependencies: true,
          workspaceDiagnostics: false,
        },
      }),
    },
  };
}

function wireDiagnostics(connection: Connection, client: Client, workspace: Workspace): void {
  const converter = new DiagnosticsConverter({ relatedInformation: client.relatedInformation });
  const publish = (uri: string) => {
    if (client.pullsDiagnostics) return;
    const file = workspace.check(uri);
    const version = workspace.file(uri)?.version;
    if (file === undefined || version === undefined) return;
    void connection.sendDiagnostics({ uri, version, diagnostics: converter.of(file) });
  };

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    if (!LANGUAGES.has(languageId)) return;
    workspace.open(uri, languageId, version, text);
    publish(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    workspace.change(uri, version, contentChanges);
    publish(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    if (workspace.file(uri) === undefined) return;
    workspace.close(uri);
    if (!client.pullsDiagnostics) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.languages.diagnostics.on(({ textDocument: { uri } }): DocumentDiagnosticReport => {
    const file = workspace.check(uri);
    return { kind: DocumentDiagnosticReportKind.Full, items: file === undefined ? [] : converter.of(file) };
  });
}

function wireCodeActions(connection: Connection, client: Client, workspace: Workspace): void {
  const codeActions = new CodeActions(workspace, client.codeActions);
  connection.onCodeAction((params) => codeActions.at(params));
  connection.onCodeActionResolve((action) => codeActions.resolve(action));
}

function wireHover(
  connection: Connection,
  client: Client,
  workspace: Workspace,
  rules: readonly Rule[],
): void {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  connection.onHover(({ textDocument: { uri }, position }) => {
    const file = workspace.check(uri);
    if (file === undefined) return null;
    return hoverAt(file, position, (id) => byId.get(id), client.markup) ?? null;
  });
}

/** Where an error was thrown, without its message, which may quote a document. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 5)].join('\n');
}
