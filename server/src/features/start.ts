import {
  type ClientCapabilities,
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Rule } from '../rules/rule.ts';
import { Workspace } from '../workspace/workspace.ts';
import { DiagnosticsConverter } from './diagnostics.ts';
import { SETTINGS_SECTION } from './protocol.ts';

/** What the entry points give: everything that differs between Node, browsers and tests. */
export interface Runtime {
  readonly rules: readonly Rule[];
  /** The date, `YYYY-MM-DD`. */
  today(): string;
}

const LANGUAGES = new Set(['yaml', 'json', 'jsonc', 'helm']);

/** Wires a language server to a connection and starts to listen. */
export function startServer(connection: Connection, runtime: Runtime): void {
  const workspace = new Workspace({
    rules: runtime.rules,
    today: runtime.today,
    onFailure: (name, error) => connection.console.error(`${name} failed: ${placeOf(error)}`),
  });
  let converter = new DiagnosticsConverter({ relatedInformation: false });
  let pulls = false;

  connection.onInitialize(({ capabilities }): InitializeResult => {
    pulls = capabilities.textDocument?.diagnostic !== undefined;
    converter = new DiagnosticsConverter({
      relatedInformation: showsRelatedInformation(capabilities, pulls),
    });
    return {
      serverInfo: { name: 'kube-safeguards' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...(pulls && {
          diagnosticProvider: {
            identifier: SETTINGS_SECTION,
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }),
      },
    };
  });

  const publish = (uri: string) => {
    if (pulls) return;
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
    if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.languages.diagnostics.on(({ textDocument: { uri } }): DocumentDiagnosticReport => {
    const file = workspace.check(uri);
    return { kind: DocumentDiagnosticReportKind.Full, items: file === undefined ? [] : converter.of(file) };
  });

  connection.listen();
}

function showsRelatedInformation({ textDocument }: ClientCapabilities, pulls: boolean): boolean {
  const { diagnostic, publishDiagnostics } = textDocument ?? {};
  const options = pulls ? (diagnostic ?? publishDiagnostics) : publishDiagnostics;
  return options?.relatedInformation === true || publishDiagnostics?.relatedInformation === true;
}

/** Where an error was thrown, without its message, which may quote a document. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 5)].join('\n');
}
