import { FactsIndex } from './facts-index.ts';
import { type FileFacts, factsOfText, NO_MANIFEST } from './file-facts.ts';
import type { FileSystem, SkipReason } from './file-system.ts';
import { type Excluded, LeftOut } from './left-out.ts';
import { NamesIndex } from './names-index.ts';
import { canonicalUri, childUri, folderOf, isWithin, nameOf } from './uris.ts';
import { type FoundFolder, isManifestFile, walk } from './walk.ts';

/** More files of a workspace folder are not read; its world is then not complete. */
const MAX_FILES = 20_000;

/** More files of a single folder, opened without a workspace, are not read. */
const MAX_NEIGHBOURS = 500;

/** Names of what is hardly ever a folder. */
const FILE_NAME = /\.[a-z]+$/i;

const UNREADABLE: FileFacts = { facts: [], complete: false, isManifest: false };

export interface SurroundingsHost {
  readonly fileSystem: FileSystem;
  /** In bytes, for a file. */
  maxFileSize(uri: string): number;
  isOpen(uri: string): boolean;
  /** Told of each file and folder that is left out, once. */
  onSkipped(uri: string, reason: SkipReason): void;
}

/** The part of the files that is looked at together. */
export interface Scope {
  /** A workspace folder, or the folder of a file that belongs to none. */
  readonly root: string;
  readonly index: FactsIndex;
  readonly names: NamesIndex;
}

/** The names of the files in folders, as far as they have been asked for. */
type Listed = Map<string, ReadonlySet<string>>;

/** Told of each file that has been read. */
export type OnRead = (uri: string, read: number) => void;

/** What the files around a file say: those of its workspace folder, or of its own folder when it belongs to none. All URIs are canonical. */
export class Surroundings {
  readonly #host: SurroundingsHost;
  readonly #scopes = new Map<string, Scope>();
  readonly #loading = new Map<string, Promise<void>>();
  /** By file. */
  readonly #reading = new Map<string, Promise<void>>();
  readonly #leftOut: LeftOut;
  #roots: readonly string[] = [];

  constructor(host: SurroundingsHost) {
    this.#host = host;
    this.#leftOut = new LeftOut(host.fileSystem);
  }

  /** @returns whether other files may be left out than before */
  exclude(excluded: Excluded): boolean {
    return this.#leftOut.exclude(excluded);
  }

  /** The workspace folders. What was known of others is forgotten. */
  set roots(roots: readonly string[]) {
    this.#roots = roots.map(canonicalUri);
    this.#leftOut.forget();
    this.#scopes.clear();
    this.#loading.clear();
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  /** The workspace folder of a file, the innermost of several; otherwise its own folder. */
  rootOf(uri: string): string {
    const roots = this.#roots.filter((root) => isWithin(uri, root));
    return roots.sort((a, b) => b.length - a.length)[0] ?? folderOf(uri) ?? uri;
  }

  scopeOf(uri: string): Scope {
    const root = this.rootOf(uri);
    let scope = this.#scopes.get(root);
    if (scope === undefined) {
      scope = { root, index: new FactsIndex(childUri), names: new NamesIndex() };
      this.#scopes.set(root, scope);
    }
    return scope;
  }

  /** Reads the folder of a file, once. */
  prepare(uri: string): Promise<void> {
    const folder = folderOf(uri);
    if (folder === undefined) return Promise.resolve();
    let loading = this.#loading.get(folder);
    if (loading === undefined) {
      loading = this.#readFolder(folder, this.scopeOf(uri));
      this.#loading.set(folder, loading);
    }
    return loading;
  }

  /** Reads everything in the workspace folders. */
  async readAll(onRead: OnRead, isCancelled: () => boolean): Promise<void> {
    let read = 0;
    for (const root of this.#roots) {
      const scope = this.scopeOf(childUri(root, 'any'));
      let readInRoot = 0;
      for await (const { uri: folder, files } of this.#foldersIn(root)) {
        if (files === undefined) this.#host.onSkipped(folder, 'unreadable');
        for (const file of files ?? []) {
          if (isCancelled()) return;
          // One by one: between two files the editor's requests have their turn.
          await this.#inTurn(file, () => this.#readFile(file, folder, scope));
          onRead(file, ++read);
        }
        readInRoot += files?.length ?? 0;
        if (readInRoot > MAX_FILES) break;
      }
      scope.index.complete = readInRoot <= MAX_FILES;
      await this.#readParameters(scope);
    }
  }

  /** Reads what generators of applications ask for, which may make them ask for more. */
  async #readParameters({ index }: Scope): Promise<void> {
    for (let wanted = index.wantedTexts(); wanted.length > 0; wanted = index.wantedTexts())
      for (const file of wanted) index.setParameterText(file, await this.textOf(file));
  }

  /** The folders that belong to a workspace folder and to no other in it. */
  async *#foldersIn(root: string): AsyncGenerator<FoundFolder> {
    for await (const folder of walk(this.#host.fileSystem, root, this.#leftOut.rulesAbove(root)))
      if (this.rootOf(childUri(folder.uri, 'any')) === root) yield folder;
  }

  /**
   * The files that changes on disk are about. Folders that come or go often stand for all that is in them, and a `.gitignore` file for what it leaves out.
   *
   * @param uris of files and folders that have changed, appeared or gone
   */
  async touchedBy(uris: readonly string[]): Promise<readonly string[]> {
    const isIgnoring = uris.some((uri) => nameOf(uri) === '.gitignore');
    if (isIgnoring) this.#leftOut.forget();
    const others = new Set(uris.filter((uri) => !isManifestFile(nameOf(uri))));
    if (others.size === 0) return uris;
    const isOther = isIgnoring || this.#holdsFilesBelow(others) || (await this.#isNewFolder(others));
    return isOther ? [...new Set([...uris, ...(await this.differences())])] : uris;
  }

  /** The files that count and have not been read, and those that have been read and count no longer. */
  async differences(): Promise<string[]> {
    const found: string[] = [];
    for (const root of this.#roots) {
      const { index } = this.scopeOf(childUri(root, 'any'));
      const gone = new Set(index.entries.map(([, file]) => file));
      let read = 0;
      for await (const { uri: folder, files = [] } of this.#foldersIn(root)) {
        read += files.length;
        if (read > MAX_FILES) break;
        for (const file of files)
          if (!gone.delete(file) && index.get(folder, file) === undefined) found.push(file);
      }
      if (read <= MAX_FILES) found.push(...gone);
    }
    return found;
  }

  #holdsFilesBelow(folders: ReadonlySet<string>): boolean {
    for (const root of this.#roots) {
      for (const known of this.scopeOf(childUri(root, 'any')).index.folders) {
        for (let at = known; at.length >= root.length; at = at.slice(0, at.lastIndexOf('/')))
          if (folders.has(at)) return true;
      }
    }
    return false;
  }

  async #isNewFolder(uris: ReadonlySet<string>): Promise<boolean> {
    for (const uri of uris) {
      const root = this.rootOf(uri);
      if (FILE_NAME.test(nameOf(uri)) || !this.#roots.includes(root)) continue;
      if (await this.#leftOut.has(uri, root, 'folder')) continue;
      if ((await this.#host.fileSystem.list(uri)) !== undefined) return true;
    }
    return false;
  }

  /** The files in the workspace folders that may have findings, open ones too. */
  get manifests(): string[] {
    return this.#roots.flatMap((root) => this.#scopes.get(root)?.index.manifests ?? []);
  }

  /** The text of a file; undefined when it cannot be read. */
  async textOf(uri: string): Promise<string | undefined> {
    const content = await this.#host.fileSystem.read(uri, this.#host.maxFileSize(uri), this.rootOf(uri));
    return content !== undefined && 'text' in content ? content.text : undefined;
  }

  /** Reads files again that have changed, appeared or gone on disk; tells whether something else is known than before. */
  async refresh(uris: readonly string[]): Promise<boolean> {
    const files = uris.filter((uri) => isManifestFile(nameOf(uri)));
    const scopes = [...new Set(files.map((uri) => this.scopeOf(uri)))];
    const versions = () => scopes.flatMap(({ index, names }) => [index.versionOf(), names.version]);
    const before = versions();
    const listed: Listed = new Map();
    // One by one: between two files the editor's requests have their turn.
    for (const uri of files) await this.#inTurn(uri, () => this.#refreshFile(uri, listed));
    for (const scope of scopes) await this.#readParameters(scope);
    return versions().some((version, at) => version !== before[at]);
  }

  /** What is read of a file last is what counts: so each reading waits for the one before it. */
  #inTurn(uri: string, read: () => Promise<void>): Promise<void> {
    const before = this.#reading.get(uri);
    const turn = (before === undefined ? read() : before.then(read, read)).finally(() => {
      if (this.#reading.get(uri) === turn) this.#reading.delete(uri);
    });
    this.#reading.set(uri, turn);
    return turn;
  }

  async #refreshFile(uri: string, listed: Listed): Promise<void> {
    const folder = folderOf(uri);
    if (folder === undefined) return;
    const scope = this.scopeOf(uri);
    const { index } = scope;
    if (index.isParameterFile(uri)) index.setParameterText(uri, await this.textOf(uri));
    if (this.#host.isOpen(uri)) return;
    if (await this.#counts(uri, folder, scope, listed)) await this.#readFile(uri, folder, scope);
    else forget(uri, folder, scope);
  }

  /** Whether a file that may have changed is one of those that are looked at. */
  async #counts(uri: string, folder: string, { root, index }: Scope, listed: Listed): Promise<boolean> {
    if (!this.#roots.includes(root)) return true;
    if (await this.#leftOut.has(uri, root)) return false;
    if (index.get(folder, uri) !== undefined) return true;
    // What a link shows is found by itself.
    let files = listed.get(folder);
    if (files === undefined) {
      const entries = await this.#host.fileSystem.list(folder);
      files = new Set(entries?.flatMap(({ name, type }) => (type === 'file' ? name : [])));
      listed.set(folder, files);
    }
    return files.has(nameOf(uri));
  }

  async #readFolder(folder: string, scope: Scope): Promise<void> {
    const { root, index } = scope;
    const entries = await this.#host.fileSystem.list(folder);
    const files = (entries ?? []).filter(({ name, type }) => type === 'file' && isManifestFile(name));
    const uris = files.slice(0, MAX_NEIGHBOURS).map(({ name }) => childUri(folder, name));
    const isInWorkspace = this.#roots.includes(root);
    for (const file of uris) {
      if (isInWorkspace && (await this.#leftOut.has(file, root))) continue;
      await this.#inTurn(file, () => this.#readFile(file, folder, scope));
    }
    // Without a workspace nobody knows of more than the folder.
    if (root === folder && !this.#roots.includes(root)) {
      index.complete = entries !== undefined && files.length <= MAX_NEIGHBOURS;
    }
  }

  async #readFile(uri: string, folder: string, scope: Scope): Promise<void> {
    const { index, names } = scope;
    if (this.#host.isOpen(uri)) return;
    const content = await this.#host.fileSystem.read(uri, this.#host.maxFileSize(uri), this.rootOf(uri));
    // The editor's text counts, should the file have been opened in the meantime.
    if (this.#host.isOpen(uri)) return;
    if (content === undefined) forget(uri, folder, scope);
    else if ('text' in content) {
      const { names: declared, ...facts } = factsOfText(uri, content.text);
      index.set(folder, uri, facts);
      names.set(folder, uri, declared);
    } else {
      names.set(folder, uri, []);
      this.#host.onSkipped(uri, content.skipped);
      index.set(folder, uri, content.skipped === 'binary' ? NO_MANIFEST : UNREADABLE);
    }
  }
}

function forget(uri: string, folder: string, { index, names }: Scope): void {
  index.delete(folder, uri);
  names.set(folder, uri, []);
}
