import { lineEndOf } from '../lines.ts';
import type { ParsedDocument } from '../parse.ts';
import type { OffsetRange } from '../ranges.ts';
import {
  type Entry,
  isCollection,
  ListValue,
  MapValue,
  type ScalarStyle,
  ScalarValue,
  type Value,
} from '../values.ts';
import { isPlain } from './render.ts';

/** How the author of a document lays YAML out. */
export interface Layout {
  readonly lineEnd: '\n' | '\r\n';
  /** Spaces by which a map stands deeper than its key. */
  readonly step: number;
  /** Spaces by which the dashes of a list stand deeper than its key: 0 for flush lists. */
  readonly listStep: number;
  /** Everything in braces, keys in double quotes. */
  readonly json: boolean;
  /** How keys and texts are quoted that need no quotes. */
  readonly quotes: ScalarStyle;
  readonly flow: FlowSpacing;
}

/** Blanks in what stands in braces. */
export interface FlowSpacing {
  /** Within the braces of a map. */
  readonly padding: '' | ' ';
  /** Behind colons and commas; JSON may do without. */
  readonly gap: '' | ' ';
  /** Present where each entry has a line of its own: what stands before entries, and how much deeper those below them are. */
  readonly lines?: { readonly indentation: string; readonly step: string };
}

export const USUAL_SPACING: FlowSpacing = { padding: ' ', gap: ' ' };

/** Reads the layout from the document; what it does not show gets two spaces, and lists as `kubectl` prints them. */
export function layoutOf(document: ParsedDocument): Layout {
  const { root } = document;
  const known = root && LAYOUTS.get(root);
  if (known !== undefined) return known;
  const layout = readLayout(document);
  if (root !== undefined) LAYOUTS.set(root, layout);
  return layout;
}

/** By root: each fix of a document asks, and a large one of few lists is read to its end. */
const LAYOUTS = new WeakMap<Value, Layout>();

function readLayout(document: ParsedDocument): Layout {
  const steps: { map?: number; list?: number } = {};
  if (document.root !== undefined) findSteps(document.root, document.text, steps);
  return {
    lineEnd: lineEndOf(document.text),
    step: steps.map ?? 2,
    listStep: steps.list ?? 0,
    json: document.root !== undefined && isJson(document.root),
    quotes: 'plain',
    flow: USUAL_SPACING,
  };
}

/** The layout inside of a flow collection, as its author writes it. Where keys or items are quoted without need it is JSON, also inside block YAML. */
export function flowLayoutOf(text: string, collection: Value, layout: Layout): Layout {
  const { items } = collection;
  const [first] = writtenEntries(collection);
  const isQuotedList = items.every(isQuoted) && items.some((item) => isPlain(item.text ?? ''));
  const json = layout.json || (first === undefined ? isQuotedList : isQuoted(first.keyValue));
  const lines = layout.json ? linesOf(text, collection) : undefined;
  const flow = spacingOf(text, collection, json);
  return { ...layout, json, flow: lines === undefined ? flow : { ...flow, lines } };
}

/** The layout beside the entries of a block map: who quotes all keys there quotes those to come. */
export function blockLayoutOf(map: MapValue, layout: Layout): Layout {
  const [first, ...others] = writtenEntries(map).map(({ keyValue }) => keyValue.style);
  return first === undefined || others.some((style) => style !== first)
    ? layout
    : { ...layout, quotes: first };
}

/** The lines of a JSON collection; absent when its entries have none of their own, or hold collections on one line. */
function linesOf(text: string, collection: Value): FlowSpacing['lines'] {
  const children = [...writtenEntries(collection).map(({ value }) => value), ...collection.items];
  const first = writtenEntries(collection)[0]?.keyValue ?? children[0];
  if (first === undefined || !isFirstOnLine(text, first.range.start)) return undefined;
  const collections = children.filter(({ entries, items }) => entries.length + items.length > 0);
  const isOnLines = ({ range }: Value) => text.slice(range.start, range.end).includes('\n');
  if (collections.length > 0 && !collections.some(isOnLines)) return undefined;
  const indentation = indentationAt(text, first.range.start);
  const outer = indentationAt(text, collection.range.end - 1);
  const isDeeper = indentation.length > outer.length && indentation.startsWith(outer);
  return isDeeper ? { indentation, step: indentation.slice(outer.length) } : undefined;
}

function isQuoted(value: Value): boolean {
  return value instanceof ScalarValue && value.style === 'double-quoted' && value.via === undefined;
}

/** As in the nearest map in braces: the collection itself, one of its items, or what it stands in. */
function spacingOf(text: string, collection: Value, json: boolean): FlowSpacing {
  for (const value of [collection, ...collection.items, collection.parent, collection.parent?.parent]) {
    const first = value === undefined ? undefined : writtenEntries(value)[0];
    if (
      !(value instanceof MapValue) ||
      value.style !== 'flow' ||
      value.via !== undefined ||
      first === undefined
    )
      continue;
    const opening = text.slice(value.range.start + 1, first.keyValue.range.start);
    const gap = json && text[colonEnd(text, first)] !== ' ' ? '' : ' ';
    return { padding: opening === '' ? '' : ' ', gap };
  }
  return USUAL_SPACING;
}

/** JSON quotes its keys; YAML in braces need not. What has no key goes by its brackets. */
function isJson(value: Value): boolean {
  if (!isCollection(value) || value.style !== 'flow') return false;
  const key = value.entries[0]?.keyValue;
  if (key !== undefined) return key.style === 'double-quoted';
  const item = value.items.find(({ kind }) => kind !== 'scalar');
  return item === undefined || isJson(item);
}

function findSteps(value: Value, text: string, steps: { map?: number; list?: number }): void {
  for (const entry of value.entries) {
    if (steps.map !== undefined && steps.list !== undefined) return;
    const child = entry.value;
    if (child.via !== undefined || child.range.start === child.range.end) continue;
    if (isCollection(child) && child.style === 'block') {
      const deeper = columnOf(text, child.range.start) - columnOf(text, entry.keyValue.range.start);
      if (child.kind === 'map') steps.map ??= Math.max(deeper, 1);
      else steps.list ??= Math.max(deeper, 0);
    }
    findSteps(child, text, steps);
  }
  for (const item of value.items) findSteps(item, text, steps);
}

export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset of a line's end, before its line break. */
export function lineEndOffset(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Zero-based, in code units. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStartOf(text, offset);
}

/** The blanks with which the line of an offset begins. */
function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartOf(text, offset), offset))?.[0] ?? '';
}

/** Whether nothing but blanks stands before an offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStartOf(text, offset), offset).trim() === '';
}

/** The end of the colon behind a key; the key's end where there is none, as in `{key}`. */
export function colonEnd(text: string, entry: Entry): number {
  let at = entry.keyValue.range.end;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return text[at] === ':' ? at + 1 : entry.keyValue.range.end;
}

/** Entries that are written in the map itself, in the order of their places. */
export function writtenEntries(map: Value): readonly Entry[] {
  return map.entries.filter((entry) => entry.keyValue.via === undefined);
}

export function isEmptyNull(value: Value): boolean {
  return value.isNull && value.range.start === value.range.end;
}

/** The end of an entry's own text. Block scalars end behind their last line break. */
export function entryEnd(text: string, entry: Entry): number {
  const { value } = entry;
  if (value.via !== undefined) return value.via.range.end;
  return isEmptyNull(value) ? colonEnd(text, entry) : contentEnd(text, value);
}

/** The end of the last character that belongs to a value, without comments and blank lines behind it. */
export function contentEnd(text: string, value: Value): number {
  if (value.via !== undefined) return value.via.range.end;
  if (!isCollection(value)) return blockScalarEnd(text, value.range);
  if (value.style === 'flow') return value.range.end;
  if (value instanceof ListValue) {
    const last = value.items.at(-1);
    if (last === undefined) return value.range.end;
    return isEmptyNull(last) ? dashOf(text, value, value.items.length - 1) + 1 : contentEnd(text, last);
  }
  const ends = writtenEntries(value)
    .slice(-1)
    .map((entry) => entryEnd(text, entry));
  const merges = value.merges.map(({ end }) => end);
  return Math.max(...ends, ...merges, value.range.start);
}

/** Blank lines behind a block scalar belong to it only when it keeps them (`|+`). */
function blockScalarEnd(text: string, range: OffsetRange): number {
  const header = text[range.start];
  if ((header !== '|' && header !== '>') || text[range.end - 1] !== '\n') return range.end;
  if (text.slice(range.start, lineEndOffset(text, range.start)).includes('+')) return range.end;
  const content = text.slice(range.start, range.end).trimEnd();
  const lineBreak = text.indexOf('\n', range.start + content.length);
  return lineBreak === -1 ? range.end : lineBreak + 1;
}

/** The dash of a block list's item. */
export function dashOf(text: string, list: ListValue, index: number): number {
  if (index === 0) return list.range.start;
  const column = columnOf(text, list.range.start);
  const from = list.items[index]?.site.start ?? list.range.end;
  let at = text.lastIndexOf('-', from);
  while (at > list.range.start && (columnOf(text, at) !== column || !isFirstOnLine(text, at)))
    at = text.lastIndexOf('-', at - 1);
  return at;
}
