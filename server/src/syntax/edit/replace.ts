import type { OffsetRange, TextEdit } from '../ranges.ts';
import { ListValue, MapValue, ScalarValue, type Value } from '../values.ts';
import {
  colonEnd,
  columnOf,
  contentEnd,
  dashOf,
  flowLayoutOf,
  isEmptyNull,
  type Layout,
  lineEndOffset,
  lineStartOf,
} from './layout.ts';
import type { PlainValue } from './operations.ts';
import { refuse } from './refused.ts';
import { isBlockCollection, isList, isMap, renderBlock, renderFlow, renderScalar } from './render.ts';

/** Writes a value in the place of an existing one, whatever the two look like. */
export function replaceValue(text: string, old: Value, value: PlainValue, layout: Layout): TextEdit[] {
  if (old.parent === undefined && old.kind === 'scalar') refuse('The document is not a map.');
  if (isInFlow(old)) {
    const style = old.parent === undefined ? layout : flowLayoutOf(text, old.parent, layout);
    return [replacing(written(text, old), renderInline(old, value, style))];
  }
  if (isFlowList(old) && isFlatList(value))
    return [replacing(written(text, old), renderFlow(value, flowLayoutOf(text, old, layout)))];
  if (isBlockStyle(old)) {
    return isBlockCollection(value)
      ? [blockByBlock(text, old, value, layout)]
      : blockByInline(text, old, value, layout);
  }
  return isBlockCollection(value)
    ? inlineByBlock(text, old, value, layout)
    : [inlineByInline(text, old, value, layout)];
}

function isInFlow(value: Value): boolean {
  const parent = value.parent;
  return (parent instanceof MapValue || parent instanceof ListValue) && parent.style === 'flow';
}

/** A list that its author writes on one line. */
function isFlowList(value: Value): boolean {
  return (
    value instanceof ListValue && value.style === 'flow' && value.items.length > 0 && value.via === undefined
  );
}

function isFlatList(value: PlainValue): boolean {
  return isList(value) && value.every((item) => !isList(item) && !isMap(item));
}

function isBlockStyle(value: Value): boolean {
  // An alias stands on its key's line, whatever it brings.
  if (value.via !== undefined) return false;
  return (value instanceof MapValue || value instanceof ListValue) && value.style === 'block';
}

function renderInline(old: Value, value: PlainValue, layout: Layout): string {
  const style =
    old instanceof ScalarValue && (old.style === 'single-quoted' || old.style === 'double-quoted')
      ? old.style
      : 'plain';
  if (typeof value === 'object' && value !== null) return renderFlow(value, layout);
  return renderScalar(value, layout, style);
}

/** The text of a value with its tag, which would not fit another value. */
function written(text: string, value: Value): OffsetRange {
  const { start } = value.site;
  const end = contentEnd(text, value);
  return { start: start - tagLength(text.slice(lineStartOf(text, start), start)), end };
}

/** Of the tag that a text ends with, and the blanks behind it; 0 when there is none. */
function tagLength(before: string): number {
  const trimmed = before.trimEnd();
  // The last word alone, so that no other is looked at from each of its characters.
  const word = trimmed.split(/\s/).at(-1) ?? '';
  const tag = word.search(/(?<=^|[:[{,-])!/);
  if (tag === -1 || trimmed === before) return 0;
  return before.length - trimmed.length + word.length - tag;
}

function inlineByInline(text: string, old: Value, value: PlainValue, layout: Layout): TextEdit {
  const rendered = renderInline(old, value, layout);
  if (isEmptyNull(old)) {
    const at = slotEnd(text, old);
    return replacing({ start: at, end: at }, ` ${rendered}`);
  }
  const range = written(text, old);
  const endsLine = text[range.end - 1] === '\n';
  return replacing(range, endsLine ? rendered + layout.lineEnd : rendered);
}

/** `key: old` becomes `key:` with lines below it; a comment behind stays on the key's line. */
function inlineByBlock(text: string, old: Value, value: PlainValue, layout: Layout): TextEdit[] {
  const slot = slotEnd(text, old);
  const column = childColumn(text, old, value, layout);
  const block = renderBlock(value, column, layout);
  const range = isEmptyNull(old) ? { start: slot, end: slot } : written(text, old);
  const endsLine = text[range.end - 1] === '\n';
  const tail = endsLine ? layout.lineEnd : '';
  if (old.anchor !== undefined) refuse('The value carries an anchor.');
  // A comment between the two keeps the value on a line of its own.
  if (text.slice(slot, range.start).includes('#'))
    return [replacing(range, renderBlock(value, columnOf(text, range.start), layout) + tail)];
  const isItem = old.parent instanceof ListValue;
  const lineRest = text.slice(range.end, lineEndOffset(text, range.end));
  if (isItem && (endsLine || lineRest.trim() === ''))
    return [replacing({ start: slot, end: range.end }, ` ${block}${tail}`)];
  const below = layout.lineEnd + ' '.repeat(column) + block;
  if (endsLine) return [replacing({ start: slot, end: range.end }, below + layout.lineEnd)];
  const lineEnd = lineEndOffset(text, range.end);
  return [replacing({ start: slot, end: range.end }, ''), replacing({ start: lineEnd, end: lineEnd }, below)];
}

/** Lines below a key become a value behind it; comments between the two stay. */
function blockByInline(text: string, old: Value, value: PlainValue, layout: Layout): TextEdit[] {
  const slot = slotEnd(text, old);
  const end = contentEnd(text, old);
  const rendered = ` ${renderInline(old, value, layout)}`;
  const between = text.slice(slot, old.range.start);
  const endsLine = text[end - 1] === '\n';
  if (!between.includes('#')) {
    const anchor = old.anchor === undefined ? '' : ` &${old.anchor}`;
    return [replacing({ start: slot, end }, anchor + rendered + (endsLine ? layout.lineEnd : ''))];
  }
  if (old.anchor !== undefined) refuse('The value carries an anchor.');
  const lineStart = lineStartOf(text, old.range.start);
  const removedFrom = endsLine ? lineStart : previousLineEnd(text, lineStart);
  return [replacing({ start: slot, end: slot }, rendered), replacing({ start: removedFrom, end }, '')];
}

function blockByBlock(text: string, old: Value, value: PlainValue, layout: Layout): TextEdit {
  const end = contentEnd(text, old);
  const tail = text[end - 1] === '\n' ? layout.lineEnd : '';
  const column = columnOf(text, old.range.start);
  const flush = old instanceof ListValue && old.parent instanceof MapValue && column === keyColumn(text, old);
  if (!flush || isList(value))
    return replacing({ start: old.range.start, end }, renderBlock(value, column, layout) + tail);
  const deeper = column + layout.step;
  const indented = ' '.repeat(deeper) + renderBlock(value, deeper, layout);
  return replacing({ start: lineStartOf(text, old.range.start), end }, indented + tail);
}

/** The end of what introduces a value: the colon of its key or the dash of its item. */
function slotEnd(text: string, value: Value): number {
  const { parent } = value;
  if (parent instanceof MapValue) {
    const entry = parent.entries.findLast((candidate) => candidate.value === value);
    if (entry !== undefined) return colonEnd(text, entry);
  }
  if (parent instanceof ListValue) return dashOf(text, parent, Number(value.segment)) + 1;
  return refuse('The value stands nowhere.');
}

function childColumn(text: string, old: Value, value: PlainValue, layout: Layout): number {
  if (old.parent instanceof ListValue) return columnOf(text, old.parent.range.start) + 2;
  return keyColumn(text, old) + (isList(value) ? layout.listStep : layout.step);
}

function keyColumn(text: string, value: Value): number {
  const { parent } = value;
  return parent === undefined ? 0 : columnOf(text, parent.range.start);
}

function previousLineEnd(text: string, lineStart: number): number {
  return text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
}

function replacing(range: OffsetRange, newText: string): TextEdit {
  return { range, newText };
}
