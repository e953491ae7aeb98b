import type { OffsetRange } from '../syntax/ranges.ts';

/** Where a range stands after an edit; undefined when the edit touches it. */
export type Shift = (range: OffsetRange) => OffsetRange | undefined;

/** What an edit does to the ranges of a text. */
export function shiftBetween(before: string, after: string): Shift {
  if (before === after) return (range) => range;
  const shorter = Math.min(before.length, after.length);
  const start = commonStart(before, after, shorter);
  const tail = commonEnd(before, after, shorter - start);
  const shift = after.length - before.length;
  return (range) => {
    if (range.end <= start) return range;
    if (range.start < before.length - tail) return undefined;
    return { start: range.start + shift, end: range.end + shift };
  };
}

/** Texts are compared in pieces of so many characters first, which is much faster. */
const PIECE = 1024;

/** How many characters at the start two texts share, of the first `limit`. */
function commonStart(a: string, b: string, limit: number): number {
  let count = 0;
  while (count + PIECE <= limit && a.slice(count, count + PIECE) === b.slice(count, count + PIECE))
    count += PIECE;
  while (count < limit && a[count] === b[count]) count++;
  return count;
}

/** How many characters at the end two texts share, of the last `limit`. */
function commonEnd(a: string, b: string, limit: number): number {
  let count = 0;
  const piece = (text: string) => text.slice(text.length - count - PIECE, text.length - count);
  while (count + PIECE <= limit && piece(a) === piece(b)) count += PIECE;
  while (count < limit && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}
