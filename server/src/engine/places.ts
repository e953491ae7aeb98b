import type { ParsedDocument } from '../syntax/parse.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import { MapValue, type Value } from '../syntax/values.ts';

/**
 * The short text that stands for a value when something in it is missing: its key, the name of a list item, the kind of a whole object.
 */
export function headOf(value: Value, document: ParsedDocument): OffsetRange {
  if (value.via !== undefined) return value.via.range;
  const parent = value.parent;
  if (parent instanceof MapValue) {
    const entry = parent.entries.findLast((candidate) => candidate.value === value);
    if (entry !== undefined) return entry.keyValue.site;
  }
  const telling = value.get(parent === undefined ? 'kind' : 'name') ?? value.get('kind');
  if (telling !== undefined) return telling.site;
  const firstKey = value.entries[0]?.keyValue.site;
  return firstKey ?? firstLine(value.range, document.text);
}

function firstLine(range: OffsetRange, text: string): OffsetRange {
  const lineEnd = text.indexOf('\n', range.start);
  return { start: range.start, end: lineEnd === -1 ? range.end : Math.min(lineEnd, range.end) };
}
