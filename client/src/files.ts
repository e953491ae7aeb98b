/** Answers a server for files that it cannot read itself, from the file systems of the editor. */

import { type Disposable, FileSystemError, FileType, type Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FolderEntryResult,
  LIST_FOLDER_REQUEST,
  type ListFolderParams,
  READ_FILE_REQUEST,
  type ReadFileParams,
  type ReadFileResult,
} from '../../server/src/features/protocol.ts';

export function answerFileRequests(client: BaseLanguageClient): Disposable[] {
  const uriOf = client.protocol2CodeConverter.asUri;
  return [
    client.onRequest<ReadFileResult | null, Error>(READ_FILE_REQUEST, ({ uri, maxSize }: ReadFileParams) =>
      readFile(uriOf(uri), maxSize),
    ),
    client.onRequest<FolderEntryResult[] | null, Error>(LIST_FOLDER_REQUEST, ({ uri }: ListFolderParams) =>
      listFolder(uriOf(uri)),
    ),
  ];
}

async function readFile(uri: Uri, maxSize: number): Promise<ReadFileResult | null> {
  try {
    const { type, size } = await workspace.fs.stat(uri);
    // Where a link leads cannot be asked here.
    if (type & FileType.SymbolicLink) return { skipped: 'outside-workspace' };
    if (!(type & FileType.File)) return null;
    if (size > maxSize) return { skipped: 'too-large' };
    return { base64: base64Of(await workspace.fs.readFile(uri)) };
  } catch (error) {
    const isAbsent = error instanceof FileSystemError && error.code === 'FileNotFound';
    return isAbsent ? null : { skipped: 'unreadable' };
  }
}

async function listFolder(uri: Uri): Promise<FolderEntryResult[] | null> {
  try {
    const entries = await workspace.fs.readDirectory(uri);
    return entries.flatMap(([name, type]) => entryOf(name, type));
  } catch {
    return null;
  }
}

function entryOf(name: string, type: FileType): FolderEntryResult[] {
  if (type & FileType.SymbolicLink) return [{ name, type: 'link' }];
  if (type & FileType.Directory) return [{ name, type: 'folder' }];
  return type & FileType.File ? [{ name, type: 'file' }] : [];
}

/** As many arguments as every engine takes. */
const CHUNK = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}
