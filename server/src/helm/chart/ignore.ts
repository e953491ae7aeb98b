import { compileFileMatch } from './glob.ts';

interface IgnoreRule {
  readonly isNegated: boolean;
  readonly onlyFolders: boolean;
  readonly matches: (path: string) => boolean;
}

/** The rules of a `.helmignore`, which differ from git's: no `**`, and a negation ignores all that it does not match. */
export interface IgnoreRules {
  readonly rules: readonly IgnoreRule[];
  /** Why the file cannot be used; Helm refuses the chart then. */
  readonly problem: string | undefined;
}

/** Dot files in templates/ never count. */
const BUILT_IN = 'templates/.?*';

export function parseIgnoreRules(text: string): IgnoreRules {
  const rules: IgnoreRule[] = [];
  for (const line of `${text.replace(/^\ufeff/, '')}\n${BUILT_IN}`.split('\n')) {
    const source = line.trim();
    if (source === '' || source.startsWith('#')) continue;
    if (source.includes('**')) {
      return { rules, problem: 'double-star (**) syntax is not supported' };
    }
    const rule = parseRule(source);
    if (rule === undefined) return { rules, problem: 'syntax error in pattern' };
    rules.push(rule);
  }
  return { rules, problem: undefined };
}

function parseRule(source: string): IgnoreRule | undefined {
  const isNegated = source.startsWith('!');
  let pattern = isNegated ? source.slice(1) : source;
  const onlyFolders = pattern.endsWith('/');
  if (onlyFolders) pattern = pattern.slice(0, -1);
  const isRooted = pattern.startsWith('/');
  const isPath = pattern.includes('/');
  const match = compileFileMatch(isRooted ? pattern.slice(1) : pattern);
  if (match === undefined) return undefined;
  const matches = isPath ? match : (path: string) => match(path.slice(path.lastIndexOf('/') + 1));
  return { isNegated, onlyFolders, matches };
}

function isIgnored({ rules }: IgnoreRules, path: string, isFolder: boolean): boolean {
  for (const rule of rules) {
    if (rule.isNegated) {
      if (rule.onlyFolders && !isFolder) return true;
      if (!rule.matches(path)) return true;
      continue;
    }
    if (rule.onlyFolders && !isFolder) continue;
    if (rule.matches(path)) return true;
  }
  return false;
}

/** Which files of a chart Helm loads: a file in an ignored folder is ignored too. */
export function fileFilter(rules: IgnoreRules): (path: string) => boolean {
  const folders = new Map<string, boolean>();
  const isFolderIgnored = (folder: string): boolean => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const slash = folder.lastIndexOf('/');
    const result =
      (slash !== -1 && isFolderIgnored(folder.slice(0, slash))) || isIgnored(rules, folder, true);
    folders.set(folder, result);
    return result;
  };
  return (path) => {
    const slash = path.lastIndexOf('/');
    if (slash !== -1 && isFolderIgnored(path.slice(0, slash))) return false;
    return !isIgnored(rules, path, false);
  };
}
