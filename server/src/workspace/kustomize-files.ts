import type { OverlaySource } from '../engine/derived/overlay-sources.ts';
import {
  type BuildResult,
  buildKustomization,
  type DocumentCache,
  type KustomizeFiles,
} from '../kustomize/index.ts';
import type { FileSystem } from './file-system.ts';
import { canonicalUri, childUri } from './uris.ts';

export interface KustomizeFilesHost {
  readonly fileSystem: FileSystem;
  /** In bytes, for a file. */
  maxFileSize(uri: string): number;
  /** What the editor has of a file; undefined when it is not open. */
  openText(uri: string): string | undefined;
}

/** Files that a build has asked for. */
export interface ReadFiles extends KustomizeFiles {
  get(path: string): string | undefined;
  /** By URI, also those that are not there. */
  readonly asked: ReadonlySet<string>;
}

/** Texts of so many characters in all are kept from one build to the next. */
const KEPT_CHARACTERS = 4_000_000;

/** A build asks for files that stand in files it has asked for; more rounds than this are no honest kustomization. */
const MAX_ROUNDS = 60;

const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** Reads for builds, which ask for files as if they were all there, what they ask for. All URIs are canonical. */
export class KustomizeReader {
  readonly #host: KustomizeFilesHost;
  /** Of files on disk; undefined for what is not there. */
  readonly #stored = new Map<string, string | undefined>();
  #characters = 0;
  /** Changes whenever what is being read may be out of date. */
  #version = 0;

  constructor(host: KustomizeFilesHost) {
    this.#host = host;
  }

  forget(uri: string): void {
    this.#version++;
    this.#stored.delete(uri);
  }

  forgetAll(): void {
    this.#version++;
    this.#stored.clear();
    this.#characters = 0;
  }

  /**
   * Reads all that the kustomization of a folder is built from, and builds it.
   *
   * @param before what it asked for the last time
   */
  async read(
    { root, source, before }: { root: string; source: OverlaySource; before: ReadonlySet<string> },
    documents: DocumentCache,
  ): Promise<{ files: ReadFiles; result: BuildResult }> {
    const { folder, amendment } = source;
    const files = new AskedFiles(root);
    await Promise.all([...before].map(async (uri) => files.put(uri, await this.#text(uri, root))));
    let result: BuildResult = { resources: [], problems: [] };
    for (let round = 0; round < MAX_ROUNDS; round++) {
      // The editor's texts count, as they are at this moment.
      for (const uri of files.asked) {
        const text = this.#host.openText(uri);
        if (text !== undefined) files.put(uri, text);
      }
      result = buildKustomization(files, folder, { cache: documents, amendment });
      const wanted = files.takeWanted();
      const listed = files.takeListed();
      if (wanted.length === 0 && listed.length === 0) break;
      await Promise.all([
        ...wanted.map(async (uri) => files.put(uri, await this.#text(uri, root))),
        ...listed.map(async (path) => files.list(path, await this.#below(root, path))),
      ]);
    }
    return { files, result };
  }

  async #text(uri: string, root: string): Promise<string | undefined> {
    const open = this.#host.openText(uri);
    if (open !== undefined) return open;
    if (this.#stored.has(uri)) return this.#stored.get(uri);
    const version = this.#version;
    const content = await this.#host.fileSystem.read(uri, this.#host.maxFileSize(uri), root);
    const text = content !== undefined && 'text' in content ? content.text : undefined;
    if (version !== this.#version) return text;
    this.#characters += text?.length ?? 0;
    if (this.#characters > KEPT_CHARACTERS) this.forgetAll();
    this.#stored.set(uri, text);
    return text;
  }

  async #below(root: string, folder: string): Promise<string[]> {
    const found: string[] = [];
    const open = [folder];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const uri = next === '' ? root : childUri(root, next);
      for (const { name, type } of (await this.#host.fileSystem.list(uri)) ?? []) {
        const path = next === '' ? name : `${next}/${name}`;
        if (type === 'folder' && !SKIPPED_FOLDERS.has(name)) open.push(path);
        if (type === 'file') found.push(path);
      }
    }
    return found;
  }
}

/** What several builds have read. */
export class JoinedFiles implements KustomizeFiles {
  readonly #files: ReadFiles[] = [];

  add(files: ReadFiles): void {
    this.#files.push(files);
  }

  get(path: string): string | undefined {
    for (const files of this.#files) {
      const text = files.get(path);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  keys(folder?: string): Iterable<string> {
    return new Set(this.#files.flatMap((files) => [...files.keys(folder)]));
  }
}

/** Notes what is asked for and is not known yet. */
class AskedFiles implements ReadFiles {
  readonly #root: string;
  readonly #uris = new Map<string, string>();
  readonly #texts = new Map<string, string | undefined>();
  readonly #lists = new Map<string, readonly string[]>();
  #wanted = new Set<string>();
  #listed = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  get asked(): ReadonlySet<string> {
    return new Set(this.#texts.keys());
  }

  get(path: string): string | undefined {
    let uri = this.#uris.get(path);
    if (uri === undefined) {
      uri = canonicalUri(childUri(this.#root, path));
      this.#uris.set(path, uri);
    }
    if (!this.#texts.has(uri)) this.#wanted.add(uri);
    return this.#texts.get(uri);
  }

  keys(folder = ''): Iterable<string> {
    const known = this.#lists.get(folder);
    if (known === undefined) this.#listed.add(folder);
    return known ?? [];
  }

  put(uri: string, text: string | undefined): void {
    this.#texts.set(uri, text);
  }

  list(folder: string, paths: readonly string[]): void {
    this.#lists.set(folder, paths);
  }

  takeWanted(): string[] {
    const wanted = [...this.#wanted];
    this.#wanted = new Set();
    return wanted;
  }

  takeListed(): string[] {
    const listed = [...this.#listed];
    this.#listed = new Set();
    return listed;
  }
}
