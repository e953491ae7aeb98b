import { readFileSync, statSync } from 'node:fs';
import { codeOf } from './find-files.ts';

export interface TextContent {
  readonly text: string;
  /** What stands before the text; empty in most files. */
  readonly byteOrderMark: string;
}

/** A file's text, or why it has none for us. */
export type FileText =
  | TextContent
  /** `unreadable`: the system refused. `unsuitable`: nothing that a manifest could be. */
  | { readonly problem: 'unreadable' | 'unsuitable'; readonly message: string };

/** Reads a file of text, at most `maxSize` bytes. */
export function readTextFile(path: string, maxSize: number): FileText {
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > maxSize) return tooLarge(size, maxSize);
    bytes = readFileSync(path);
  } catch (error) {
    return { problem: 'unreadable', message: `The file cannot be read${codeOf(error)}.` };
  }
  return decodeText(bytes, maxSize);
}

const BYTE_ORDER_MARK = '\ufeff';

/** Decodes UTF-8. What is not text, or in another encoding, has a message instead. */
export function decodeText(bytes: Uint8Array, maxSize: number): FileText {
  if (bytes.length > maxSize) return tooLarge(bytes.length, maxSize);
  if (bytes.includes(0)) return unsuitable('It is a binary file, or not encoded as UTF-8.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return unsuitable('It is not encoded as UTF-8.');
  }
  const byteOrderMark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  return { text: text.slice(byteOrderMark.length), byteOrderMark };
}

function tooLarge(size: number, maxSize: number): FileText {
  return unsuitable(`It has ${size} bytes, and files above ${maxSize} bytes are skipped (maxFileSize).`);
}

function unsuitable(message: string): FileText {
  return { problem: 'unsuitable', message };
}
