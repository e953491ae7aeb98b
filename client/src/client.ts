/** The part of the extension that desktop and web share: the language client, its commands and its status. */

import {
  commands,
  type ExtensionContext,
  LanguageStatusSeverity,
  type LogOutputChannel,
  languages,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';

/** Prefix of settings and commands, and the language client's id. */
export const ID = 'kubeSafeguards';
const NAME = 'Kube Safeguards';

/** `helm` is contributed by other extensions; without them, templates are `yaml`. */
const LANGUAGES = ['yaml', 'helm', 'json', 'jsonc'];
/** Everything that a finding can depend on: manifests, charts, values and the configuration file. */
const WATCHED_FILES = '**/*.{yaml,yml,json,tpl}';

/** What desktop and web do differently. */
export interface Platform<Client extends BaseLanguageClient> {
  /** Schemes of the documents that are checked; others (diffs, output) are only views of these. */
  schemes: readonly string[];
  makeClient(options: LanguageClientOptions): Client;
}

/** Starts the server unless the user switched it off, and follows that setting from then on. */
export function startClient<Client extends BaseLanguageClient>(
  context: ExtensionContext,
  platform: Platform<Client>,
): Client {
  const output = window.createOutputChannel(NAME, { log: true });
  const selector = LANGUAGES.flatMap((language) => platform.schemes.map((scheme) => ({ language, scheme })));
  const watcher = workspace.createFileSystemWatcher(WATCHED_FILES);
  const client = platform.makeClient({
    documentSelector: selector,
    diagnosticCollectionName: ID,
    outputChannel: output,
    synchronize: { fileEvents: watcher },
    initializationOptions: () => ({ trusted: workspace.isTrusted }),
  });

  context.subscriptions.push(
    output,
    watcher,
    showStatus(client, selector),
    ...registerCommands(client, output),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${ID}.enable`)) void followEnableSetting(client);
    }),
    workspace.onDidGrantWorkspaceTrust(() => void restart(client)),
  );
  // Not awaited: the editor must not wait for the server.
  void followEnableSetting(client);
  return client;
}

async function followEnableSetting(client: BaseLanguageClient): Promise<void> {
  const enabled = workspace.getConfiguration(ID).get('enable', true);
  if (enabled && client.needsStart()) await client.start();
  if (!enabled && client.needsStop()) await client.stop();
}

async function restart(client: BaseLanguageClient): Promise<void> {
  if (client.needsStop()) await client.stop();
  await client.start();
}

function registerCommands(client: BaseLanguageClient, output: LogOutputChannel) {
  return [
    commands.registerCommand(`${ID}.restartServer`, () => restart(client)),
    commands.registerCommand(`${ID}.showOutput`, () => output.show()),
  ];
}

/** The entry behind `{}` in the status bar of a checked document. */
function showStatus(client: BaseLanguageClient, selector: { language: string; scheme: string }[]) {
  const status = languages.createLanguageStatusItem(`${ID}.status`, selector);
  status.name = NAME;
  const update = (state: State) => {
    const stopped = state === State.Stopped || state === State.StartFailed;
    status.text = NAME;
    status.busy = state === State.Starting;
    status.severity = stopped ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    status.detail = detailOf(state);
    status.command = stopped
      ? { command: `${ID}.restartServer`, title: 'Start' }
      : { command: `${ID}.showOutput`, title: 'Show Output' };
  };
  update(client.state);
  client.onDidChangeState(({ newState }) => update(newState));
  return status;
}

function detailOf(state: State): string {
  if (state === State.Running) return 'checking for HIPAA safeguards';
  if (state === State.Starting) return 'starting';
  return workspace.getConfiguration(ID).get('enable', true) ? 'the server is not running' : 'switched off';
}
