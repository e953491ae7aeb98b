import {
  type CancellationToken,
  CodeActionKind,
  CompletionTriggerKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ExecuteCommandParams,
  type InitializeParams,
  type InitializeResult,
  type RenameParams,
  type ResponseError,
  TextDocumentSyncKind,
  type WorkspaceDocumentDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { manifestOf } from '../export/manifest.ts';
import { clusterPolicies } from '../export/policies.ts';
import { hoverAuditRule } from './audit-policy-hover.ts';
import { CodeActions, prepareAllRepairs } from './code-actions.ts';
import { codeLenses } from './code-lens.ts';
import { completeConfiguration } from './configuration-completion.ts';
import { hoverConfiguration } from './configuration-hover.ts';
import { evidencePage } from './evidence-report.ts';
import { completeField, hoverField } from './field-help.ts';
import { fixFindings, fixTargetFrom } from './fix-findings.ts';
import { completeChart } from './helm/completion.ts';
import { hoverChart } from './helm/hover.ts';
import { inlayHints } from './helm/inlay-hints.ts';
import { definitionsAt, referencesAt } from './helm/references.ts';
import { prepareRename, rename } from './helm/rename.ts';
import { renderedManifest } from './helm/rendered-manifest.ts';
import { hoverAt, joinedHovers } from './hover.ts';
import { nameDefinitionsAt, nameLinks, nameReferencesAt } from './names.ts';
import { hoverNetwork } from './network-hover.ts';
import { configurationFor, newService, surveyOfFolder } from './new-service.ts';
import { postureOf } from './posture.ts';
import {
  CLUSTER_POLICIES_REQUEST,
  EVIDENCE_REPORT_REQUEST,
  FIX_ALL_KIND,
  FIX_FINDINGS_COMMAND,
  type FolderParams,
  HARDEN_KIND,
  NEW_SERVICE_REQUEST,
  type NewServiceParams,
  POSTURE_REQUEST,
  PROPOSED_CONFIGURATION_REQUEST,
  REDACT_KIND,
  RENDERED_MANIFEST_REQUEST,
  type RenderedManifestParams,
  RULE_PAGE_REQUEST,
  type RulePageParams,
  SETTINGS_SECTION,
  SURVEY_REQUEST,
} from './protocol.ts';
import { rulePageOf } from './rule-page.ts';
import { type Runtime, Session } from './session.ts';
import { settingsInChange } from './settings.ts';

export type { Runtime };

const LANGUAGES = new Set(['yaml', 'json', 'jsonc', 'helm']);

const NOTHING_FIXED = 'No fix of these findings can be made without changing something else.';

/** Everything that a finding can depend on. */
const WATCHED_FILES = '**/*.{yaml,yml,json,tpl,tgz,txt}';

/** In templates of charts; a quote also where fields take quotes, as in JSON. */
const QUOTE = '"';
const COMPLETION_TRIGGERS = ['.', QUOTE];

/** Wires a language server to a connection and starts to listen. Nothing else registers handlers. */
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
  wireRulePages(connection, session);
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

function wireLife(connection: Connection, session: Session): void {
  const { client, containment } = session;
  connection.onInitialized(() => {
    containment.background('start', session.begin());
    if (client.registersSettings) {
      const options = { section: SETTINGS_SECTION };
      containment.background(
        'registration',
        connection.client.register(DidChangeConfigurationNotification.type, options),
      );
    }
    if (client.registersWatchers) {
      const options = { watchers: [{ globPattern: WATCHED_FILES }] };
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

function wireFiles(connection: Connection, session: Session): void {
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
        session.whenReady(uri).then(() => publish(uri)),
      );
    }),
  );
  connection.onDidChangeTextDocument(
    containment.handler('didChange', undefined, ({ textDocument: { uri, version }, contentChanges }) => {
      if (workspace.file(uri) === undefined) return;
      // Each version has its diagnostics, also one that is gone before everything around the file is known.
      if (!session.isReady(uri)) publish(uri);
      workspace.change(uri, version, contentChanges);
      if (workspace.isConfigurationFile(uri)) containment.background('configuration', reconfigure(uri));
      else if (session.isReady(uri)) publish(uri);
      session.follow();
    }),
  );
  connection.onDidCloseTextDocument(
    containment.handler('didClose', undefined, ({ textDocument: { uri } }) => {
      if (workspace.file(uri) === undefined) return;
      const isReconfigured = workspace.isConfigurationFile(uri);
      diagnostics.close(uri);
      publisher.clear(uri);
      const closed = workspace.close(uri).then(() => {
        if (isReconfigured) session.tellChanged();
        else session.follow();
      });
      containment.background('didClose', closed);
    }),
  );
}

function wireDiagnostics(connection: Connection, session: Session): void {
  const { containment, diagnostics, resultIds, workspace } = session;
  const report = (uri: string, previousResultId: string | undefined): DocumentDiagnosticReport => {
    const items = diagnostics.of(uri) ?? [];
    const resultId = resultIds.idOf(uri, items);
    return resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  };
  const reconfigure = async (uri: string) => {
    if (await diagnostics.reconfigure(uri)) session.tellChanged();
  };
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

  connection.languages.diagnostics.on(
    containment.handler('diagnostic', nothing, ({ textDocument: { uri }, previousResultId }) => {
      session.follow();
      if (session.isReady(uri) && !workspace.isConfigurationFile(uri)) return report(uri, previousResultId);
      return session
        .whenReady(uri)
        .then(() => reconfigure(uri))
        .then(() => report(uri, previousResultId));
    }),
  );
}

/** Files told of at once, while a client takes them as they come. */
const REPORTED_AT_ONCE = 100;

/** Answers with all files; a client that takes partial results is answered when there is something new. */
function wireWorkspaceDiagnostics(connection: Connection, session: Session): void {
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, _, partial) => {
    await session.whenRead();
    while (!token.isCancellationRequested) {
      let items: WorkspaceDocumentDiagnosticReport[] = [];
      let isNew = partial === undefined;
      for await (const report of session.workspaceDiagnostics.reports(previousResultIds, token)) {
        if (partial === undefined || report.kind === DocumentDiagnosticReportKind.Full) items.push(report);
        if (partial === undefined || items.length < REPORTED_AT_ONCE) continue;
        partial.report({ items });
        isNew = true;
        items = [];
      }
      if (isNew || items.length > 0) {
        partial?.report({ items });
        session.follow();
        return { items: partial === undefined ? items : [] };
      }
      await session.whenChanged(token);
    }
    return { items: [] };
  });
}

function wireCodeActions(connection: Connection, session: Session): void {
  const { client, containment, explainCommand, workspace } = session;
  const codeActions = new CodeActions(workspace, client.codeActions, explainCommand);
  connection.onCodeAction(
    containment.handler('codeAction', [], async (params) => {
      await session.whenReady(params.textDocument.uri);
      await codeActions.prepare(params);
      return codeActions.at(params);
    }),
  );
  connection.onCodeActionResolve((action) =>
    containment.handler('codeAction/resolve', action, async () => {
      await codeActions.prepareToResolve(action);
      return codeActions.resolve(action);
    })(action),
  );
}

/** What links of diagnostics open. */
function wireRulePages(connection: Connection, { rules }: Session): void {
  connection.onRequest(RULE_PAGE_REQUEST, ({ rule: id }: RulePageParams) => {
    const rule = rules.find((candidate) => candidate.id === id);
    return rule === undefined ? null : rulePageOf(rule);
  });
}

function wireHover(connection: Connection, session: Session): void {
  const { client, containment, ruleLinks, rules, workspace } = session;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  connection.onHover(
    containment.handler('hover', null, async ({ textDocument: { uri }, position }) => {
      const place = await session.placeAt(uri, position);
      const open = workspace.file(uri);
      const file = workspace.check(uri);
      if (open === undefined || file === undefined) return null;
      const { markup } = client;
      if (workspace.isConfigurationFile(uri))
        return hoverConfiguration(open.source, position, rules, markup, ruleLinks) ?? null;
      const { documents } = open.source;
      const settings = workspace.configurationOf(uri)?.settings;
      const namespaces = settings?.phi.namespaces ?? [];
      const world = workspace.worldOf(uri);
      const hover = joinedHovers([
        hoverAt(file, position, (id) => byId.get(id), markup, ruleLinks),
        hoverAuditRule(documents, position, namespaces, markup),
        place && hoverChart(place, markup),
        world && hoverNetwork(documents, position, world, markup),
      ]);
      const schemas = session.fieldSchemasFor(uri);
      if (hover !== undefined || schemas === undefined) return hover ?? null;
      return hoverField(documents, position, { schemas, markup }) ?? null;
    }),
  );
}

function wireCompletion(connection: Connection, session: Session): void {
  const { client, containment, rules, workspace } = session;
  const options = { rules, markup: client.completionMarkup, snippets: client.completesSnippets };
  connection.onCompletion(
    containment.handler('completion', [], async ({ textDocument: { uri }, position, context }) => {
      const place = await session.placeAt(uri, position);
      const open = workspace.file(uri);
      if (open === undefined) return [];
      const inChart = place && completeChart(place, client.completionMarkup);
      const isTriggered = context?.triggerKind === CompletionTriggerKind.TriggerCharacter;
      if (inChart !== undefined || (isTriggered && context?.triggerCharacter !== QUOTE)) return inChart ?? [];
      if (workspace.isConfigurationFile(uri))
        return isTriggered ? [] : completeConfiguration(open.source.text, position, options);
      const schemas = session.fieldSchemasFor(uri);
      return schemas === undefined
        ? []
        : completeField(open.source.documents, position, { ...options, schemas });
    }),
  );
}

function wireCodeLenses(connection: Connection, session: Session): void {
  const { client, containment, workspace } = session;
  connection.onCodeLens(
    containment.handler('codeLens', [], async ({ textDocument: { uri } }) => {
      await session.whenReady(uri);
      const file = workspace.check(uri);
      return file !== undefined && (await session.wantsCodeLenses(uri)) ? codeLenses(file) : [];
    }),
  );
  connection.onExecuteCommand(
    containment.handler(
      'executeCommand',
      null,
      async ({ command, arguments: given }: ExecuteCommandParams) => {
        const target = fixTargetFrom(given?.[0]);
        if (command !== FIX_FINDINGS_COMMAND || target === undefined) return null;
        await session.whenReady(target.uri);
        await prepareAllRepairs(workspace, target.uri);
        const edit = fixFindings(workspace, target, client.codeActions.edits);
        if (edit !== undefined) await connection.workspace.applyEdit(edit);
        // Those who ask for one rule after the other tell the sum of it themselves.
        else if (target.rule === undefined) connection.window.showInformationMessage(NOTHING_FIXED);
        return edit !== undefined;
      },
    ),
  );
}

function wirePosture(connection: Connection, session: Session): void {
  connection.onRequest(POSTURE_REQUEST, async (token: CancellationToken) => {
    await session.whenRead();
    return postureOf(await session.workspaceDiagnostics.posture(token), session.rules);
  });
}

/** The ways between the places that speak of each other: values and templates of a chart, or objects and their names. */
function wireNavigation(connection: Connection, session: Session): void {
  const { containment } = session;
  connection.onDefinition(
    containment.handler('definition', [], async ({ textDocument: { uri }, position }) => {
      const place = await session.placeAt(uri, position);
      return place === undefined
        ? nameDefinitionsAt(session.workspace.names, uri, position)
        : definitionsAt(place);
    }),
  );
  connection.onReferences(
    containment.handler('references', [], async ({ textDocument: { uri }, position, context }) => {
      const place = await session.placeAt(uri, position);
      return place === undefined
        ? nameReferencesAt(session.workspace.names, uri, position, context.includeDeclaration)
        : referencesAt(place, context.includeDeclaration);
    }),
  );
  connection.onDocumentLinks(
    containment.handler('documentLink', [], async ({ textDocument: { uri } }) => {
      await session.whenReady(uri);
      return nameLinks(session.workspace.names, uri);
    }),
  );
}

/** What people are helped with in charts alone. */
function wireCharts(connection: Connection, session: Session): void {
  const { containment } = session;
  connection.onPrepareRename(
    containment.handler('prepareRename', null, async ({ textDocument: { uri }, position }) => {
      const place = await session.placeAt(uri, position);
      return place === undefined ? null : prepareRename(place);
    }),
  );
  connection.onRenameRequest(
    containment.handler<RenameParams, WorkspaceEdit | ResponseError<void> | null>(
      'rename',
      null,
      async ({ textDocument: { uri }, position, newName }) => {
        const place = await session.placeAt(uri, position);
        return place === undefined ? null : rename(place, newName);
      },
    ),
  );
  connection.languages.inlayHint.on(
    containment.handler('inlayHint', [], async ({ textDocument: { uri }, range }) => {
      const place = await session.placeAt(uri);
      return place !== undefined && (await session.wantsInlayHints(uri)) ? inlayHints(place, range) : [];
    }),
  );
  connection.onRequest(
    RENDERED_MANIFEST_REQUEST,
    containment.handler('renderedManifest', null, async ({ uri }: RenderedManifestParams) => {
      const place = await session.placeAt(uri);
      return (place && renderedManifest(place)) ?? null;
    }),
  );
}

/** What begins something: a service, or the configuration of a workspace. */
function wireBeginnings(
  connection: Connection,
  { containment, workspace }: Session,
  { fileSystem }: Runtime,
): void {
  connection.onRequest(
    NEW_SERVICE_REQUEST,
    containment.handler('newService', null, (params: NewServiceParams) => newService(params, workspace)),
  );
  connection.onRequest(
    SURVEY_REQUEST,
    containment.handler('survey', null, ({ folder }: FolderParams) =>
      surveyOfFolder(folder, workspace, fileSystem),
    ),
  );
  connection.onRequest(
    PROPOSED_CONFIGURATION_REQUEST,
    containment.handler('proposedConfiguration', null, ({ folder }: FolderParams) =>
      configurationFor(folder, fileSystem),
    ),
  );
}

function wireEvidence(connection: Connection, session: Session, { fileSystem, today }: Runtime): void {
  const { containment, rules, workspace } = session;
  connection.onRequest(
    EVIDENCE_REPORT_REQUEST,
    containment.handler('evidenceReport', null, async () => {
      await session.whenRead();
      return evidencePage(workspace, { rules, fileSystem, today: today() });
    }),
  );
  connection.onRequest(
    CLUSTER_POLICIES_REQUEST,
    containment.handler('clusterPolicies', null, async () => {
      const configuration = await session.folderConfiguration();
      return manifestOf(clusterPolicies(rules, { action: 'deny', configuration, today: today() }));
    }),
  );
}
