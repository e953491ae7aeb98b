import { byteLength } from '../go/utf8.ts';

/** Line (from 1) and column in bytes (from 0). */
export function goPosition(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (
    let index = text.indexOf('\n');
    index !== -1 && index < offset;
    index = text.indexOf('\n', index + 1)
  ) {
    line++;
    lineStart = index + 1;
  }
  return { line, column: byteLength(text.slice(lineStart, offset)) };
}
