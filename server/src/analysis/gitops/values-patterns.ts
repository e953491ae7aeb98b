import { compileGlob } from '../../helm/index.ts';
import { type HelmSettings, type NamedValuesFile, normalizedPath } from './application.ts';

/** Whether Argo CD looks for files that a path matches, rather than for one that is called so. */
export function isPattern(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * Settings in which patterns among the values files are the files that they match, as github.com/bmatcuk/doublestar does: by their names, those
 * of a folder before those below it. A file that is named as well stands where it is named. Undefined when a pattern matches nothing that has
 * to be there.
 *
 * @param folder that the chart is in, from the root of the repository
 * @param filesBelow the files of the repository, by their paths from its root
 *
 * Source: https://argo-cd.readthedocs.io/en/latest/user-guide/helm/#glob-patterns-in-value-files
 */
export function withoutPatterns(
  settings: HelmSettings,
  folder: string,
  filesBelow: () => readonly string[],
): HelmSettings | undefined {
  const { valueFiles, ignoresMissingFiles } = settings;
  if (!valueFiles.some(({ path }) => isPattern(path))) return settings;
  const pathOf = ({ from, path }: NamedValuesFile) => normalizedPath(path, from === 'chart' ? folder : '');
  const taken = new Set(valueFiles.filter(({ path }) => !isPattern(path)).map(pathOf));
  const files: NamedValuesFile[] = [];
  for (const file of valueFiles) {
    if (!isPattern(file.path)) {
      files.push(file);
      continue;
    }
    const pattern = pathOf(file);
    const found = pattern === undefined ? [] : matching(pattern, filesBelow());
    if (found.length === 0 && !ignoresMissingFiles) return undefined;
    for (const path of found) {
      if (!taken.has(path)) files.push({ from: 'root', path });
      taken.add(path);
    }
  }
  return { ...settings, valueFiles: files };
}

function matching(pattern: string, files: readonly string[]): string[] {
  // `**/` stands for no folder, too.
  const matches = compileGlob(pattern.replaceAll(/(^|\/)\*\*\//g, '{$1,$1**/}'));
  return matches === undefined ? [] : files.filter(matches).sort(byFolder);
}

function byFolder(path: string, other: string): number {
  const [parts, others] = [path.split('/'), other.split('/')];
  const at = parts.findIndex((part, index) => part !== others[index]);
  const [isLast, isOtherLast] = [at === parts.length - 1, at === others.length - 1];
  if (isLast !== isOtherLast) return isLast ? -1 : 1;
  return (parts[at] ?? '') < (others[at] ?? '') ? -1 : 1;
}
