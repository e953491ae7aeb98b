import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The `.gitignore` files that count in a folder: those of the folder and of all folders above it in the repository. */
export class IgnoreRules {
  /** Innermost first: the nearest file that mentions a path decides. */
  readonly #levels: readonly { readonly folder: string; readonly rules: Ignore }[];

  private constructor(levels: readonly { folder: string; rules: Ignore }[]) {
    this.#levels = levels;
  }

  /** The rules from above a folder. A folder that they leave out was named on purpose: then they do not count. */
  static above(folder: string): IgnoreRules {
    const none = new IgnoreRules([]);
    const above = foldersAbove(folder).reduceRight((rules, parent) => rules.within(parent), none);
    return above.ignores(folder, true) ? none : above;
  }

  /** These rules and those that a folder adds. */
  within(folder: string): IgnoreRules {
    let patterns: string;
    try {
      patterns = readFileSync(join(folder, '.gitignore'), 'utf8');
    } catch {
      return this;
    }
    return new IgnoreRules([{ folder, rules: ignore({ ignorecase: false }).add(patterns) }, ...this.#levels]);
  }

  ignores(path: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.#levels) {
      const inFolder = relative(folder, path).split(sep).join('/');
      const verdict = rules.test(isFolder ? `${inFolder}/` : inFolder);
      if (verdict.ignored) return true;
      if (verdict.unignored) return false;
    }
    return false;
  }
}

/** The folders above one that belong to its repository, the nearest first; none outside of a repository. */
function foldersAbove(folder: string): string[] {
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (at !== folder) folders.push(at);
    if (existsSync(join(at, '.git'))) return folders;
    if (dirname(at) === at) return [];
  }
}
