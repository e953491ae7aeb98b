/** Names under which a folder's kustomization may stand. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Joins a path to a folder, both from the root of the files; undefined when it leads out of them, or is absolute. */
export function joinPath(folder: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The way from a folder to a file. */
export function relativePath(folder: string, file: string): string {
  const [from, to] = [folder === '' ? [] : folder.split('/'), file.split('/')];
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** Whether a resource is somewhere else, in a repository or on a server. */
export function isRemote(path: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:/i.test(path) ||
    /^git@/.test(path) ||
    path.includes('?ref=') ||
    path.includes('//') ||
    /^(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)[/:]/.test(path)
  );
}
