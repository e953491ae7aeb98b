import { compileGlob } from '../../helm/index.ts';

/** Which files of a folder Argo CD deploys, by patterns; empty ones say nothing. */
export interface FileSelection {
  readonly include: string;
  readonly exclude: string;
}

/**
 * Whether a file is deployed: it matches what is included, and not what is excluded. To these patterns `*` stands for folders, too. Patterns that
 * nobody can read leave nothing out.
 *
 * @param path from the folder of the application
 *
 * Source: https://argo-cd.readthedocs.io/en/stable/user-guide/directory/#includingexcluding-files
 */
export function isSelected({ include, exclude }: FileSelection, path: string): boolean {
  const matches = (pattern: string) => compileGlob(pattern.replaceAll(/\*+/g, '**'))?.(path);
  if (exclude !== '' && matches(exclude) === true) return false;
  return include === '' || matches(include) !== false;
}
