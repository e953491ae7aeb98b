import { URI } from 'vscode-uri';
import type { FileSystem } from './file-system.ts';
import { childUri, folderOf } from './uris.ts';

export interface Commit {
  readonly id: string;
  /** Absent where no branch is checked out. */
  readonly branch?: string;
}

/** Files of Git are small; the list of packed references of a huge repository is the largest. */
const MAX_SIZE = 20_000_000;

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * The commit that is checked out around a folder, as the files of Git tell it: nothing is run. Undefined where there is no repository, or none of its
 * commits is checked out.
 *
 * Source: https://git-scm.com/docs/gitrepository-layout
 */
export async function commitAround(folder: string, fileSystem: FileSystem): Promise<Commit | undefined> {
  const repository = await repositoryAround(folder, fileSystem);
  if (repository === undefined) return undefined;
  const { head, places } = repository;
  if (ID.test(head)) return { id: head };
  const reference = /^ref: (\S+)$/.exec(head)?.[1];
  if (reference === undefined || reference.split('/').includes('..')) return undefined;
  const id = await idOf(reference, places, fileSystem);
  return id === undefined ? undefined : { id, branch: reference.replace(/^refs\/heads\//, '') };
}

interface Repository {
  readonly head: string;
  /** Where references stand: of a linked work tree, first its own, then those of all. */
  readonly places: readonly string[];
}

async function repositoryAround(folder: string, fileSystem: FileSystem): Promise<Repository | undefined> {
  for (let at: string | undefined = folder; at !== undefined; at = folderOf(at)) {
    const git: string = childUri(at, '.git');
    const linked = await textOf(git, fileSystem);
    const own = linked === undefined ? git : linkedFolder(linked, at);
    const head = own && (await textOf(childUri(own, 'HEAD'), fileSystem));
    if (own === undefined || head === undefined) continue;
    const common = await textOf(childUri(own, 'commondir'), fileSystem);
    return { head, places: common === undefined ? [own] : [own, resolved(own, common)] };
  }
  return undefined;
}

/** Of a linked work tree or a submodule, `.git` is a file that names the folder. */
function linkedFolder(text: string, base: string): string | undefined {
  const path = /^gitdir: (.+)$/.exec(text)?.[1];
  return path === undefined ? undefined : resolved(base, path);
}

function resolved(base: string, path: string): string {
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  return isAbsolute
    ? URI.parse(base)
        .with({ path: URI.file(path).path })
        .toString()
    : childUri(base, path);
}

async function idOf(
  reference: string,
  places: readonly string[],
  fileSystem: FileSystem,
): Promise<string | undefined> {
  for (const place of places) {
    const id = await textOf(childUri(place, reference), fileSystem);
    if (id !== undefined && ID.test(id)) return id;
  }
  for (const place of places) {
    const packed = await textOf(childUri(place, 'packed-refs'), fileSystem);
    const line = packed?.split('\n').find((candidate) => candidate.endsWith(` ${reference}`));
    const id = line?.split(' ')[0];
    if (id !== undefined && ID.test(id)) return id;
  }
  return undefined;
}

async function textOf(uri: string, fileSystem: FileSystem): Promise<string | undefined> {
  const content = await fileSystem.read(uri, MAX_SIZE, folderOf(uri) ?? uri);
  return content !== undefined && 'text' in content ? content.text.trim() : undefined;
}
