/** The part of the extension that desktop and web share: the language client, its commands and its settings. */

import {
  commands,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { type InitializationOptions, SETTINGS_SECTION } from '../../server/src/features/protocol.ts';
import { registerEvidence } from './evidence.ts';
import { EXPLAIN_COMMAND, registerExplain } from './explain.ts';
import { answerFileRequests } from './files.ts';
import { findingsToldOnce } from './others/findings-told-once.ts';
import { SayOnce } from './others/say-once.ts';
import { registerDecorations } from './posture/decorations.ts';
import { showStatusItem } from './posture/status-item.ts';
import { registerPosture } from './posture/view.ts';
import { registerPreview } from './preview.ts';
import { RULE_PAGE_SCHEME, registerRulePages } from './rule-pages.ts';
import { registerInitialize } from './scaffold/initialize.ts';
import { registerNewService } from './scaffold/new-service.ts';
import { errorHandlerFor, ServerLife } from './server-life.ts';
import { showStatus } from './status.ts';
import { StatusUpdates } from './status-updates.ts';

/**
 * Schemes of the documents that are checked, beside those of the workspace folders: files on disk, unsaved ones, and repositories that are
 * edited without a clone. Others (diffs, output) are only views of these.
 */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-test-web'];
/** `helm` is contributed by other extensions; without them, templates are `yaml`. */
const LANGUAGES = ['yaml', 'helm', 'json', 'jsonc'];

/** What desktop and web do differently. */
export interface Platform<Client extends BaseLanguageClient> {
  /** `id` is also the section of the settings which the client itself reads. */
  makeClient(id: string, name: string, options: LanguageClientOptions): Client;
  /** What the server has to be told here beyond what it is told everywhere. */
  initializationOptions?: InitializationOptions;
}

/** Starts the server unless the user switched it off, and follows that setting from then on. */
export function startClient<Client extends BaseLanguageClient>(
  context: ExtensionContext,
  platform: Platform<Client>,
): Client {
  const output = window.createOutputChannel('Kube Safeguards', { log: true });
  const selector = LANGUAGES.flatMap((language) => checkedSchemes().map((scheme) => ({ language, scheme })));
  const sayOnce = new SayOnce(() => client);
  const client: Client = platform.makeClient(SETTINGS_SECTION, 'Kube Safeguards', {
    documentSelector: selector,
    outputChannel: output,
    errorHandler: errorHandlerFor(() => client),
    middleware: sayOnce.middleware,
    diagnosticCollectionProvider: findingsToldOnce,
    // Links of hovers to pages of rules, and no other commands: hovers speak of what stands in manifests.
    markdown: { isTrusted: { enabledCommands: [EXPLAIN_COMMAND] } },
    initializationOptions: (): InitializationOptions => ({
      trusted: workspace.isTrusted,
      readsFiles: true,
      rulePages: RULE_PAGE_SCHEME,
      explainCommand: EXPLAIN_COMMAND,
      ...(l10n.bundle !== undefined && { texts: l10n.bundle }),
      ...platform.initializationOptions,
    }),
  });
  const life = new ServerLife(client);
  const updates = new StatusUpdates(client);
  context.subscriptions.push(
    output,
    sayOnce,
    client.onDidChangeState(() => sayOnce.forget()),
    life,
    updates,
    showStatus(client, selector, updates),
    ...showStatusItem(client, updates),
    ...registerPosture(client, updates, context.workspaceState),
    ...registerDecorations(),
    ...registerCommands(life, output),
    ...registerPreview(client),
    registerRulePages(context.extensionUri),
    registerExplain(client),
    ...registerNewService(client),
    registerInitialize(client),
    ...registerEvidence(client),
    ...answerFileRequests(client),
    workspace.onDidGrantWorkspaceTrust(() => void life.restart()),
  );
  // Not awaited: the editor does not wait for the server.
  void life.follow();
  return client;
}

function checkedSchemes(): string[] {
  const opened = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return [...new Set([...SCHEMES, ...opened])];
}

function registerCommands(life: ServerLife, output: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand(`${SETTINGS_SECTION}.restartServer`, () => life.restart()),
    commands.registerCommand(`${SETTINGS_SECTION}.showOutput`, () => output.show()),
  ];
}
