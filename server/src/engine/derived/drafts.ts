import { withPath } from '../../helm/index.ts';
import { keyOrderAt } from '../../kubernetes/key-order.ts';
import { layoutOf, lineStartOf } from '../../syntax/edit/layout.ts';
import { type DocumentOperation, type PlainValue, set } from '../../syntax/edit/operations.ts';
import { planOperation } from '../../syntax/edit/plan.ts';
import { renderEntry } from '../../syntax/edit/render.ts';
import type { ParsedDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import { applyEdits, shiftRange, type TextEdit } from '../../syntax/ranges.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { MapValue, ScalarValue, type Value } from '../../syntax/values.ts';
import { type Feed, feedsOf } from './feeds.ts';
import { planWithin } from './inline-text.ts';
import { branchesWith, changedPart, deepestAt, type Locator } from './locate.ts';
import { type Derivation, type DerivedDocument, isTypedValue, type Origin } from './source-map.ts';
import type { FileEdits, TypedEdits } from './typed-edits.ts';
import type { TypedFiles } from './typed-files.ts';

/** A derived document as it is, for operations on it. */
export interface Target {
  readonly derived: DerivedDocument;
  readonly parsed: ParsedDocument;
}

/** More places for a new key are not tried. */
const MAX_PLACES = 4;

/**
 * Guesses which edits of the files that people type would do an operation to a derived document: in values first, then in the text of templates.
 * Whether a guess is right shows when the document is made again.
 */
export class Drafter {
  readonly #derivation: Derivation;
  readonly #files: TypedFiles;
  readonly #locator: Locator;
  readonly #typedEdits: TypedEdits;

  constructor(derivation: Derivation, files: TypedFiles, locator: Locator, typedEdits: TypedEdits) {
    this.#derivation = derivation;
    this.#files = files;
    this.#locator = locator;
    this.#typedEdits = typedEdits;
  }

  /** The likeliest first. */
  draftsFor(operation: DocumentOperation, target: Target): FileEdits[] {
    const drafts = 'path' in operation ? this.#inValues(operation, target) : [];
    return distinct([...drafts, ...this.#inTemplates(operation, target)]);
  }

  /** Gives a value of a values file another value. */
  setValue(origin: Origin, path: Path, value: PlainValue): FileEdits[] {
    return this.#onOwn(withPath(origin, path), (own) => set(own.path, value));
  }

  #inValues(operation: DocumentOperation & { readonly path: Path }, target: Target): FileEdits[] {
    const { derived, parsed } = target;
    if (parsed.root === undefined) return [];
    const deepest = deepestAt(parsed.root, operation.path);
    const { value, rest } = deepest;
    const feeds = inOrder(feedsOf(value, derived), rest);
    const fed = feeds.flatMap((feed) =>
      this.#onOwn(withPath(feed.origin, feed.path), (own) => ({
        ...operation,
        path: [...own.path, ...rest],
      })),
    );
    if (rest.length === 0)
      return [...fed, ...this.#patchOperations(operation, feeds), ...this.#inPart(operation, value, target)];
    const [key, ...below] = rest;
    if (typeof key !== 'string' || (operation.op !== 'set' && operation.op !== 'insert')) return fed;
    const leftOut = branchesWith(key, value, derived, this.#files, this.#locator).flatMap(({ origins }) =>
      origins.flatMap((origin) =>
        this.#isCollection(origin)
          ? this.#onOwn(origin, (own) => ({ ...operation, path: [...own.path, ...below] }))
          : [],
      ),
    );
    return [...fed, ...leftOut];
  }

  /** What an operation of a JSON patch adds is gone when the operation is, or the patch that has no other. */
  #patchOperations({ op }: DocumentOperation, feeds: readonly Feed[]): FileEdits[] {
    if (op !== 'remove') return [];
    return feeds.flatMap(({ origin, path }) => {
      const [field, index] = path;
      const isPatch = origin.kind === 'patch' && path.at(-1) === 'value' && typeof path.at(-2) === 'number';
      if (!isPatch) return [];
      const whole = field === 'patches' && path.length === 5 ? [[field, index ?? 0]] : [];
      return [path.slice(0, -1), ...whole].flatMap((removed) =>
        this.#onOwn(withPath(origin, removed), (own) => ({ op, path: own.path, pruneTo: 0 })),
      );
    });
  }

  /** Whether a value may become a map or list without losing anything. */
  #isCollection(origin: Origin): boolean {
    const { kind, file, path, range } = origin;
    if (kind === 'absent') return true;
    if (!isTypedValue(origin)) return false;
    const value = this.#files.valueAt(file, path, range?.start);
    return value === undefined || value.isNull || value.kind !== 'scalar';
  }

  /** A scalar that is put together from several values: the one is changed that has the difference. */
  #inPart(operation: DocumentOperation, value: Value, { derived, parsed }: Target): FileEdits[] {
    if (!(value instanceof ScalarValue)) return [];
    const after = newText(operation, value.decoded);
    if (after === undefined) return [];
    const changed = changedPart(value.decoded, after);
    const range = sourceRangeOf(value, parsed.text, changed);
    const drafts: FileEdits[] = [];
    for (const span of derived.map.spans(range.start, range.end)) {
      for (const origin of span.origins) {
        if (!isTypedValue(origin)) continue;
        const typed = this.#files.valueAt(origin.file, origin.path, origin.range?.start);
        if (!(typed instanceof ScalarValue) || typed.decoded === '') continue;
        const at = value.decoded.indexOf(typed.decoded);
        if (at === -1 || changed.start < at || changed.end > at + typed.decoded.length) continue;
        const tail = value.decoded.length - at - typed.decoded.length;
        const own = after.slice(at, after.length - tail);
        drafts.push(...this.#onOwn(origin, ({ path }) => set(path, own)));
      }
    }
    return drafts;
  }

  /** Plans an operation on a values file of the project: that of the origin, or the one that overrides it. */
  #onOwn(origin: Origin, operationFor: (own: Origin) => DocumentOperation): FileEdits[] {
    if (!isTypedValue(origin) && origin.kind !== 'absent') return [];
    const candidates = this.#derivation.isOwn(origin.file) ? [origin] : this.#derivation.standIns(origin);
    return candidates.flatMap((own) => {
      const document =
        own.kind === 'metadata' ? undefined : this.#files.documentAt(own.file, own.range?.start ?? 0);
      if (document === undefined) return [];
      const edits = planWithin(document.parsed, asText(operationFor(own), own, document.parsed));
      return edits === undefined ? [] : [{ file: own.file, edits: shifted(edits, document.start) }];
    });
  }

  #inTemplates(operation: DocumentOperation, { derived, parsed }: Target): FileEdits[] {
    const plan = planOperation(parsed, operation, keyOrderAt);
    const planned = 'refused' in plan ? [] : [plan.edits];
    return [...planned, ...otherPlaces(operation, parsed)].flatMap(
      (edits) => this.#typedEdits.of(derived, edits) ?? [],
    );
  }
}

/** What a field of a kustomization has between quotes has to stay a text, as variables of Flux have. */
function asText(
  operation: DocumentOperation,
  { kind, path }: Origin,
  { root }: ParsedDocument,
): DocumentOperation {
  const typed = kind === 'kustomization' ? root?.at(path) : undefined;
  const isQuoted = typed instanceof ScalarValue && typed.style !== 'plain';
  if (!isQuoted || operation.op !== 'set' || operation.path.length !== path.length) return operation;
  const isScalar = typeof operation.value === 'boolean' || typeof operation.value === 'number';
  return isScalar ? { ...operation, value: String(operation.value) } : operation;
}

/** What is missing belongs to what is deployed itself, not to a patch for it. */
function inOrder(feeds: readonly Feed[], missing: Path): readonly Feed[] {
  if (missing.length === 0) return feeds;
  const rank = ({ origin }: Feed) => (origin.kind === 'manifest' ? 0 : 1);
  return feeds.toSorted((a, b) => rank(a) - rank(b));
}

/** The text of a string after an operation on it. */
function newText(operation: DocumentOperation, before: string): string | undefined {
  if (operation.op === 'set') return typeof operation.value === 'string' ? operation.value : undefined;
  return operation.op === 'replace-text' ? applyEdits(before, [operation]) : undefined;
}

/** Where else a new key may stand: before each key of its map that has a line of its own. */
function otherPlaces(operation: DocumentOperation, parsed: ParsedDocument): TextEdit[][] {
  if ((operation.op !== 'set' && operation.op !== 'insert') || parsed.root === undefined) return [];
  const { value: map, rest } = deepestAt(parsed.root, operation.path);
  const [key, ...below] = rest;
  if (!(map instanceof MapValue) || map.style !== 'block' || typeof key !== 'string') return [];
  const { text } = parsed;
  const layout = layoutOf(parsed);
  const nested = below.reduceRight<PlainValue>(
    (inner, segment) => (typeof segment === 'number' ? [inner] : { [segment]: inner }),
    operation.op === 'insert' ? [operation.value] : operation.value,
  );
  return map.entries
    .flatMap(({ keyValue }) => {
      const start = lineStartOf(text, keyValue.range.start);
      const column = keyValue.range.start - start;
      if (text.slice(start, keyValue.range.start).trim() !== '') return [];
      const line = `${' '.repeat(column)}${renderEntry(key, nested, column, layout)}${layout.lineEnd}`;
      return [[{ range: { start, end: start }, newText: line }]];
    })
    .slice(0, MAX_PLACES);
}

function shifted(edits: readonly TextEdit[], by: number): TextEdit[] {
  return edits.map(({ range, newText }) => ({ range: shiftRange(range, by), newText }));
}

function distinct(drafts: readonly FileEdits[]): FileEdits[] {
  const seen = new Set<string>();
  return drafts.filter((draft) => {
    const key = JSON.stringify(draft);
    return !seen.has(key) && seen.add(key);
  });
}
