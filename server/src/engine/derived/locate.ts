import { withPath } from '../../helm/index.ts';
import type { ParsedDocument } from '../../syntax/parse.ts';
import { formatPath, type Path } from '../../syntax/paths.ts';
import { difference, type OffsetRange } from '../../syntax/ranges.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { ScalarValue, type Value } from '../../syntax/values.ts';
import type { Finding } from '../finding.ts';
import { feedsOf } from './feeds.ts';
import type { Condition, Derivation, DerivedDocument, FilePlace, Origin, TracedSpan } from './source-map.ts';
import type { TypedFiles } from './typed-files.ts';
import { firstLineIn, restOfLine, typedRangeOf } from './verbatim.ts';

/** Where a finding of a derived document was typed. */
export interface TypedPlace extends FilePlace {
  /** What else a reader has to know, as a sentence. */
  readonly note?: string;
}

/** What a finding is looked up with. */
export interface Located {
  readonly derived: DerivedDocument;
  readonly parsed: ParsedDocument;
}

/** The deepest value on a path, and what of the path is missing below it. */
export interface Deepest {
  readonly value: Value;
  readonly rest: Path;
}

export function deepestAt(root: Value, path: Path): Deepest {
  let value = root;
  let depth = 0;
  for (; depth < path.length; depth++) {
    const next = value.get(path[depth] ?? '');
    if (next === undefined) break;
    value = next;
  }
  return { value, rest: path.slice(depth) };
}

/** Finds the places of derived text in the files that people type. */
export class Locator {
  readonly #derivation: Derivation;
  readonly #files: TypedFiles;

  constructor(derivation: Derivation, files: TypedFiles) {
    this.#derivation = derivation;
    this.#files = files;
  }

  /** Where a finding was typed; undefined when no file of the project has anything to do with it. */
  placeOf(finding: Finding, located: Located): TypedPlace | undefined {
    const { parsed } = located;
    const deepest = parsed.root === undefined ? undefined : deepestAt(parsed.root, finding.path);
    if (deepest !== undefined && deepest.rest.length > 0) return this.#ofMissing(deepest, located);
    const range =
      typedSecret(finding, deepest?.value, located) ?? decisivePart(finding, deepest?.value, parsed);
    const flagged = deepest && (scalarAround(deepest.value, range) ?? deepest.value);
    return this.ofRange(range, located, flagged) ?? this.templateAt(range.start, located);
  }

  /** Where a range of derived text was typed. */
  ofRange(range: OffsetRange, located: Located, value?: Value): TypedPlace | undefined {
    const { derived } = located;
    const spans = [...derived.map.spans(range.start, range.end)];
    // The name of an object is put together from that of the release and others: none of them is to blame alone.
    if (value?.kind === 'scalar' && isReleaseName(value, derived)) {
      return this.templateAt(keyOf(value).start, located);
    }
    for (const span of spans) {
      const typed = span.origins.find(
        ({ kind, path }) => kind === 'value' || (kind === 'absent' && path.length > 1),
      );
      const first = span.origins[0];
      const origin = first?.kind === 'template' ? typed : (first ?? typed);
      if (origin === undefined || origin.kind === 'template') continue;
      const place = this.#ofOrigin(origin, derived, clipped(span, range), span);
      if (place !== undefined) return place;
    }
    const condition = value && this.#decidingCondition(value, derived);
    if (condition !== undefined) return condition;
    if (spans.length > 1 && value?.kind === 'scalar') return this.templateAt(keyOf(value).start, located);
    for (const span of spans) {
      const origin = span.origins.find(({ kind }) => kind === 'template');
      const place = origin && this.#ofOrigin(origin, derived, clipped(span, range), span);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  /** The place in a template that wrote the text at an offset, or the nearest text before it; else the nearest behind it. */
  templateAt(offset: number, { derived }: Located): TypedPlace | undefined {
    const { text } = derived.document;
    for (let at = Math.min(offset, text.length - 1); at >= 0; ) {
      const [span] = derived.map.spans(at, at + 1);
      if (span === undefined) break;
      const place = this.#lastLineOf(span, derived, Math.min(span.end, offset + 1));
      if (place !== undefined) return place;
      at = span.start - 1;
    }
    for (const span of derived.map.spans(offset, text.length)) {
      const place = this.#lastLineOf(span, derived, span.end);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  /** The last line of a run of template text, up to an offset; to the end of its line in the template. */
  #lastLineOf(span: TracedSpan, derived: DerivedDocument, end: number): TypedPlace | undefined {
    const origin = span.origins.find(({ kind }) => kind === 'template');
    if (origin === undefined) return undefined;
    const { text } = derived.document;
    const visibleEnd = span.start + text.slice(span.start, end).trimEnd().length;
    if (visibleEnd <= span.start) return undefined;
    const lineStart = Math.max(span.start, text.lastIndexOf('\n', visibleEnd - 1) + 1);
    const part = firstLineIn(text, { start: lineStart, end: visibleEnd });
    return this.#ofOrigin(origin, derived, part, span, true);
  }

  #ofMissing(deepest: Deepest, located: Located): TypedPlace | undefined {
    const { derived } = located;
    for (const feed of feedsOf(deepest.value, derived)) {
      const place = this.#ofValuePath(feed.origin, feed.path);
      if (place !== undefined) return place;
    }
    return this.#ofSkipped(deepest, located) ?? this.templateAt(keyOf(deepest.value).start, located);
  }

  /** The value that decided to leave out a branch which has the missing key. */
  #ofSkipped({ value, rest: [key] }: Deepest, { derived }: Located): TypedPlace | undefined {
    if (typeof key !== 'string') return undefined;
    for (const branch of branchesWith(key, value, derived, this.#files, this)) {
      for (const origin of branch.origins) {
        const place = this.#ofValueOrigin(origin);
        if (place === undefined) continue;
        const note = `The template leaves ${JSON.stringify(key)} out because of ${formatPath(origin.path)} in ${place.file}.`;
        return { ...place, note };
      }
    }
    return undefined;
  }

  /** The value whose condition lets an entry stand there, when it is about this entry and not about what is around it. */
  #decidingCondition(value: Value, derived: DerivedDocument): TypedPlace | undefined {
    for (const { origins, isTrue } of conditionsOfEntry(value, derived)) {
      const [origin] = origins;
      const place = origin && isTrue && this.#isBoolean(origin) ? this.#ofValueOrigin(origin) : undefined;
      if (place !== undefined && origin !== undefined) {
        return {
          ...place,
          note: `${formatPath(origin.path)} in ${place.file} decides whether the template writes it.`,
        };
      }
    }
    return undefined;
  }

  #isBoolean({ kind, file, path, range }: Origin): boolean {
    return kind === 'value' && this.#files.valueAt(file, path, range?.start)?.boolean !== undefined;
  }

  #ofValueOrigin(origin: Origin): TypedPlace | undefined {
    if (origin.kind !== 'value' && origin.kind !== 'absent') return undefined;
    return this.#ofValuePath(origin, origin.path);
  }

  /** The head of the value at a path of an origin's file, or of what is nearest above it. */
  #ofValuePath(origin: Origin, path: Path): TypedPlace | undefined {
    if (!this.#derivation.isOwn(origin.file)) {
      return this.#ofStandIns(withPath(origin, path));
    }
    const range = this.#files.headAt(origin.file, path, origin.range?.start);
    return range && { file: origin.file, range };
  }

  #ofStandIns(origin: Origin): TypedPlace | undefined {
    for (const standIn of this.#derivation.standIns(origin)) {
      if (standIn.kind === 'metadata' && standIn.range !== undefined) {
        const text = this.#files.text(standIn.file);
        if (text !== undefined) return { file: standIn.file, range: firstLineIn(text, standIn.range) };
      }
      const place = this.#ofValueOrigin(standIn);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  #ofOrigin(
    origin: Origin,
    derived: DerivedDocument,
    part: OffsetRange,
    span: OffsetRange,
    toLineEnd = false,
  ): TypedPlace | undefined {
    const { file, range, kind } = origin;
    if (!this.#derivation.isOwn(file)) return this.#ofStandIns(origin);
    if (kind === 'absent') return this.#ofValueOrigin(origin);
    const text = this.#files.text(file);
    if (text === undefined || range === undefined) return undefined;
    const exact = typedRangeOf(text, range, derived.document.text, span, part);
    if (exact !== undefined && exact.end > exact.start) {
      return { file, range: toLineEnd ? restOfLine(text, exact.start) : firstLineIn(text, exact) };
    }
    const value = kind === 'value' ? this.#files.valueAt(file, origin.path, range.start) : undefined;
    const visible = firstLineIn(text, range);
    const isBare = visible.start === visible.end || (value !== undefined && value.kind !== 'scalar');
    if (isBare && kind === 'value') return this.#ofValueOrigin(origin);
    return visible.start === visible.end ? undefined : { file, range: visible };
  }
}

/** The scalar that a range lies in. */
function scalarAround(value: Value, range: OffsetRange): Value | undefined {
  if (value.range.start > range.start || value.range.end < range.end) return undefined;
  if (value.kind === 'scalar') return value;
  for (const below of [...value.entries.map((entry) => entry.value), ...value.items]) {
    const found = scalarAround(below, range);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isReleaseName({ range }: Value, derived: DerivedDocument): boolean {
  return [...derived.map.spans(range.start, range.end)].some(({ origins }) => origins[0]?.kind === 'builtin');
}

function clipped({ start, end }: OffsetRange, range: OffsetRange): OffsetRange {
  return { start: Math.max(start, range.start), end: Math.min(end, range.end) };
}

/** The key that a value stands under, or the first key of an item. */
export function keyOf(value: Value): OffsetRange {
  const { parent } = value;
  const entry = parent?.entries.findLast((candidate) => candidate.value === value);
  return entry?.keyValue.range ?? value.entries[0]?.keyValue.range ?? value.range;
}

/** Conditions that hold for an entry and not for the map around it, innermost first. */
export function conditionsOfEntry(value: Value, derived: DerivedDocument): Condition[] {
  const { parent } = value;
  if (parent === undefined) return [];
  const own = derived.map.conditionsAt(keyOf(value).start);
  const around = parent.parent === undefined ? parent.entries[0]?.keyValue.range : keyOf(parent);
  const outer = around === undefined ? [] : derived.map.conditionsAt(around.start);
  return own.slice(0, Math.max(0, own.length - outer.length));
}

/**
 * Branches left out that have a key which is missing in a value: in the text that wrote the value, or in text that is included there.
 */
export function branchesWith(
  key: string,
  value: Value,
  derived: DerivedDocument,
  files: TypedFiles,
  locator: Locator,
): DerivedDocument['map']['skipped'] {
  const pattern = new RegExp(`(?:^|\\n)[ \\t]*(?:- +)?["']?${escaped(key)}["']?:(?:\\s|$)`);
  const located = {
    derived,
    parsed: { text: derived.document.text, root: undefined, problems: [], comments: [], anchors: [] },
  };
  const head = locator.templateAt(keyOf(value).start, located);
  const following = firstVisible(derived.document.text, value.range.end);
  const behind = following === undefined ? undefined : locator.templateAt(following, located);
  return derived.map.skipped.filter(({ body, isTrue }) => {
    const text = body.range && files.text(body.file)?.slice(body.range.start, body.range.end);
    if (isTrue || text === undefined || body.range === undefined || !pattern.test(text)) return false;
    if (head?.file !== body.file) return true;
    const isBelow = body.range.start >= head.range.start;
    return isBelow && (behind?.file !== body.file || body.range.start <= behind.range.start);
  });
}

function firstVisible(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) if (!' \t\r\n'.includes(text[at] ?? ' ')) return at;
  return undefined;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Rules about text that people should not have typed. */
const SENSITIVE = /^(?:secret|phi)-/;

/** Of a map that holds what should not be there, the first value that somebody typed. */
function typedSecret(
  { rule, range }: Finding,
  value: Value | undefined,
  { derived }: Located,
): OffsetRange | undefined {
  if (
    !SENSITIVE.test(rule) ||
    value === undefined ||
    value.kind === 'scalar' ||
    range.start >= value.range.start
  ) {
    return undefined;
  }
  return typedLeaves(value, derived)[0]?.range;
}

/** Whether what a finding speaks of is made by the very rendering, as random passwords are: then it stands in no file. */
export function isGenerated({ rule, path, range }: Finding, { derived, parsed }: Located): boolean {
  const value = parsed.root?.at(path);
  if (
    !SENSITIVE.test(rule) ||
    value === undefined ||
    (value.kind !== 'scalar' && range.start >= value.range.start)
  ) {
    return false;
  }
  return typedLeaves(value, derived).length === 0;
}

function typedLeaves(value: Value, derived: DerivedDocument): Value[] {
  const below = [...value.entries.map((entry) => entry.value), ...value.items];
  if (below.length > 0) return below.flatMap((item) => typedLeaves(item, derived));
  const spans = [...derived.map.spans(value.range.start, value.range.end)];
  const isTyped = spans.some(
    ({ origins }) => origins[0]?.kind !== 'generated' && origins[0]?.kind !== 'builtin',
  );
  return value instanceof ScalarValue &&
    value.decoded !== '' &&
    isTyped &&
    !spans.some(({ origins }) => origins[0]?.kind === 'generated')
    ? [value]
    : [];
}

/**
 * The part of a finding's range that its repair would change: of an image that is put together from a repository and a tag, the one that is
 * wrong.
 */
function decisivePart(finding: Finding, value: Value | undefined, parsed: ParsedDocument): OffsetRange {
  const { range, path, fixes } = finding;
  if (!(value instanceof ScalarValue) || value.range.start !== range.start || value.range.end !== range.end) {
    return range;
  }
  for (const operation of fixes[0]?.operations ?? []) {
    if (!('path' in operation) || operation.path.join('\0') !== path.join('\0')) continue;
    if (operation.op === 'replace-text') return sourceRangeOf(value, parsed.text, operation.range);
    if (operation.op !== 'set' || typeof operation.value !== 'string') continue;
    const changed = changedPart(value.decoded, operation.value);
    if (changed.end > changed.start) return sourceRangeOf(value, parsed.text, changed);
  }
  return range;
}

/** The smallest range of a text that differs from another; at least one character, the one before an insertion. */
export function changedPart(before: string, after: string): OffsetRange {
  const { start, end } = difference(before, after).range;
  return end > start ? { start, end } : { start: Math.max(0, start - 1), end: start };
}
