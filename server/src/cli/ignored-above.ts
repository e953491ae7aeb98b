import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type IgnoreRules, NO_RULES } from '../workspace/walk.ts';

/**
 * What the `.gitignore` files above a folder say of its entries, up to the top of its repository. A folder that they leave out was named on
 * purpose: then they do not count.
 */
export function ignoreRulesAbove(folder: string): IgnoreRules {
  let rules = NO_RULES;
  for (const [index, parent] of foldersAbove(folder).entries()) {
    if (index > 0 && rules.ignores(`${basename(parent)}/`)) return NO_RULES;
    if (index > 0) rules = rules.below(basename(parent));
    rules = withPatternsOf(parent, rules);
  }
  const name = basename(folder);
  return rules.ignores(`${name}/`) ? NO_RULES : rules.below(name);
}

function withPatternsOf(folder: string, rules: IgnoreRules): IgnoreRules {
  try {
    return rules.with(readFileSync(join(folder, '.gitignore'), 'utf8'));
  } catch {
    return rules; // most folders have none
  }
}

/** The folders above one that belong to its repository, the outermost first; none outside of a repository. */
function foldersAbove(folder: string): string[] {
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (at !== folder) folders.unshift(at);
    if (existsSync(join(at, '.git'))) return folders;
    if (dirname(at) === at) return [];
  }
}
