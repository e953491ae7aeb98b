import { URI, Utils } from 'vscode-uri';

/**
 * One spelling for each resource: clients and systems escape differently (`file:///c:/a`, `file:///c%3A/a`). Folders have no slash at their
 * end.
 */
export function canonicalUri(uri: string): string {
  const canonical = URI.parse(uri).toString();
  return canonical.endsWith('/') && !canonical.endsWith('//') ? canonical.slice(0, -1) : canonical;
}

/** The folder of a file or folder; undefined at the root, and for what has no place among files (`untitled:Untitled-1`). */
export function folderOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  if (!parsed.path.startsWith('/') || parsed.path === '/') return undefined;
  return canonicalUri(Utils.dirname(parsed).toString());
}

export function childUri(folder: string, name: string): string {
  const parsed = URI.parse(folder);
  // The root of an authority has lost its slash.
  return Utils.joinPath(parsed.path === '' ? parsed.with({ path: '/' }) : parsed, name).toString();
}

export function nameOf(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/** Whether a canonical URI is a folder or something in it, at any depth. */
export function isWithin(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
