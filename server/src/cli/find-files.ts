import { realpathSync, type Stats, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { RunProblem } from '../report/run.ts';
import { NodeFileSystem } from '../workspace/node-file-system.ts';
import { isManifestFile, walk } from '../workspace/walk.ts';
import { ignoreRulesAbove } from './ignored-above.ts';

/** A file to be checked. */
export interface FoundFile {
  /** Relative to the working folder, with `/` between the parts: what reports show. */
  readonly path: string;
  readonly absolutePath: string;
  /** Whether the command line names this very file. */
  readonly isNamed: boolean;
}

export interface FoundFiles {
  /** In the order of their paths, each once. */
  readonly files: readonly FoundFile[];
  /** Named paths and folders below them that cannot be read, and links that are not followed. */
  readonly problems: readonly RunProblem[];
  /** Whether folders were named and all of them could be read, so that everything that deploys together is in view. */
  readonly isComplete: boolean;
}

/**
 * The files that a command line names: files as they are, folders with all YAML and JSON files that `.gitignore` does not leave out. Symbolic
 * links below a folder are not followed.
 */
export async function findFiles(paths: readonly string[], workingFolder: string): Promise<FoundFiles> {
  const search = new Search(workingFolder);
  for (const path of paths) await search.visit(resolve(workingFolder, path));
  return search.result();
}

class Search {
  readonly #workingFolder: string;
  readonly #fileSystem = new NodeFileSystem();
  readonly #files = new Map<string, FoundFile>();
  readonly #problems: RunProblem[] = [];
  #hasFolders = false;
  #isMissingSome = false;

  constructor(workingFolder: string) {
    this.#workingFolder = workingFolder;
  }

  result(): FoundFiles {
    const files = [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    const isComplete = this.#hasFolders && !this.#isMissingSome;
    return { files, problems: this.#problems, isComplete };
  }

  async visit(absolutePath: string): Promise<void> {
    let stats: Stats | undefined;
    try {
      stats = statSync(absolutePath, { throwIfNoEntry: false });
    } catch (error) {
      this.#tell('error', absolutePath, `It cannot be read${codeOf(error)}.`);
      return;
    }
    if (stats === undefined) this.#tell('error', absolutePath, 'There is no such file or folder.');
    else if (stats.isDirectory()) await this.#visitFolder(absolutePath);
    else this.#add(absolutePath, true);
  }

  async #visitFolder(root: string): Promise<void> {
    this.#hasFolders = true;
    const folders = walk(this.#fileSystem, URI.file(root).toString(), ignoreRulesAbove(root));
    for await (const { uri, files, links } of folders) {
      if (files === undefined) {
        this.#isMissingSome = true;
        this.#tell('error', URI.parse(uri).fsPath, 'The folder cannot be read.');
      }
      for (const file of files ?? []) this.#add(URI.parse(file).fsPath, false);
      for (const link of links) this.#noteLink(URI.parse(link).fsPath, realpathSync(root));
    }
  }

  /** What a link inside the folder points at is found by itself; what lies outside is not ours to read. */
  #noteLink(path: string, root: string): void {
    let target: string;
    try {
      target = realpathSync(path);
    } catch {
      if (isManifestFile(path)) this.#tell('note', path, 'The symbolic link leads nowhere.');
      return;
    }
    if (target === root || target.startsWith(root + sep)) return;
    if (isManifestFile(path) || statSync(target).isDirectory()) {
      this.#tell('note', path, 'The symbolic link leads out of the folder and was not followed.');
    }
  }

  #add(absolutePath: string, isNamed: boolean): void {
    const path = this.#shown(absolutePath);
    const wasNamed = this.#files.get(path)?.isNamed ?? false;
    this.#files.set(path, { path, absolutePath, isNamed: isNamed || wasNamed });
  }

  #tell(level: RunProblem['level'], absolutePath: string, message: string): void {
    this.#problems.push({ level, path: this.#shown(absolutePath), message });
  }

  #shown(absolutePath: string): string {
    return relative(this.#workingFolder, absolutePath).split(sep).join('/') || '.';
  }
}

/** The system's code of a failed file operation, such as `EACCES`. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
