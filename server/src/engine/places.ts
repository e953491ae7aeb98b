import type { Place } from '../rules/rule.ts';
import type { ParsedDocument } from '../syntax/parse.ts';
import type { Path } from '../syntax/paths.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import { MapValue, Value } from '../syntax/values.ts';

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

/** The path of what a rule reports, or of what is missing there. */
export function pathOf(at: Place, missing: Path | undefined): Path {
  if (at instanceof Value) return [...at.path, ...(missing ?? [])];
  return 'key' in at ? at.key.value.path : (at.within?.path ?? []);
}

/** Where a finding can be suppressed: where it starts and, inside a text of several lines, also where that text starts. */
export function startsOf(at: Place, range: OffsetRange): number[] {
  const within = 'within' in at ? at.within : undefined;
  return within === undefined ? [range.start] : [range.start, within.site.start];
}

/** Where what a rule reports is shown: of something missing, the head of what lacks it. */
export function rangeOf(at: Place, missing: Path | undefined, document: ParsedDocument): OffsetRange {
  if (!(at instanceof Value)) return 'key' in at ? at.key.keyValue.site : at.range;
  if (missing === undefined) return at.site;
  let deepest: Value = at;
  for (const segment of missing) {
    const next = deepest.get(segment);
    if (next === undefined) break;
    deepest = next;
  }
  return headOf(deepest, document);
}
