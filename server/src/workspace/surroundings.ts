import { FactsIndex } from './facts-index.ts';
import { type FileFacts, factsOfText, NO_MANIFEST } from './file-facts.ts';
import type { FileSystem, SkipReason } from './file-system.ts';
import { NamesIndex } from './names-index.ts';
import { canonicalUri, childUri, folderOf, isWithin, nameOf } from './uris.ts';
import { isManifestFile, walk } from './walk.ts';

/** More files of a workspace folder are not read; its world is then not complete. */
const MAX_FILES = 20_000;

/** More files of a single folder, opened without a workspace, are not read. */
const MAX_NEIGHBOURS = 500;

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

/** Told of each file that has been read. */
export type OnRead = (uri: string, read: number) => void;

/** What the files around a file say: those of its workspace folder, or of its own folder when it belongs to none. All URIs are canonical. */
export class Surroundings {
  readonly #host: SurroundingsHost;
  readonly #scopes = new Map<string, Scope>();
  readonly #loading = new Map<string, Promise<void>>();
  #roots: readonly string[] = [];

  constructor(host: SurroundingsHost) {
    this.#host = host;
  }

  /** The workspace folders. What was known of others is forgotten. */
  set roots(roots: readonly string[]) {
    this.#roots = roots.map(canonicalUri);
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
      let complete = true;
      for await (const { uri: folder, files } of walk(this.#host.fileSystem, root)) {
        if (files === undefined) this.#host.onSkipped(folder, 'unreadable');
        for (const file of files ?? []) {
          if (isCancelled()) return;
          // One by one: between two files the editor's requests have their turn.
          await this.#readFile(file, folder, scope);
          onRead(file, ++read);
        }
        complete = read <= MAX_FILES;
        if (!complete) break;
      }
      scope.index.complete = complete;
    }
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

  /** Reads a file again that has changed, appeared or gone on disk; tells whether it counts. */
  async refresh(uri: string): Promise<boolean> {
    const folder = folderOf(uri);
    if (folder === undefined || !isManifestFile(nameOf(uri)) || this.#host.isOpen(uri)) return false;
    const scope = this.scopeOf(uri);
    const { index, names } = scope;
    const [before, namesBefore] = [index.versionOf(), names.version];
    await this.#readFile(uri, folder, scope);
    return index.versionOf() !== before || names.version !== namesBefore;
  }

  async #readFolder(folder: string, scope: Scope): Promise<void> {
    const { root, index } = scope;
    const entries = await this.#host.fileSystem.list(folder);
    const files = (entries ?? []).filter(({ name, type }) => type === 'file' && isManifestFile(name));
    const uris = files.slice(0, MAX_NEIGHBOURS).map(({ name }) => childUri(folder, name));
    for (const file of uris) await this.#readFile(file, folder, scope);
    // Without a workspace nobody knows of more than the folder.
    if (root === folder && !this.#roots.includes(root)) {
      index.complete = entries !== undefined && files.length <= MAX_NEIGHBOURS;
    }
  }

  async #readFile(uri: string, folder: string, { index, names }: Scope): Promise<void> {
    if (this.#host.isOpen(uri)) return;
    const content = await this.#host.fileSystem.read(uri, this.#host.maxFileSize(uri), this.rootOf(uri));
    // The editor's text counts, should the file have been opened in the meantime.
    if (this.#host.isOpen(uri)) return;
    if (content === undefined) {
      index.delete(folder, uri);
      names.set(folder, uri, []);
    } else if ('text' in content) {
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
