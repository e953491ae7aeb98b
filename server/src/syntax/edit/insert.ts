import type { TextEdit } from '../ranges.ts';
import type { Entry, ListValue, MapValue } from '../values.ts';
import {
  blockLayoutOf,
  columnOf,
  contentEnd,
  dashOf,
  entryEnd,
  flowLayoutOf,
  isFirstOnLine,
  type Layout,
  lineEndOffset,
  lineStartOf,
  writtenEntries,
} from './layout.ts';
import type { PlainValue } from './operations.ts';
import { renderBlock, renderEntry, renderFlow, renderKey } from './render.ts';

/** An entry that is to be inserted, and the keys of its map in the order in which they usually stand. */
export interface NewEntry {
  readonly key: string;
  readonly value: PlainValue;
  readonly order: readonly string[];
}

/** Inserts an entry into a map that has entries, behind the keys that usually stand before it. */
export function insertEntry(text: string, map: MapValue, entry: NewEntry, layout: Layout): TextEdit {
  return map.style === 'flow'
    ? insertFlowEntry(text, map, entry, layout)
    : insertBlockEntry(text, map, entry, layout);
}

function insertBlockEntry(
  text: string,
  map: MapValue,
  { key, value, order }: NewEntry,
  layout: Layout,
): TextEdit {
  const column = columnOf(text, map.range.start);
  const entry = renderEntry(key, value, column, blockLayoutOf(map, layout));
  const { previous, following } = neighboursOf(map, key, order);
  if (previous !== undefined) return insertLineAfter(text, entryEnd(text, previous), entry, column, layout);
  if (following !== undefined) {
    const start = following.keyValue.range.start;
    if (!isFirstOnLine(text, start)) return insertion(start, entry + layout.lineEnd + ' '.repeat(column));
    // What stands at the head of a document speaks of all of it.
    const isHead = map.parent === undefined && following === writtenEntries(map)[0];
    const at = isHead ? lineStartOf(text, start) : commentsAbove(text, start);
    return insertion(at, ' '.repeat(column) + entry + layout.lineEnd);
  }
  return insertLineAfter(text, contentEnd(text, map), entry, column, layout);
}

/** The entries between which a key usually stands: the last one before it, or else the first one behind it. */
function neighboursOf(
  map: MapValue,
  key: string,
  order: readonly string[],
): { previous?: Entry | undefined; following?: Entry | undefined } {
  const rank = order.indexOf(key);
  if (rank === -1) return {};
  const known = writtenEntries(map).filter((candidate) => order.includes(candidate.key));
  const previous = known.findLast((candidate) => order.indexOf(candidate.key) < rank);
  return previous === undefined ? { following: known[0] } : { previous };
}

function insertFlowEntry(
  text: string,
  map: MapValue,
  { key, value, order }: NewEntry,
  layout: Layout,
): TextEdit {
  const entries = writtenEntries(map);
  const last = entries.at(-1);
  const style = flowLayoutOf(text, map, layout);
  const entry = `${renderKey(key, style)}:${style.flow.gap}${renderFlow(value, style)}`;
  const { previous, following } = neighboursOf(map, key, order);
  if (previous !== undefined && previous !== last) {
    const gap = flowGap(text, previous.keyValue.range.start, style);
    return insertion(entryEnd(text, previous), `,${gap}${entry}`);
  }
  if (following !== undefined) {
    const start = following.keyValue.range.start;
    return insertion(start, `${entry},${flowGap(text, start, style)}`);
  }
  const close = map.range.end - 1;
  const end = Math.max(
    last === undefined ? 0 : entryEnd(text, last),
    ...map.merges.map((merge) => merge.end),
  );
  if (end === 0) {
    const { padding } = style.flow;
    return { range: { start: map.range.start + 1, end: close }, newText: `${padding}${entry}${padding}` };
  }
  return insertFlowItem(text, last?.keyValue.range.start ?? map.range.start + 1, end, entry, style);
}

/** Puts a flow item behind the last one, on a line of its own when that one has its own. */
function insertFlowItem(
  text: string,
  lastStart: number,
  lastEnd: number,
  item: string,
  layout: Layout,
): TextEdit {
  const comma = /^[ \t]*,/.exec(text.slice(lastEnd, lastEnd + 40))?.[0].length ?? 0;
  const gap = flowGap(text, lastStart, layout);
  if (comma > 0) return insertion(lastEnd + comma, `${gap}${item}`);
  return insertion(lastEnd, `,${gap}${item}`);
}

/** What stands between a flow item and its neighbour: a line break when the neighbour has a line of its own. */
function flowGap(text: string, neighbour: number, layout: Layout): string {
  if (!isFirstOnLine(text, neighbour)) return layout.flow.gap;
  return layout.lineEnd + text.slice(lineStartOf(text, neighbour), neighbour);
}

/** Inserts an item into a list that has items, before the one at `index`. */
export function insertItem(
  text: string,
  list: ListValue,
  index: number,
  value: PlainValue,
  layout: Layout,
): TextEdit {
  const last = list.items.at(-1);
  if (list.style === 'flow') {
    const style = flowLayoutOf(text, list, layout);
    const item = renderFlow(value, style);
    const before = list.items[index];
    if (before !== undefined)
      return insertion(before.site.start, `${item},${flowGap(text, before.site.start, style)}`);
    if (last === undefined)
      return { range: { start: list.range.start + 1, end: list.range.end - 1 }, newText: item };
    return insertFlowItem(text, last.site.start, contentEnd(text, last), item, style);
  }
  const column = columnOf(text, list.range.start);
  const item = `- ${renderBlock(value, column + 2, layout)}`;
  if (index < list.items.length) {
    const dash = dashOf(text, list, index);
    if (!isFirstOnLine(text, dash)) return insertion(dash, item + layout.lineEnd + ' '.repeat(column));
    return insertion(commentsAbove(text, dash), ' '.repeat(column) + item + layout.lineEnd);
  }
  return insertLineAfter(text, contentEnd(text, list), item, column, layout);
}

/** The start of the comment lines that stand directly above a line, indented like it: they speak of it. */
function commentsAbove(text: string, offset: number): number {
  let start = lineStartOf(text, offset);
  const column = offset - start;
  while (start > 0) {
    const above = lineStartOf(text, start - 1);
    const line = text.slice(above, start);
    if (!line.trimStart().startsWith('#') || line.length - line.trimStart().length !== column) break;
    start = above;
  }
  return start;
}

/** Inserts lines behind the line on which some content ends. */
function insertLineAfter(text: string, end: number, lines: string, column: number, layout: Layout): TextEdit {
  const indented = ' '.repeat(column) + lines;
  // A block scalar ends behind its last line break, at the start of a line.
  if (end > 0 && text[end - 1] === '\n') return insertion(end, indented + layout.lineEnd);
  return insertion(lineEndOffset(text, end), layout.lineEnd + indented);
}

function insertion(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
