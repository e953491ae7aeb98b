import { byteLength, decodeUtf8, encodeUtf8, isAscii, offsetOfByte } from '../go/utf8.ts';
import { Str } from '../trace/text.ts';

/** A part of a string by byte offsets, as Go slices. A character that is cut leaves single bytes. */
export function sliceBytes(str: Str, start: number, end: number): Str {
  if (isAscii(str.text)) return str.slice(start, end);
  const from = offsetOfByte(str.text, start);
  const to = offsetOfByte(str.text, end);
  if (from !== -1 && to !== -1) return str.slice(from, to);
  return new Str(decodeUtf8(encodeUtf8(str.text).subarray(start, end)), str.trace);
}

export function lengthInBytes(str: Str): number {
  return byteLength(str.text);
}
