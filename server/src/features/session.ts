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
import type { Excluded } from '../workspace/left-out.ts';
import { saysTheSame } from '../workspace/structural-equality.ts';
import { childUri } from '../workspace/uris.ts';
import { Workspace } from '../workspace/workspace.ts';
import { type Client, clientOf } from './client-capabilities.ts';
import { Containment } from './contained.ts';
import { DescribedElsewhere, type FieldSchemas } from './described-elsewhere.ts';
import { DiagnosticsConverter } from './diagnostics.ts';
import { type ChartPlace, placeAt } from './helm/place.ts';
import { once, placeOfError } from './log.ts';
import { OpenFileDiagnostics } from './open-file-diagnostics.ts';
import {
  type InitializationOptions,
  SETTINGS_SECTION,
  STATUS_NOTIFICATION,
  type Status,
} from './protocol.ts';
import { Publisher } from './publisher.ts';
import { ResultIds } from './result-ids.ts';
import { type RuleLinks, ruleLinksOf } from './rule-links.ts';
import {
  askForExcluded,
  askForSettings,
  settingsFrom,
  wantsCodeLenses,
  wantsInlayHints,
} from './settings.ts';
import { skipNote } from './skip-note.ts';
import { statusOf } from './status.ts';
import { nextTurn, WorkspaceDiagnostics } from './workspace-diagnostics.ts';

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

/** The first answer on a file waits this long, in ms, for what stands around it; whatever comes later is told by itself. */
const LONGEST_WAIT = 300;

/** Other open files and the status follow an edit after this long, in ms, so that they do not hold up the edited file. */
const FOLLOW_UP_DELAY = 100;

/** What kustomizations deploy is built when nothing has happened for this long, in ms. */
const OVERLAYS_DELAY = 150;

/** Nobody types who has not for so long, in ms: then there is time for the rest of a chart. */
const PAUSE = 400;

/** No build is waited for longer than three times this, in ms. */
const LONGEST_BUILD = 1000;

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
  readonly containment: Containment;
  readonly rules: readonly Rule[];
  readonly ruleLinks: RuleLinks;
  /** The client's command that tells more of a rule. */
  readonly explainCommand: string | undefined;
  readonly #schemas: KubernetesSchemas | undefined;
  readonly #connection: Connection;
  readonly #options: InitializationOptions;
  readonly #prepare: () => Promise<void>;
  #folders: readonly string[];
  readonly #configured: Promise<void>;
  #setConfigured: () => void = () => {};
  /** Files that have not been answered for the first time. */
  readonly #awaited = new Map<string, Promise<void>>();
  #followUp: ReturnType<typeof setTimeout> | undefined;
  #overlays: ReturnType<typeof setTimeout> | undefined;
  #overlaysTurn = 0;
  /** In ms, of the builds of the last time: long ones wait for a longer pause. */
  #longestBuild = 0;
  /** The version of what kustomizations deploy that the client was told of. */
  #overlaysTold = 0;
  #completing: ReturnType<typeof setTimeout> | undefined;
  #reading = 0;
  /** Resolves when the workspace has been read. */
  #read: Promise<void> | undefined;
  readonly #onChange = new Set<() => void>();
  #isReading = false;
  #status: Status | undefined;

  constructor(connection: Connection, runtime: Runtime, params: InitializeParams) {
    this.#connection = connection;
    this.client = clientOf(params.capabilities);
    this.rules = runtime.rules;
    this.#options = (params.initializationOptions ?? {}) as InitializationOptions;
    this.#schemas = runtime.schemas;
    this.#prepare = async () => runtime.prepare?.(this.#options);
    this.#folders = foldersOf(params);
    this.#configured = new Promise((done) => {
      this.#setConfigured = done;
    });
    const logOnce = once((line) => connection.console.error(line));
    this.containment = new Containment(logOnce);
    this.workspace = new Workspace({
      rules: runtime.rules,
      schemas: runtime.schemas,
      fileSystem: runtime.fileSystem,
      today: runtime.today,
      onFailure: (name, error) => logOnce(`${name} failed: ${placeOfError(error)}`),
      onSkipped: (uri, reason) => connection.console.warn(`${uri}: ${skipNote(reason)}`),
      onLargeCharts: (areOpen) => runtime.favorSpeed?.(areOpen),
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
  }

  /** Takes the settings and folders of the client, then reads the workspace. */
  async begin(): Promise<void> {
    const [settings, excluded] = await Promise.all([this.#settings(), this.#excluded(), this.#prepare()]);
    await this.workspace.exclude(excluded);
    this.workspace.configure(this.#folders, settings);
    this.#read = this.readWorkspace();
    this.#setConfigured();
    await this.#read;
  }

  async changeFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    this.#folders = [...this.#folders.filter((folder) => !removed.includes(folder)), ...added];
    const [settings, excluded] = await Promise.all([this.#settings(), this.#excluded()]);
    await this.workspace.exclude(excluded);
    this.workspace.configure(this.#folders, settings);
    await this.workspace.prepareAll();
    this.#read = this.readWorkspace();
    await this.#read;
  }

  /** @param sent the settings, where the client sends them along */
  async changeSettings(sent?: ReadonlyMap<string, ConfigurationValues>): Promise<void> {
    this.workspace.changeSettings(
      this.client.givesSettings || sent === undefined ? await this.#settings() : sent,
    );
    await this.workspace.exclude(await this.#excluded());
    await this.workspace.prepareAll();
    this.tellChanged();
    if (this.client.refreshesInlayHints) await this.#connection.languages.inlayHint.refresh();
  }

  /** A position in a file of a chart, once it is known what stands around the file. */
  async placeAt(uri: string, position?: Position): Promise<ChartPlace | undefined> {
    await this.whenReady(uri);
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

  /** Whether the user wants hints in a file. */
  async wantsInlayHints(uri: string): Promise<boolean> {
    return wantsInlayHints(await this.#sectionFor(uri));
  }

  /** Whether the user wants lenses in a file. */
  async wantsCodeLenses(uri: string): Promise<boolean> {
    return wantsCodeLenses(await this.#sectionFor(uri));
  }

  async #sectionFor(uri: string): Promise<unknown> {
    if (!this.client.givesSettings) return this.#options.settings;
    return this.#connection.workspace.getConfiguration({ scopeUri: uri, section: SETTINGS_SECTION });
  }

  /** Whether a file can be answered at once. */
  isReady(uri: string): boolean {
    return !this.#awaited.has(uri);
  }

  /** Resolves once a file that was opened can be answered. */
  whenReady(uri: string): Promise<void> {
    return this.#awaited.get(uri) ?? Promise.resolve();
  }

  /** Starts to find out what an opened file depends on. */
  await(uri: string): void {
    const prepared = this.#configured
      .then(() => Promise.all([this.workspace.prepare(uri), this.diagnostics.reconfigure(uri)]))
      .then(() => {});
    let isLate = false;
    const first = Promise.race([prepared, delay(LONGEST_WAIT).then(() => this.#configured)])
      .catch((error: unknown) => this.#connection.console.error(`opening failed: ${placeOfError(error)}`))
      .finally(() => {
        this.#awaited.delete(uri);
        isLate = true;
      });
    this.#awaited.set(uri, first);
    this.containment.background(
      'opening',
      prepared.then(() => {
        if (isLate) this.tellChanged();
        else this.follow();
      }),
    );
  }

  /** Resolves when the workspace has been read as it is now. */
  async whenRead(): Promise<void> {
    await this.#configured;
    await this.#read;
  }

  /** Resolves when findings may have changed, or when `token` is cancelled. */
  whenChanged(token: CancellationToken): Promise<void> {
    return new Promise((done) => {
      this.#onChange.add(done);
      token.onCancellationRequested(() => {
        this.#onChange.delete(done);
        done();
      });
    });
  }

  /** Takes notice of files that have changed, appeared or gone on disk. */
  async refresh(uris: readonly string[]): Promise<void> {
    this.workspaceDiagnostics.forget(uris);
    if (await this.workspace.refresh([...new Set(uris)])) this.tellChanged();
    else this.follow();
  }

  /** Reads everything in the workspace folders, and tells when that is done. */
  async readWorkspace(): Promise<void> {
    if (this.#folders.length === 0) return;
    const reading = ++this.#reading;
    this.#isReading = true;
    this.follow();
    const progress = this.client.showsProgress
      ? await this.#connection.window.createWorkDoneProgress()
      : undefined;
    progress?.begin('Kube Safeguards', undefined, this.say('reading manifests'));
    const onRead = (_: string, read: number) => {
      if (read % 100 === 0) progress?.report(this.say('{0} files', read));
    };
    try {
      await this.workspace.readAll(onRead, () => reading !== this.#reading);
    } finally {
      progress?.done();
      if (reading === this.#reading) this.#isReading = false;
    }
    this.tellChanged();
  }

  /** Findings may have changed otherwise than by an edit. */
  tellChanged(): void {
    if (!this.client.pullsDiagnostics) this.publisher.publishAll();
    else if (this.client.refreshesDiagnostics) {
      this.containment.background('refresh', this.#connection.languages.diagnostics.refresh());
    }
    if (this.client.refreshesCodeLenses)
      this.containment.background('refresh', this.#connection.sendRequest(CodeLensRefreshRequest.type));
    this.follow();
  }

  /** Builds what kustomizations deploy once nothing has happened for a while. */
  #buildOverlaysLater(): void {
    clearTimeout(this.#overlays);
    this.#overlaysTurn++;
    this.#overlays = setTimeout(
      () => this.containment.background('kustomizations', this.#buildOverlays()),
      Math.max(OVERLAYS_DELAY, 3 * this.#longestBuild),
    );
  }

  async #buildOverlays(): Promise<void> {
    const turn = ++this.#overlaysTurn;
    let longest = 0;
    for (let isBuilt = true; isBuilt && turn === this.#overlaysTurn; ) {
      const start = performance.now();
      isBuilt = await this.workspace.buildNextOverlay();
      longest = Math.max(longest, performance.now() - start);
      await nextTurn();
    }
    this.#longestBuild = Math.min(longest, LONGEST_BUILD);
    const { overlaysVersion } = this.workspace;
    if (overlaysVersion === this.#overlaysTold) return;
    this.#overlaysTold = overlaysVersion;
    this.tellChanged();
  }

  /** Has the other open files and the status follow an edit. */
  follow(): void {
    this.#buildOverlaysLater();
    if (this.workspace.hasPartialCharts) this.#completeCharts(PAUSE);
    this.#followUp ??= setTimeout(() => {
      this.#followUp = undefined;
      if (!this.client.pullsDiagnostics) {
        for (const { uri } of this.workspace.openFiles) if (this.isReady(uri)) this.publisher.publish(uri);
      }
      this.containment.background('status', this.#tellStatus());
      for (const done of this.#onChange) done();
      this.#onChange.clear();
    }, FOLLOW_UP_DELAY);
  }

  /** Has charts follow an edit with all their values, one set after the other, once nobody types. Requests have their turn between two. */
  #completeCharts(delay: number): void {
    clearTimeout(this.#completing);
    const complete = async () => {
      this.workspace.completeChart();
      if (this.workspace.hasPartialCharts) this.#completeCharts(0);
      else this.tellChanged();
    };
    this.#completing = setTimeout(() => this.containment.background('charts', complete()), delay);
  }

  stop(): void {
    this.#reading++;
    clearTimeout(this.#completing);
    clearTimeout(this.#followUp);
    clearTimeout(this.#overlays);
    this.#overlaysTurn++;
  }

  async #tellStatus(): Promise<void> {
    const trusted = this.#options.trusted !== false;
    const status = await statusOf(this.workspace, this.rules, {
      indexing: this.#isReading,
      trusted,
      closed: this.workspaceDiagnostics.closed,
    });
    if (saysTheSame(status, this.#status)) return;
    this.#status = status;
    await this.#connection.sendNotification(STATUS_NOTIFICATION, status);
  }

  async #settings(): Promise<ReadonlyMap<string, ConfigurationValues>> {
    if (this.client.givesSettings) {
      try {
        return await askForSettings(this.#connection, this.#folders);
      } catch (error) {
        this.#connection.console.warn(`The client gave no settings: ${placeOfError(error)}`);
      }
    }
    return new Map([['', settingsFrom(this.#options.settings)]]);
  }

  async #excluded(): Promise<Excluded> {
    if (!this.client.givesSettings) return new Map();
    try {
      return await askForExcluded(this.#connection, this.#folders);
    } catch (error) {
      this.#connection.console.warn(`The client does not say what it leaves out: ${placeOfError(error)}`);
      return new Map();
    }
  }
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders !== null && workspaceFolders !== undefined)
    return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null || rootUri === undefined ? [] : [rootUri];
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}
