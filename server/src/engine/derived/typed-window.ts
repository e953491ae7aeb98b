import { filledIn, type TypedValues } from '../../analysis/gitops/index.ts';
import { resourcesOf } from '../../kubernetes/resource.ts';
import { splitDocuments } from '../../syntax/documents.ts';
import type { PlainValue } from '../../syntax/edit/operations.ts';
import { LineIndex } from '../../syntax/lines.ts';
import { type ParsedDocument, parseDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import { applyEdits, type OffsetRange, shiftRange, type TextEdit } from '../../syntax/ranges.ts';
import { sourceRanges } from '../../syntax/scalar-offsets.ts';
import { MapValue, ScalarValue, type Value } from '../../syntax/values.ts';
import { editsToBecome, type TypedPath } from './typed-rewrite.ts';
import { firstLineIn } from './verbatim.ts';

/** Values that stand inside of a manifest, as a text of their own. */
export interface TypedWindow {
  /** The file with the manifest. */
  readonly file: string;
  readonly text: string;
  /** A single value, such as that of a parameter, in the text; undefined for values that are read as YAML. */
  readonly single: SingleValue | undefined;
  /** Where a range of the text stands in the file. */
  placeOf(range: OffsetRange): OffsetRange;
  /** The edits of the file that change the text so; undefined where there are none. */
  editsFor(edits: readonly TextEdit[]): readonly TextEdit[] | undefined;
}

export interface SingleValue {
  readonly path: Path;
  readonly range: OffsetRange;
  readonly decoded: string;
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
      if (value !== undefined) return windowOn(value, { file, text, values, reading, parsed, start });
    }
  }
  return undefined;
}

/** The single value in a text that a window shows. */
export function singleIn(text: string, path: Path): SingleValue | undefined {
  const value = parseDocument(text).root?.at(path);
  return value instanceof ScalarValue ? { path, range: value.range, decoded: value.decoded } : undefined;
}

interface Typed {
  readonly file: string;
  readonly text: string;
  readonly values: TypedValues;
  readonly reading: Reading;
  /** The document with the values, and its offset in the file. */
  readonly parsed: ParsedDocument;
  readonly start: number;
}

/** A text for values, and how what it says leads back to them. */
type Shown = Pick<TypedWindow, 'text' | 'placeOf' | 'editsFor'>;

function windowOn(value: Value, typed: Typed): TypedWindow {
  const { file, reading } = typed;
  const key = value.path.at(-1) ?? '';
  // A single value is shown with the map that it stands in, so that it has a path.
  const shown = reading === 'scalar' && value.parent instanceof MapValue ? value.parent : value;
  const path = shown === value ? [] : [key];
  const { text, placeOf, editsFor } = inPlace(shown, typed) ?? apart(value, path, typed);
  const single = reading === 'scalar' ? singleIn(text, path) : undefined;
  // A parameter stays a text, also where a repair says `true`.
  const rewrites = (edits: readonly TextEdit[]) => {
    const decoded = singleIn(applyEdits(text, edits), path)?.decoded;
    return decoded === undefined ? undefined : editsToBecome(targetOf(value, typed), decoded);
  };
  const isFilledIn = editsFor === undefined;
  const whole = () => firstLineIn(typed.text, shiftRange(value.range, typed.start));
  return {
    ...{ file, text, single, placeOf: single === undefined ? placeOf : whole },
    editsFor: (edits) => (isFilledIn ? undefined : single === undefined ? editsFor(edits) : rewrites(edits)),
  };
}

/** What is read as YAML where the file has it: all else is blank. Undefined where it is written otherwise. */
function inPlace(value: Value, typed: Typed): (Omit<Shown, 'editsFor'> & OptionalEdits) | undefined {
  const { text, values, reading } = typed;
  const region = value.via === undefined ? regionOf(value, typed) : undefined;
  if (region === undefined) return undefined;
  const seen =
    blank(text.slice(0, region.start)) + text.slice(region.start, region.end) + blank(text.slice(region.end));
  const filled = filledIn(seen, values.parameters);
  const hasSameLines = filled.split('\n').length === seen.split('\n').length;
  if (!hasSameLines || parseDocument(filled).problems.length > 0) return undefined;
  if (filled === seen) return { text: seen, placeOf: (range) => range, editsFor: (edits) => edits };
  const editsFor = reading === 'scalar' ? undefined : sameLines(filled, text);
  return { text: filled, placeOf: byLine(filled, text), editsFor };
}

interface OptionalEdits {
  readonly editsFor: Shown['editsFor'] | undefined;
}

/** Aliases, folded and quoted texts: what they come to, as a text by itself. */
function apart(value: Value, path: Path, typed: Typed): Omit<Shown, 'editsFor'> & OptionalEdits {
  const { text: fileText, values, parsed, start } = typed;
  const isText = path.length === 0 && value instanceof ScalarValue;
  const read = isText ? value.decoded : JSON.stringify(nested(path, value.toJS()));
  const text = filledIn(read, values.parameters);
  const whole = () => firstLineIn(fileText, shiftRange(value.range, start));
  const target = targetOf(value, typed);
  const editsFor =
    text === read
      ? (edits: readonly TextEdit[]) => {
          const after = applyEdits(text, edits);
          const becomes = isText ? after : parseDocument(after).root?.at(path)?.toJS();
          return becomes === undefined ? undefined : editsToBecome(target, becomes as PlainValue);
        }
      : undefined;
  if (text !== read || value.via !== undefined) return { text, placeOf: whole, editsFor };
  if (isText) {
    const inSource = sourceRanges(value, parsed.text);
    const placeOf = (range: OffsetRange) =>
      firstLineIn(fileText, shiftRange(inSource({ ...range, end: Math.max(range.end, range.start) }), start));
    return { text, placeOf, editsFor };
  }
  const placeOf = (range: OffsetRange) => {
    const below = pathAt(parseDocument(text).root, range.start).slice(path.length);
    const found = value.at(below);
    return found === undefined ? whole() : firstLineIn(fileText, shiftRange(found.site, start));
  };
  return { text, placeOf, editsFor };
}

function targetOf(value: Value, { parsed, start }: Typed): TypedPath {
  return { parsed, start, path: value.path };
}

function nested(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** The path of the innermost entry or item around an offset. */
function pathAt(value: Value | undefined, offset: number): Path {
  const below = [...(value?.items ?? []), ...(value?.entries ?? []).map((entry) => entry.value)];
  // Keys stand before their values, and nothing between entries matters.
  const inner = below.find(({ range }) => offset < range.end);
  return inner === undefined ? (value?.path ?? []) : pathAt(inner, offset);
}

/** What of a file is read as YAML when a value is: the lines of a block, or the value itself. Undefined where it is written otherwise. */
function regionOf(value: Value, { text, start: documentStart }: Typed): OffsetRange | undefined {
  const { parent, range } = value;
  const start = range.start + documentStart;
  const end = range.end + documentStart;
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
    return firstLineIn(text, { start: begin, end: end === -1 ? text.length : end });
  };
}

/** Edits of lines in which nothing was filled in. */
function sameLines(filled: string, text: string): Shown['editsFor'] {
  const [from, to] = [new LineIndex(filled), new LineIndex(text)];
  const [filledLines, lines] = [filled.split('\n'), text.split('\n')];
  const offsetOf = (offset: number) => {
    const { line, character } = from.positionAt(offset);
    const [shown, typed] = [filledLines[line] ?? '', lines[line] ?? ''];
    // What stands around the values is blank.
    const isSame = shown === typed || (shown.trimEnd() === '' && character === 0);
    return isSame ? to.offsetAt({ line, character }) : undefined;
  };
  return (edits) => {
    const moved = edits.flatMap(({ range, newText }) => {
      const [start, end] = [offsetOf(range.start), offsetOf(range.end)];
      return start === undefined || end === undefined ? [] : [{ range: { start, end }, newText }];
    });
    return moved.length === edits.length ? moved : undefined;
  };
}
