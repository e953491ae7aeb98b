import ignore, { type Ignore } from 'ignore';
import type { FileSystem } from './file-system.ts';
import { childUri } from './uris.ts';

/** Files that may hold manifests. */
const MANIFEST_FILE = /\.(?:ya?ml|json)$/i;

/** Never hold manifests of the project, and can be enormous. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules']);

const MAX_GITIGNORE_SIZE = 1_000_000;

export interface FoundFolder {
  readonly uri: string;
  /** Of files that may hold manifests; undefined when the folder cannot be listed. */
  readonly files: readonly string[] | undefined;
  /** Symbolic links, which are not followed. */
  readonly links: readonly string[];
}

/**
 * Folders and the manifest files in them, without what `.gitignore` files leave out; the folder itself first.
 *
 * @param above what the `.gitignore` files above the folder say of its entries
 */
export async function* walk(
  fileSystem: FileSystem,
  root: string,
  above = NO_RULES,
): AsyncGenerator<FoundFolder> {
  const open: { uri: string; rules: IgnoreRules }[] = [{ uri: root, rules: above }];
  for (let folder = open.shift(); folder !== undefined; folder = open.shift()) {
    const entries = await fileSystem.list(folder.uri);
    if (entries === undefined) {
      yield { uri: folder.uri, files: undefined, links: [] };
      continue;
    }
    const { uri } = folder;
    const rules = entries.some(({ name }) => name === '.gitignore')
      ? await rulesIn(fileSystem, uri, root, folder.rules)
      : folder.rules;
    const names = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, type } of names) {
      if (type !== 'folder' || SKIPPED_FOLDERS.has(name) || rules.ignores(`${name}/`)) continue;
      open.push({ uri: childUri(uri, name), rules: rules.below(name) });
    }
    const files = names.filter(
      ({ name, type }) => type === 'file' && isManifestFile(name) && !rules.ignores(name),
    );
    const links = names.filter(({ name, type }) => type === 'link' && !rules.ignores(name));
    const uriOf = ({ name }: { name: string }) => childUri(uri, name);
    yield { uri, files: files.map(uriOf), links: links.map(uriOf) };
  }
}

export function isManifestFile(name: string): boolean {
  return MANIFEST_FILE.test(name);
}

/** The rules of a folder, with those of its own `.gitignore` file. */
export async function rulesIn(
  fileSystem: FileSystem,
  folder: string,
  root: string,
  above: IgnoreRules,
): Promise<IgnoreRules> {
  const content = await fileSystem.read(childUri(folder, '.gitignore'), MAX_GITIGNORE_SIZE, root);
  if (content === undefined || !('text' in content)) return above;
  return above.with(content.text);
}

/** The rules of one folder. */
interface Level {
  readonly rules: Ignore;
  /** From that folder to the one that is looked at. */
  readonly way: string;
}

function levelOf(patterns: string): Level {
  return { rules: ignore({ ignorecase: false }).add(patterns), way: '' };
}

/** What `.gitignore` files say of the entries of one folder. */
export class IgnoreRules {
  /** Innermost first: the nearest file that mentions a path decides. */
  readonly #levels: readonly Level[];
  /** What nothing else takes back. */
  readonly #final: readonly Level[];

  constructor(levels: readonly Level[], final: readonly Level[] = []) {
    this.#levels = levels;
    this.#final = final;
  }

  /** @param patterns the text of a `.gitignore` file of this folder */
  with(patterns: string): IgnoreRules {
    return new IgnoreRules([levelOf(patterns), ...this.#levels], this.#final);
  }

  /** @param patterns of what is ignored whatever `.gitignore` files say, written as in these */
  without(patterns: string): IgnoreRules {
    return new IgnoreRules(this.#levels, [levelOf(patterns), ...this.#final]);
  }

  /** What these rules say of the entries of a folder in this one. */
  below(name: string): IgnoreRules {
    const inside = ({ rules, way }: Level) => ({ rules, way: `${way}${name}/` });
    return new IgnoreRules(this.#levels.map(inside), this.#final.map(inside));
  }

  /** @param name of an entry; of a folder with a slash at its end */
  ignores(name: string): boolean {
    if (this.#final.some(({ rules, way }) => rules.ignores(way + name))) return true;
    for (const { rules, way } of this.#levels) {
      const { ignored, unignored } = rules.test(way + name);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

export const NO_RULES = new IgnoreRules([]);
