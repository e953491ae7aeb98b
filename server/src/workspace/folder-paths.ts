/** Paths of files, and URIs: both end with names between slashes. */

/** Empty for what is in no folder. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'), path.lastIndexOf('\\')));
}

export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`);
}

/** The way from a folder to what is below it, with `/` between the parts. */
export function pathBelow(folder: string, path: string): string {
  const below = path.slice(folder.length + 1).replaceAll('\\', '/');
  return folder.includes('://') ? decodeURIComponent(below) : below;
}
