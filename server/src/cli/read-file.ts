import { readFileSync, statSync } from 'node:fs';
import { decodeText, type SkipReason } from '../workspace/file-system.ts';
import { codeOf } from './find-files.ts';

export interface TextContent {
  readonly text: string;
  /** What stands before the text; empty in most files. */
  readonly byteOrderMark: string;
}

/** A file's text, or why it has none for us. */
export type FileText = TextContent | { readonly skipped: SkipReason; readonly message: string };

/** Reads a file of text of at most `maxSize` bytes; also from a pipe, as shells make them for `<(command)`. */
export function readTextFile(path: string, maxSize: number): FileText {
  try {
    const { size } = statSync(path);
    return size > maxSize ? tooLarge(size, maxSize) : readText(readFileSync(path), maxSize);
  } catch (error) {
    return { skipped: 'unreadable', message: `The file cannot be read${codeOf(error)}.` };
  }
}

const BYTE_ORDER_MARK = '\ufeff';

/** The text of bytes that were read. */
export function readText(bytes: Uint8Array, maxSize: number): FileText {
  if (bytes.length > maxSize) return tooLarge(bytes.length, maxSize);
  const content = decodeText(bytes);
  if ('skipped' in content) return { ...content, message: messageOf(content.skipped) };
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { text: content.text, byteOrderMark: hasByteOrderMark ? BYTE_ORDER_MARK : '' };
}

function messageOf(reason: SkipReason): string {
  return reason === 'binary'
    ? 'It is a binary file, or not encoded as UTF-8.'
    : 'It is not encoded as UTF-8.';
}

function tooLarge(size: number, maxSize: number): FileText {
  const message = `It has ${size} bytes, and files above ${maxSize} bytes are skipped (maxFileSize).`;
  return { skipped: 'too-large', message };
}
