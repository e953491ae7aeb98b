import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { URI } from 'vscode-uri';
import {
  decodeText,
  type FileContent,
  type FileSystem,
  type FolderEntry,
  type ResolvedPath,
  type SkipReason,
} from './file-system.ts';
import { canonicalUri } from './uris.ts';

/** Files on disk. */
export class NodeFileSystem implements FileSystem {
  async read(uri: string, maxSize: number, boundary: string): Promise<FileContent | undefined> {
    const content = await readFileOf(uri, maxSize, boundary);
    return content === undefined || 'skipped' in content ? content : decodeText(content.bytes);
  }

  async readBytes(uri: string, maxSize: number, boundary: string): Promise<Uint8Array | undefined> {
    const content = await readFileOf(uri, maxSize, boundary);
    return content === undefined || 'skipped' in content ? undefined : content.bytes;
  }

  async resolve(uri: string): Promise<ResolvedPath | undefined> {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    try {
      const real = await realpath(path);
      const stats = await stat(real);
      if (!stats.isFile() && !stats.isDirectory()) return undefined;
      return { uri: canonicalUri(URI.file(real).toString()), type: stats.isFile() ? 'file' : 'folder' };
    } catch {
      return undefined;
    }
  }

  async list(uri: string): Promise<readonly FolderEntry[] | undefined> {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    try {
      const entries = await readdir(path, { withFileTypes: true });
      return entries.flatMap((entry) => {
        const type = typeOf(entry);
        return type === undefined ? [] : { name: entry.name, type };
      });
    } catch {
      return undefined;
    }
  }
}

async function readFileOf(
  uri: string,
  maxSize: number,
  boundary: string,
): Promise<{ bytes: Uint8Array } | { skipped: SkipReason } | undefined> {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  try {
    if ((await lstat(path)).isSymbolicLink() && !(await leadsInto(path, pathOf(boundary)))) {
      return { skipped: 'outside-workspace' };
    }
    const stats = await stat(path);
    // Reading a pipe or a device could wait for ever.
    if (!stats.isFile()) return undefined;
    return stats.size > maxSize ? { skipped: 'too-large' } : { bytes: await readFile(path) };
  } catch (error) {
    return isAbsent(error) ? undefined : { skipped: 'unreadable' };
  }
}

function typeOf(entry: Dirent): FolderEntry['type'] | undefined {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : undefined;
}

function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}

async function leadsInto(link: string, folder: string | undefined): Promise<boolean> {
  if (folder === undefined) return false;
  const inFolder = relative(await realpath(folder), await realpath(link));
  return !inFolder.startsWith('..') && !isAbsolute(inFolder);
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
