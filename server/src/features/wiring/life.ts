/** When a server begins and ends, and what it is told of files meanwhile. */

import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type FileSystemWatcher,
  WatchKind,
} from 'vscode-languageserver';
import { SETTINGS_SECTION } from '../protocol.ts';
import type { Session } from '../session.ts';
import { EXCLUDED_SECTION, settingsInChange } from '../settings.ts';

const LANGUAGES = new Set(['yaml', 'json', 'jsonc', 'helm']);

/** Everything that a finding can depend on. */
const WATCHED_FILES = '**/*.{yaml,yml,json,tpl,tgz,txt}';

/** A folder that goes or comes is often all that is told of the files in it. */
const WATCHERS: FileSystemWatcher[] = [
  { globPattern: WATCHED_FILES },
  { globPattern: '**/.gitignore' },
  { globPattern: '**', kind: WatchKind.Create | WatchKind.Delete },
];

export function wireLife(connection: Connection, session: Session): void {
  const { client, containment } = session;
  connection.onInitialized(() => {
    containment.background('start', session.begin());
    if (client.registersSettings) {
      const options = { section: [SETTINGS_SECTION, EXCLUDED_SECTION] };
      containment.background(
        'registration',
        connection.client.register(DidChangeConfigurationNotification.type, options),
      );
    }
    if (client.registersWatchers) {
      const options = { watchers: WATCHERS };
      containment.background(
        'registration',
        connection.client.register(DidChangeWatchedFilesNotification.type, options),
      );
    }
    if (client.tellsWorkspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const uris = (folders: { uri: string }[]) => folders.map(({ uri }) => uri);
        containment.background('folders', session.changeFolders(uris(added), uris(removed)));
      });
    }
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    containment.background('settings', session.changeSettings(settingsInChange(settings)));
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    containment.background('files', session.refresh(changes.map(({ uri }) => uri)));
  });
  connection.onShutdown(() => session.stop());
}

export function wireFiles(connection: Connection, session: Session): void {
  const { client, containment, diagnostics, publisher, workspace, workspaceDiagnostics } = session;
  const publish = (uri: string) => {
    if (!client.pullsDiagnostics) publisher.publish(uri);
  };
  /** A configuration file says something about others. */
  const reconfigure = async (uri: string) => {
    if (await diagnostics.reconfigure(uri)) session.tellChanged();
    else publish(uri);
  };

  connection.onDidOpenTextDocument(
    containment.handler('didOpen', undefined, ({ textDocument: { uri, languageId, version, text } }) => {
      if (!LANGUAGES.has(languageId)) return;
      workspace.open(uri, languageId, version, text);
      workspaceDiagnostics.forget([uri]);
      session.await(uri);
      containment.background(
        'opening',
        session.openings.whenReady(uri).then(() => publish(uri)),
      );
    }),
  );
  connection.onDidChangeTextDocument(
    containment.handler('didChange', undefined, ({ textDocument: { uri, version }, contentChanges }) => {
      if (workspace.file(uri) === undefined) return;
      // Each version has its diagnostics, also one that is gone before everything around the file is known.
      if (!session.openings.isReady(uri)) publish(uri);
      workspace.change(uri, version, contentChanges);
      if (workspace.isConfigurationFile(uri)) containment.background('configuration', reconfigure(uri));
      else if (session.openings.isReady(uri)) publish(uri);
      session.follow();
    }),
  );
  connection.onDidCloseTextDocument(
    containment.handler('didClose', undefined, ({ textDocument: { uri } }) => {
      if (workspace.file(uri) === undefined) return;
      const isReconfigured = workspace.isConfigurationFile(uri);
      diagnostics.close(uri);
      session.describedElsewhere.forget(uri);
      publisher.clear(uri);
      session.refresher.forget(uri);
      const closed = workspace.close(uri).then(() => {
        if (isReconfigured) session.tellChanged();
        else session.follow();
      });
      containment.background('didClose', closed);
    }),
  );
}
