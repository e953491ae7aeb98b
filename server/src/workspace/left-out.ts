import type { FileSystem } from './file-system.ts';
import { canonicalUri, folderOf, isWithin, nameOf } from './uris.ts';
import { type IgnoreRules, NO_RULES, rulesIn, SKIPPED_FOLDERS } from './walk.ts';

/** By workspace folder, the patterns of what the editor leaves out of it (`files.exclude`). */
export type Excluded = ReadonlyMap<string, readonly string[]>;

/** The files of workspace folders that are not looked at: what `.gitignore` files and the editor leave out. All URIs are canonical. */
export class LeftOut {
  readonly #fileSystem: FileSystem;
  #excluded: ReadonlyMap<string, string> = new Map();
  /** By folder; undefined where the folder itself is left out. */
  readonly #rules = new Map<string, Promise<IgnoreRules | undefined>>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** @returns whether other files may be left out than before */
  exclude(excluded: Excluded): boolean {
    const patterns = new Map(
      [...excluded].map(([folder, globs]) => [
        folder && canonicalUri(folder),
        globs.flatMap((glob) => asIgnored(glob)).join('\n'),
      ]),
    );
    const isSame =
      patterns.size === this.#excluded.size &&
      [...patterns].every(([folder, text]) => this.#excluded.get(folder) === text);
    this.#excluded = patterns;
    if (!isSame) this.forget();
    return !isSame;
  }

  /** What `.gitignore` files say may have changed. */
  forget(): void {
    this.#rules.clear();
  }

  /** What the editor leaves out of a workspace folder. */
  rulesAbove(root: string): IgnoreRules {
    const patterns = this.#excluded.get(root) ?? this.#excluded.get('') ?? '';
    return patterns === '' ? NO_RULES : NO_RULES.without(patterns);
  }

  /** Whether a file or folder in a workspace folder is left out. */
  async has(uri: string, root: string, type: 'file' | 'folder' = 'file'): Promise<boolean> {
    const folder = folderOf(uri);
    if (uri === root || folder === undefined || !isWithin(folder, root)) return false;
    const name = nameOf(uri);
    if (type === 'folder' && SKIPPED_FOLDERS.has(name)) return true;
    const rules = await this.#rulesOf(folder, root);
    return rules === undefined || rules.ignores(type === 'folder' ? `${name}/` : name);
  }

  #rulesOf(folder: string, root: string): Promise<IgnoreRules | undefined> {
    let rules = this.#rules.get(folder);
    if (rules === undefined) {
      rules = this.#read(folder, root);
      this.#rules.set(folder, rules);
    }
    return rules;
  }

  async #read(folder: string, root: string): Promise<IgnoreRules | undefined> {
    if (await this.has(folder, root, 'folder')) return undefined;
    const around = folder === root ? undefined : folderOf(folder);
    const above = around === undefined ? this.rulesAbove(root) : await this.#rulesOf(around, root);
    if (above === undefined) return undefined;
    const own = around === undefined ? above : above.below(nameOf(folder));
    const entries = await this.#fileSystem.list(folder);
    return entries?.some(({ name }) => name === '.gitignore')
      ? rulesIn(this.#fileSystem, folder, root, own)
      : own;
  }
}

const BRACES = /\{([^{}]*)\}/;

/** Of braces in one glob; what has more of them leaves nothing out. */
const MAX_BRACES = 3;

/** A glob of the editor as lines of a `.gitignore` file: these know no braces, and take a name without a slash at any depth. */
function asIgnored(glob: string, depth = 0): string[] {
  const braces = BRACES.exec(glob);
  if (braces === null) return [glob.startsWith('**/') ? glob : `/${glob}`];
  if (depth === MAX_BRACES) return [];
  const [all, inner = ''] = braces;
  const [before, after] = [glob.slice(0, braces.index), glob.slice(braces.index + all.length)];
  return inner.split(',').flatMap((choice) => asIgnored(before + choice + after, depth + 1));
}
