/** A half-open range of UTF-16 code units: `start` is inside, `end` is not. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** A replacement of a range of a text; an empty range inserts, an empty `newText` deletes. */
export interface TextEdit {
  readonly range: OffsetRange;
  readonly newText: string;
}

export function contains(outer: OffsetRange, inner: OffsetRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function shiftRange(range: OffsetRange, by: number): OffsetRange {
  return { start: range.start + by, end: range.end + by };
}

/** Applies edits that do not overlap, in any order. Edits at one place apply in the order given. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((a, b) => a.range.start - b.range.start);
  let result = '';
  let offset = 0;
  for (const edit of ordered) {
    result += text.slice(offset, edit.range.start) + edit.newText;
    offset = edit.range.end;
  }
  return result + text.slice(offset);
}

/** The one replacement that makes a text another one. */
export function difference(before: string, after: string): TextEdit {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let kept = 0;
  while (
    kept < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - kept] === after[after.length - 1 - kept]
  ) {
    kept++;
  }
  const range = { start, end: before.length - kept };
  return { range, newText: after.slice(start, after.length - kept) };
}
