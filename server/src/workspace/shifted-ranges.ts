import type { OffsetRange } from '../syntax/ranges.ts';

/** Where a range stands after an edit; undefined when the edit touches it. */
export type Shift = (range: OffsetRange) => OffsetRange | undefined;

/** What an edit does to the ranges of a text. */
export function shiftBetween(before: string, after: string): Shift {
  if (before === after) return (range) => range;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  const shift = after.length - before.length;
  return (range) => {
    if (range.end <= start) return range;
    if (range.start < before.length - tail) return undefined;
    return { start: range.start + shift, end: range.end + shift };
  };
}
