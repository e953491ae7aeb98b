import {
  type CancellationToken,
  CodeLensRefreshRequest,
  type Connection,
  type InitializeParams,
  type Position,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver';
import type { Configuration, ConfigurationValues } from '../engine/configuration.ts';
import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import { type Say, sayIn } from '../l10n/say.ts';
import type { Rule } from '../rules/rule.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { saysTheSame } from '../workspace/structural-equality.ts';
import { childUri } from '../workspace/uris.ts';
import { Workspace } from '../workspace/workspace.ts';
import { Changes } from './changes.ts';
import { type Client, clientOf } from './client-capabilities.ts';
import { ClientSettings } from './client-settings.ts';
import { Containment } from './contained.ts';
import { DescribedElsewhere, type FieldSchemas } from './described-elsewhere.ts';
import { DiagnosticsConverter } from './diagnostics.ts';
import { FavoredSpeed } from './favored-speed.ts';
import { FollowUps } from './follow-ups.ts';
import { type ChartPlace, placeAt } from './helm/place.ts';
import { once, placeOfError } from './log.ts';
import { OpenFileDiagnostics } from './open-file-diagnostics.ts';
import { Openings } from './openings.ts';
import {
  CHANGED_NOTIFICATION,
  type InitializationOptions,
  STATUS_NOTIFICATION,
  type Status,
} from './protocol.ts';
import { Publisher } from './publisher.ts';
import { Refresher } from './refresher.ts';
import { ResultIds } from './result-ids.ts';
import { type RuleLinks, ruleLinksOf } from './rule-links.ts';
import { skipNote } from './skip-note.ts';
import { statusOf } from './status.ts';
import { WorkspaceDiagnostics } from './workspace-diagnostics.ts';
import { WorkspaceReading } from './workspace-reading.ts';

/** What the entry points give: everything that differs between Node, browsers and tests. */
export interface Runtime {
  readonly rules: readonly Rule[];
  /** Absent where no schemas can be read. */
  readonly schemas?: KubernetesSchemas;
  readonly fileSystem: FileSystem;
  /** The date, `YYYY-MM-DD`. */
  today(): string;
  /** Fetches through the client what has to be known before the first file is checked. */
  prepare?(options: InitializationOptions): Promise<void>;
  /** Has speed count for more than memory, or no longer. */
  favorSpeed?(isWanted: boolean): void;
}

const JSON_FILE = /\.jsonc?$/i;

/** One conversation with a client, and all that is known in it. */
export class Session {
  readonly client: Client;
  readonly workspace: Workspace;
  readonly describedElsewhere = new DescribedElsewhere();
  /** In the language of the editor. */
  readonly say: Say;
  readonly diagnostics: OpenFileDiagnostics;
  readonly workspaceDiagnostics: WorkspaceDiagnostics;
  readonly resultIds = new ResultIds();
  readonly publisher: Publisher;
  readonly refresher: Refresher;
  readonly containment: Containment;
  readonly rules: readonly Rule[];
  readonly ruleLinks: RuleLinks;
  /** The client's command that tells more of a rule. */
  readonly explainCommand: string | undefined;
  readonly settings: ClientSettings;
  readonly openings: Openings;
  readonly #schemas: KubernetesSchemas | undefined;
  readonly #connection: Connection;
  readonly #options: InitializationOptions;
  readonly #prepare: () => void | Promise<void>;
  readonly #reading: WorkspaceReading;
  readonly #followUps: FollowUps;
  readonly #changes = new Changes();
  #folders: readonly string[];
  readonly #configured: Promise<void>;
  #setConfigured: () => void = () => {};
  #status: Status | undefined;

  constructor(connection: Connection, runtime: Runtime, params: InitializeParams) {
    this.#connection = connection;
    this.client = clientOf(params.capabilities);
    this.rules = runtime.rules;
    this.#options = (params.initializationOptions ?? {}) as InitializationOptions;
    this.#schemas = runtime.schemas;
    this.#folders = foldersOf(params);
    this.#configured = new Promise((done) => {
      this.#setConfigured = done;
    });
    const logOnce = once((line) => connection.console.error(line));
    this.containment = new Containment(logOnce);
    // What cannot be had, such as schemas, is done without.
    const prepare = this.containment.handler('preparing', undefined, async (options: InitializationOptions) =>
      runtime.prepare?.(options),
    );
    this.#prepare = () => prepare(this.#options);
    const speed = new FavoredSpeed(runtime.favorSpeed);
    this.workspace = new Workspace({
      rules: runtime.rules,
      schemas: runtime.schemas,
      fileSystem: runtime.fileSystem,
      today: runtime.today,
      onFailure: (name, error) => logOnce(`${name} failed: ${placeOfError(error)}`),
      onSkipped: (uri, reason) => connection.console.warn(`${uri}: ${skipNote(reason)}`),
      onLargeCharts: (areOpen) => speed.during('charts', areOpen),
    });
    this.explainCommand = this.#options.explainCommand;
    this.say = sayIn(this.#options.texts ?? {});
    this.ruleLinks = ruleLinksOf(this.#options);
    const converter = new DiagnosticsConverter({
      relatedInformation: this.client.relatedInformation,
      pageOf: this.ruleLinks.ofDiagnostic,
      placeOf: (uri, object) => this.workspace.names.placeOf(uri, object),
    });
    this.diagnostics = new OpenFileDiagnostics(this.workspace, converter);
    this.workspaceDiagnostics = new WorkspaceDiagnostics(
      this.workspace,
      this.diagnostics,
      converter,
      this.resultIds,
    );
    const send = (diagnostics: PublishDiagnosticsParams) => void connection.sendDiagnostics(diagnostics);
    this.publisher = new Publisher(this.workspace, this.diagnostics, send);
    this.refresher = new Refresher(this.workspace, this.diagnostics, () => this.#refreshDiagnostics());
    this.settings = new ClientSettings(connection, this.client.givesSettings, this.#options.settings);
    this.openings = new Openings(this.#configured);
    this.#reading = new WorkspaceReading({
      workspace: this.workspace,
      connection,
      showsProgress: this.client.showsProgress,
      say: this.say,
      onMany: (areKnown) => speed.during('many-files', areKnown),
    });
    this.#followUps = new FollowUps({
      workspace: this.workspace,
      containment: this.containment,
      tellOthers: () => this.#tellOthers(),
      tellSummary: () => this.#tellSummary(),
      tellChanged: () => this.tellChanged(),
    });
  }

  /** Takes the settings and folders of the client, then reads the workspace. */
  async begin(): Promise<void> {
    const [settings, excluded] = await Promise.all([
      this.settings.in(this.#folders),
      this.settings.excludedFrom(this.#folders),
      this.#prepare(),
    ]);
    await this.workspace.exclude(excluded);
    this.workspace.configure(this.#folders, settings);
    const read = this.#readWorkspace();
    this.#setConfigured();
    await read;
  }

  async changeFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    this.#folders = [...this.#folders.filter((folder) => !removed.includes(folder)), ...added];
    const [settings, excluded] = await Promise.all([
      this.settings.in(this.#folders),
      this.settings.excludedFrom(this.#folders),
    ]);
    await this.workspace.exclude(excluded);
    this.workspace.configure(this.#folders, settings);
    await this.workspace.prepareAll();
    await this.#readWorkspace();
  }

  /** @param sent the settings, where the client sends them along */
  async changeSettings(sent?: ReadonlyMap<string, ConfigurationValues>): Promise<void> {
    const isAsked = this.settings.canBeAsked || sent === undefined;
    this.workspace.changeSettings(isAsked ? await this.settings.in(this.#folders) : sent);
    await this.workspace.exclude(await this.settings.excludedFrom(this.#folders));
    await this.workspace.prepareAll();
    this.tellChanged();
    if (this.client.refreshesInlayHints) await this.#connection.languages.inlayHint.refresh();
  }

  /** A position in a file of a chart, once it is known what stands around the file. */
  async placeAt(uri: string, position?: Position): Promise<ChartPlace | undefined> {
    await this.openings.whenReady(uri);
    return placeAt(this.workspace, uri, position);
  }

  /** The configuration of the first workspace folder, which counts for what is about no single file. */
  async folderConfiguration(): Promise<Configuration> {
    const [folder] = this.#folders;
    const { configurations } = this.workspace;
    if (folder === undefined) return configurations.merged(undefined, {});
    return configurations.merged(await configurations.sourceOf(childUri(folder, 'any')), {});
  }

  /** For hover and completion of fields in a file; undefined when somebody else does that. JSON is left to us by the extensions that know the fields of YAML. */
  fieldSchemasFor(uri: string): FieldSchemas | undefined {
    if (this.#options.fieldHelp === false && !JSON_FILE.test(uri)) return undefined;
    return this.describedElsewhere.without(uri, this.#schemas);
  }

  /** Starts to find out what an opened file depends on. */
  await(uri: string): void {
    const prepared = this.#configured.then(() =>
      Promise.all([this.workspace.prepare(uri), this.diagnostics.reconfigure(uri)]),
    );
    this.containment.background(
      'opening',
      this.openings.add(uri, prepared).then((isLate) => {
        if (isLate) this.tellChanged();
        else this.follow();
      }),
    );
  }

  /** Resolves when the workspace has been read as it is now. */
  async whenRead(): Promise<void> {
    await this.#configured;
    await this.#reading.whenDone();
  }

  /** Resolves when findings may have changed, or when `token` is cancelled. */
  whenChanged(token: CancellationToken): Promise<void> {
    return this.#changes.next(token);
  }

  /** Takes notice of files that have changed, appeared or gone on disk. */
  async refresh(uris: readonly string[]): Promise<void> {
    this.workspaceDiagnostics.forget(uris);
    if (await this.workspace.refresh([...new Set(uris)])) this.tellChanged();
    else this.follow();
  }

  /** Reads everything in the workspace folders, and tells when that is done. */
  async #readWorkspace(): Promise<void> {
    if (this.#folders.length === 0) {
      this.#reading.stop();
      return;
    }
    const read = this.#reading.begin();
    this.follow();
    await read;
    this.tellChanged();
  }

  /** Findings may have changed otherwise than by an edit. */
  tellChanged(): void {
    if (!this.client.pullsDiagnostics) this.publisher.publishAll();
    else if (this.client.refreshesDiagnostics) this.#refreshDiagnostics();
    if (this.client.refreshesCodeLenses)
      this.containment.background('refresh', this.#connection.sendRequest(CodeLensRefreshRequest.type));
    this.containment.background('changed', this.#connection.sendNotification(CHANGED_NOTIFICATION));
    this.follow();
  }

  /** Has everything follow an edit that does not have to be told at once. */
  follow(): void {
    this.#followUps.begin();
  }

  #refreshDiagnostics(): void {
    this.containment.background('refresh', this.#connection.languages.diagnostics.refresh());
  }

  #tellOthers(): void {
    if (this.client.refreshesDiagnostics) this.refresher.refresh();
    if (this.client.pullsDiagnostics) return;
    for (const { uri } of this.workspace.openFiles)
      if (this.openings.isReady(uri)) this.publisher.publish(uri);
  }

  #tellSummary(): void {
    this.containment.background('status', this.#tellStatus());
    this.#changes.tell();
  }

  stop(): void {
    this.#reading.stop();
    this.#followUps.stop();
  }

  async #tellStatus(): Promise<void> {
    const trusted = this.#options.trusted !== false;
    const status = await statusOf(this.workspace, this.rules, {
      indexing: this.#reading.isGoingOn,
      trusted,
      closed: this.workspaceDiagnostics.countClosed(),
    });
    if (saysTheSame(status, this.#status)) return;
    this.#status = status;
    await this.#connection.sendNotification(STATUS_NOTIFICATION, status);
  }
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders !== null && workspaceFolders !== undefined)
    return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null || rootUri === undefined ? [] : [rootUri];
}
