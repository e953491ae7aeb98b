/** Why a file is not looked at. */
export type SkipReason = 'too-large' | 'binary' | 'not-utf-8' | 'unreadable' | 'outside-workspace';

export type FileContent = { readonly text: string } | { readonly skipped: SkipReason };

export interface FolderEntry {
  readonly name: string;
  /**
   * Links stay links: what one inside the workspace shows is found without it, and one out of it is not ours to follow. So walks end. Charts alone
   * follow some, as Helm does.
   */
  readonly type: 'file' | 'folder' | 'link';
}

export interface ResolvedPath {
  /** Canonical. */
  readonly uri: string;
  readonly type: 'file' | 'folder';
}

/** How this part of the product reads files: from disk, from the editor, or from memory in tests. Nothing here ever rejects. */
export interface FileSystem {
  /**
   * The text of a file; undefined when there is none.
   *
   * @param maxSize in bytes; larger files are skipped without being read
   * @param boundary the folder that a symbolic link must not lead out of
   */
  read(uri: string, maxSize: number, boundary: string): Promise<FileContent | undefined>;
  /** The bytes of a file, such as a packed chart; undefined when it cannot be read. Absent where only texts are had. */
  readBytes?(uri: string, maxSize: number, boundary: string): Promise<Uint8Array | undefined>;
  /** Where a path leads when all symbolic links on it are followed; undefined when that is nowhere. Absent where it cannot be told. */
  resolve?(uri: string): Promise<ResolvedPath | undefined>;
  /** What stands in a folder; undefined when it cannot be listed. */
  list(uri: string): Promise<readonly FolderEntry[] | undefined>;
}

/** Files that are text have no NUL; looking at their start is enough to tell. */
const SNIFFED_BYTES = 8192;

/** Decodes UTF-8, without its byte order mark. */
export function decodeText(bytes: Uint8Array): FileContent {
  if (hasUtf16Mark(bytes)) return { skipped: 'not-utf-8' };
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) return { skipped: 'binary' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { skipped: 'not-utf-8' };
  }
}

/** UTF-16 is full of NULs, but is text. */
function hasUtf16Mark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
