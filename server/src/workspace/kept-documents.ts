import type { PlacedDocument } from '../syntax/documents.ts';
import { saysTheSame } from './structural-equality.ts';

/** How many items at the start and at the end of a list, such as the documents of a file, an edit has left as they were. */
export interface Kept {
  readonly start: number;
  readonly end: number;
}

/** Of the documents of a file, wherever they stand in it. */
export function keptAround(before: readonly PlacedDocument[], after: readonly PlacedDocument[]): Kept {
  return keptWhere(before, after, (a, b) => a?.document === b?.document);
}

/** Of a list of objects. */
export function keptIn<Item extends object>(before: readonly Item[], after: readonly Item[]): Kept {
  return keptWhere(before, after, Object.is);
}

/** Of a list of plain data, by what it says. */
export function keptAlike<Item>(before: readonly Item[], after: readonly Item[]): Kept {
  return keptWhere(before, after, saysTheSame);
}

function keptWhere<Item>(
  before: readonly Item[],
  after: readonly Item[],
  areSame: (a: Item | undefined, b: Item | undefined) => boolean,
): Kept {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && areSame(before[start], after[start])) start++;
  let end = 0;
  while (end < most - start && areSame(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
  return { start, end };
}

/** The items of a list that are not kept. */
export function freshOf<Item>(items: readonly Item[], { start, end }: Kept): readonly Item[] {
  return items.slice(start, items.length - end);
}

/** A list of before, with other items for those that are not kept. */
export function withFresh<Item>(
  before: readonly Item[],
  kept: Kept,
  fresh: readonly Item[],
): readonly Item[] {
  return before.slice(0, kept.start).concat(fresh, before.slice(before.length - kept.end));
}
