import type { OffsetRange, TextEdit } from '../ranges.ts';
import { type Entry, type ListValue, MapValue, type Value } from '../values.ts';
import {
  contentEnd,
  dashOf,
  entryEnd,
  isFirstOnLine,
  type Layout,
  lineEndOffset,
  lineStartOf,
  writtenEntries,
} from './layout.ts';
import { refuse } from './refused.ts';
import { replaceValue } from './replace.ts';

/**
 * Removes an entry of a map, with the comment behind it; comments above stay.
 *
 * @param which of several entries with the same key
 */
export function removeEntry(
  text: string,
  map: MapValue,
  key: string,
  layout: Layout,
  which: 'first' | 'last' = 'last',
): TextEdit[] {
  const entries = writtenEntries(map);
  const isMeant = (entry: Entry) => entry.key === key;
  const index = which === 'last' ? entries.findLastIndex(isMeant) : entries.findIndex(isMeant);
  const entry = entries[index];
  if (entry === undefined)
    return refuse('The key comes from a merge key; it cannot be removed in this map alone.');
  if (entries.length === 1 && map.merges.length === 0) return emptied(text, map, layout);
  const start = entry.keyValue.range.start;
  const end = entryEnd(text, entry);
  const next = entries[index + 1];
  if (map.style === 'flow') return [removeFromFlow(text, start, end)];
  return [removeLines(text, start, end, next === undefined ? undefined : startOf(next))];
}

/** Removes an item of a list. */
export function removeItem(text: string, list: ListValue, index: number, layout: Layout): TextEdit[] {
  const item = list.items[index];
  if (item === undefined) return refuse('The list has no such item.');
  if (list.items.length === 1) return emptied(text, list, layout);
  if (list.style === 'flow') return [removeFromFlow(text, item.site.start, contentEnd(text, item))];
  const next = index + 1 < list.items.length ? dashOf(text, list, index + 1) : undefined;
  const dash = dashOf(text, list, index);
  return [removeLines(text, dash, Math.max(contentEnd(text, item), dash + 1), next)];
}

function startOf(entry: Entry): number {
  return entry.keyValue.range.start;
}

/** A collection that lost its last child is written as `{}` or `[]`. */
function emptied(text: string, collection: Value, layout: Layout): TextEdit[] {
  const empty = collection instanceof MapValue ? {} : [];
  if (collection.parent === undefined)
    return [
      {
        range: { start: collection.range.start, end: contentEnd(text, collection) },
        newText: Array.isArray(empty) ? '[]' : '{}',
      },
    ];
  return replaceValue(text, collection, empty, layout);
}

function removeLines(text: string, start: number, end: number, next: number | undefined): TextEdit {
  if (!isFirstOnLine(text, start)) return deletion(removeBehindDash(text, start, end, next));
  const lineStart = lineStartOf(text, start);
  if (text[end - 1] === '\n') return deletion({ start: lineStart, end });
  const lineEnd = lineEndOffset(text, end);
  const lineBreak = text.startsWith('\r\n', lineEnd) ? 2 : text[lineEnd] === '\n' ? 1 : 0;
  if (lineBreak > 0 || lineStart === 0) return deletion({ start: lineStart, end: lineEnd + lineBreak });
  // A blank line before may belong to a block scalar that keeps its line breaks.
  if (/\n\r?\n$/.test(text.slice(Math.max(0, lineStart - 3), lineStart)))
    return deletion({ start: lineStart, end: lineEnd });
  // The last line of a file without a final line break takes the one before with it.
  return deletion({ start: text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1, end: lineEnd });
}

/** The first entry of `- a: 1`: what follows moves up behind the dash, or below it when comments stand between. */
function removeBehindDash(text: string, start: number, end: number, next: number | undefined): OffsetRange {
  if (next === undefined) return refuse('Nothing would be left behind the dash.');
  const lineEnd = text[end - 1] === '\n' ? end : lineEndOffset(text, end);
  return text.slice(lineEnd, next).trim() === '' ? { start, end: next } : { start, end: lineEnd };
}

/** Removes an item between brackets with one comma beside it. */
function removeFromFlow(text: string, start: number, end: number): TextEdit {
  const behind = /^\s*,[ \t]*/.exec(text.slice(end))?.[0];
  if (behind !== undefined && !/^\s*[\]}]/.test(text.slice(end + behind.length))) {
    const lineBreak = /^\r?\n[ \t]*/.exec(text.slice(end + behind.length))?.[0] ?? '';
    return deletion({ start, end: end + behind.length + lineBreak.length });
  }
  const before = /,\s*$/.exec(text.slice(0, start))?.[0];
  return deletion({ start: start - (before?.length ?? 0), end });
}

function deletion(range: OffsetRange): TextEdit {
  return { range, newText: '' };
}
