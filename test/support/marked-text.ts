import type { OffsetRange } from '../../server/src/syntax/ranges.ts';

/** Takes the marks «» out of a text and tells what they enclosed. Marks do not nest. */
export function unmark(marked: string): { text: string; ranges: OffsetRange[] } {
  const ranges: OffsetRange[] = [];
  let text = '';
  let start = 0;
  for (const character of marked) {
    if (character === '«') start = text.length;
    else if (character === '»') ranges.push({ start, end: text.length });
    else text += character;
  }
  return { text, ranges };
}
