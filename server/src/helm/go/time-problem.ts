import { encodeUtf8 } from './utf8.ts';

/** Why a text is no time, or no duration, in Go's words. */
export class TimeParseError extends Error {}

/** The bytes of a text, a character each: Go reads and reports bytes. */
export function asBytes(text: string): string {
  let bytes = '';
  for (const byte of encodeUtf8(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** A text in quotes, as package time writes it. */
export function quoteBytes(text: string): string {
  return quoted(asBytes(text));
}

/** The same of bytes: everything but printable ASCII as hexadecimal numbers. */
export function quoted(bytes: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are escaped.
  const escaped = bytes.replace(/[\0-\x1f\x80-\xff"\\]/g, (byte) =>
    byte === '"' || byte === '\\' ? `\\${byte}` : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${escaped}"`;
}
