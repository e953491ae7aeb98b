import type { PlacedDocument } from '../syntax/documents.ts';

/** How many documents at the start and at the end of a file an edit has left as they were. */
export interface Kept {
  readonly start: number;
  readonly end: number;
}

export function keptAround(before: readonly PlacedDocument[], after: readonly PlacedDocument[]): Kept {
  const most = Math.min(before.length, after.length);
  const isKept = (index: number, at: number) => before[index]?.document === after[at]?.document;
  let start = 0;
  while (start < most && isKept(start, start)) start++;
  let end = 0;
  while (end < most - start && isKept(before.length - 1 - end, after.length - 1 - end)) end++;
  return { start, end };
}

/** The items of a list that are not kept. */
export function freshOf<Item>(items: readonly Item[], { start, end }: Kept): readonly Item[] {
  return items.slice(start, items.length - end);
}

/** A list of as many items as documents, with others for those that are not kept. */
export function withFresh<Item>(
  before: readonly Item[],
  kept: Kept,
  fresh: readonly Item[],
): readonly Item[] {
  return [...before.slice(0, kept.start), ...fresh, ...before.slice(before.length - kept.end)];
}
