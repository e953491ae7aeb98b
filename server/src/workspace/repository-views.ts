import type { RepositoryView } from '../analysis/gitops/index.ts';
import { isBelow, parentOf, pathBelow } from './folder-paths.ts';

/** Reads what generators of applications ask for. */
export interface ParameterFiles {
  /** The files in a folder and below it. */
  filesBelow(folder: string): readonly string[];
  /** Undefined when a file is not there, or not read yet. */
  textOf(file: string): string | undefined;
}

/**
 * What may be the repository of a manifest: the folders around it, as far as they are in the one that holds everything, the outermost
 * first.
 *
 * @param files all that are known
 */
export function repositoryViews(
  folder: string,
  files: readonly string[],
  reader: ParameterFiles,
  join: (folder: string, path: string) => string,
): RepositoryView[] {
  const top = commonFolder(files);
  const roots: string[] = [];
  for (let each = folder; each !== ''; each = parentOf(each)) {
    if (each !== top && !isBelow(each, top)) break;
    roots.unshift(each);
  }
  return roots.map((root) => viewOf(root, files, reader, join));
}

function viewOf(
  root: string,
  files: readonly string[],
  reader: ParameterFiles,
  join: (folder: string, path: string) => string,
): RepositoryView {
  let folders: readonly string[] | undefined;
  return {
    get folders() {
      folders ??= foldersBelow(root, files);
      return folders;
    },
    filesBelow: (path) =>
      reader.filesBelow(path === '' ? root : join(root, path)).map((file) => pathBelow(root, file)),
    textOf: (file) => reader.textOf(join(root, file)),
  };
}

function foldersBelow(root: string, files: readonly string[]): string[] {
  const found = new Set<string>();
  for (const file of files) {
    for (let each = parentOf(file); isBelow(each, root) && !found.has(each); each = parentOf(each))
      found.add(each);
  }
  return [...found].map((folder) => pathBelow(root, folder)).sort();
}

/** The innermost folder that all files are in. */
function commonFolder(files: readonly string[]): string {
  const [first] = files;
  let common = first === undefined ? '' : parentOf(first);
  for (const file of files) while (common !== '' && !isBelow(file, common)) common = parentOf(common);
  return common;
}
