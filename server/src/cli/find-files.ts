import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { RunProblem } from '../report/run.ts';
import { IgnoreRules } from './ignore-rules.ts';

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
  /** Whether folders were named, so that everything in them is in view. */
  readonly hasFolders: boolean;
}

const MANIFEST_EXTENSION = /\.(?:ya?ml|json)$/i;

/** Never holds manifests of the project, and can be enormous. */
const SKIPPED_FOLDERS = new Set(['.git', '.hg', '.svn', 'node_modules']);

/**
 * The files that a command line names: files as they are, folders with all YAML and JSON files that `.gitignore` does not leave out.
 * Symbolic links below a folder are not followed, so that a walk ends and stays inside.
 */
export function findFiles(paths: readonly string[], workingFolder: string): FoundFiles {
  const walk = new Walk(workingFolder);
  for (const path of paths) walk.visitNamed(resolve(workingFolder, path));
  return walk.result();
}

class Walk {
  readonly #workingFolder: string;
  readonly #files = new Map<string, FoundFile>();
  readonly #problems: RunProblem[] = [];
  #hasFolders = false;

  constructor(workingFolder: string) {
    this.#workingFolder = workingFolder;
  }

  result(): FoundFiles {
    const files = [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return { files, problems: this.#problems, hasFolders: this.#hasFolders };
  }

  visitNamed(absolutePath: string): void {
    let stats: ReturnType<typeof statSync>;
    try {
      stats = statSync(absolutePath, { throwIfNoEntry: false });
    } catch (error) {
      this.#problem(absolutePath, `It cannot be read${codeOf(error)}.`);
      return;
    }
    if (stats === undefined) this.#problem(absolutePath, 'There is no such file or folder.');
    else if (stats.isDirectory()) {
      this.#hasFolders = true;
      this.#visitFolder(absolutePath, IgnoreRules.above(absolutePath), realpathSync(absolutePath));
    } else this.#add(absolutePath, true);
  }

  /** @param root the real path of the named folder that this one is below */
  #visitFolder(folder: string, above: IgnoreRules, root: string): void {
    let entries: ReturnType<typeof readEntries>;
    try {
      entries = readEntries(folder);
    } catch (error) {
      this.#problem(folder, `The folder cannot be read${codeOf(error)}.`);
      return;
    }
    const rules = entries.some(({ name }) => name === '.gitignore') ? above.within(folder) : above;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isSymbolicLink()) this.#visitLink(path, root);
      else if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name) && !rules.ignores(path, true))
          this.#visitFolder(path, rules, root);
      } else if (entry.isFile() && MANIFEST_EXTENSION.test(entry.name) && !rules.ignores(path, false)) {
        this.#add(path, false);
      }
    }
  }

  /** What a link inside the folder points at is found by itself; what lies outside is not ours to read. */
  #visitLink(path: string, root: string): void {
    let target: string;
    try {
      target = realpathSync(path);
    } catch {
      if (MANIFEST_EXTENSION.test(path)) this.#note(path, 'The symbolic link leads nowhere.');
      return;
    }
    if (target === root || target.startsWith(root + sep)) return;
    if (MANIFEST_EXTENSION.test(path) || lstatSync(target).isDirectory()) {
      this.#note(path, 'The symbolic link leads out of the folder and was not followed.');
    }
  }

  #add(absolutePath: string, isNamed: boolean): void {
    const path = this.#shown(absolutePath);
    const wasNamed = this.#files.get(path)?.isNamed ?? false;
    this.#files.set(path, { path, absolutePath, isNamed: isNamed || wasNamed });
  }

  #problem(absolutePath: string, message: string): void {
    this.#problems.push({ level: 'error', path: this.#shown(absolutePath), message });
  }

  #note(absolutePath: string, message: string): void {
    this.#problems.push({ level: 'note', path: this.#shown(absolutePath), message });
  }

  #shown(absolutePath: string): string {
    return relative(this.#workingFolder, absolutePath).split(sep).join('/') || '.';
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The system's code of a failed file operation, such as `EACCES`. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
