import { filledIn, type TypedValues } from '../../analysis/gitops/index.ts';
import { resourcesOf } from '../../kubernetes/resource.ts';
import { splitDocuments } from '../../syntax/documents.ts';
import { LineIndex } from '../../syntax/lines.ts';
import { parseDocument } from '../../syntax/parse.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import { ScalarValue, type Value } from '../../syntax/values.ts';
import { firstLineIn } from './verbatim.ts';

/** Values that stand inside of a manifest, as a text of their own. */
export interface TypedWindow {
  /** The file with the manifest. */
  readonly file: string;
  readonly text: string;
  /** A scalar as it is read; undefined for a map. */
  readonly decoded: string | undefined;
  /** Whether the text has everything where the file has it, so that edits of the one are edits of the other. */
  readonly isExact: boolean;
  /** Where a range of the text stands in the file. */
  placeOf(range: OffsetRange): OffsetRange;
}

/** Whether values are read as YAML, or as one scalar such as that of a parameter. */
export type Reading = 'yaml' | 'scalar';

/** Looks into a file for values; undefined when they are not there. */
export function windowIn(
  file: string,
  text: string,
  values: TypedValues,
  reading: Reading = 'yaml',
): TypedWindow | undefined {
  const { kind, name, path } = values;
  for (const { document, start } of splitDocuments(text)) {
    if (!document.text.includes(kind) || !document.text.includes(name)) continue;
    const parsed = parseDocument(document.text);
    const named = resourcesOf(parsed).filter((resource) => resource.kind === kind && resource.name === name);
    for (const { root } of named) {
      const value = root.at(path);
      if (value !== undefined) return windowOn(value, start, { file, text, values, reading });
    }
  }
  return undefined;
}

interface Typed {
  readonly file: string;
  readonly text: string;
  readonly values: TypedValues;
  readonly reading: Reading;
}

function windowOn(value: Value, documentStart: number, typed: Typed): TypedWindow {
  const { file, text, values, reading } = typed;
  const whole = { start: value.range.start + documentStart, end: value.range.end + documentStart };
  const decoded = value instanceof ScalarValue ? value.decoded : undefined;
  const region = value.via === undefined ? regionOf(value, documentStart, typed) : undefined;
  if (region !== undefined) {
    const seen =
      blank(text.slice(0, region.start)) +
      text.slice(region.start, region.end) +
      blank(text.slice(region.end));
    const filled = filledIn(seen, values.parameters);
    const isWhole = reading === 'scalar' || parseDocument(filled).problems.length === 0;
    if (filled === seen && isWhole)
      return { file, text: seen, decoded, isExact: true, placeOf: (range) => range };
    if (isWhole) return { file, text: filled, decoded, isExact: false, placeOf: byLine(filled, text) };
  }
  // Aliases, folded and quoted texts: only the value as a whole has a place.
  const read = decoded ?? JSON.stringify(value.toJS());
  const place = firstLineIn(text, whole);
  return { file, text: filledIn(read, values.parameters), decoded, isExact: false, placeOf: () => place };
}

/** What of a file is read as YAML when a value is: the lines of a block, or the value itself. Undefined where it is written otherwise. */
function regionOf(value: Value, documentStart: number, { text, reading }: Typed): OffsetRange | undefined {
  const { parent, range } = value;
  const start = range.start + documentStart;
  const end = range.end + documentStart;
  if (reading === 'scalar') return { start, end };
  const isLiteral = value instanceof ScalarValue && value.style === 'literal';
  if (value.kind === 'scalar' && !isLiteral) return undefined;
  const key = parent?.entries.findLast((entry) => entry.value === value)?.keyValue.range;
  const head = isLiteral || key === undefined ? start : key.end + documentStart;
  const below = text.indexOf('\n', head) + 1;
  if (below === 0 || (!isLiteral && below > start)) return { start, end };
  const lineEnd = text.indexOf('\n', end);
  const isAtLineEnd = text[end - 1] === '\n';
  return { start: below, end: isAtLineEnd ? end : lineEnd === -1 ? text.length : lineEnd };
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}

/** Filling in leaves lines where they are. */
function byLine(filled: string, text: string): (range: OffsetRange) => OffsetRange {
  const [from, to] = [new LineIndex(filled), new LineIndex(text)];
  return ({ start }) => {
    const { line } = from.positionAt(start);
    const begin = to.offsetAt({ line, character: 0 });
    const end = text.indexOf('\n', begin);
    return firstVisible(text, { start: begin, end: end === -1 ? text.length : end });
  };
}

function firstVisible(text: string, { start, end }: OffsetRange): OffsetRange {
  const line = text.slice(start, end);
  return { start: start + line.length - line.trimStart().length, end: start + line.trimEnd().length };
}
