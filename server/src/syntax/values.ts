import type { Path, PathSegment } from './paths.ts';
import type { OffsetRange } from './ranges.ts';
import type { ScalarData } from './scalars.ts';

/** How a value came to stand where it is read, when it is not written there. */
export interface Indirection {
  readonly kind: 'alias' | 'merge';
  /** The `*name` token through which the value is used. */
  readonly range: OffsetRange;
}

/** One key and value of a map. */
export interface Entry {
  /** The key as typed, unquoted. */
  readonly key: string;
  readonly keyValue: ScalarValue;
  readonly value: Value;
}

/**
 * A value of a document together with where it is written.
 *
 * Every accessor answers for every kind of value, so that readers need no type tests: a scalar has no items, a list no keys, and a
 * value of an unexpected kind reads as absent.
 */
export abstract class Value {
  abstract readonly kind: 'scalar' | 'map' | 'list';
  readonly parent: Collection | undefined;
  /** The key or index in the parent; an empty string at the root. */
  readonly segment: PathSegment;
  /** Where the value is written, in offsets of its document. */
  readonly range: OffsetRange;
  /** Set when the value reached this place through an alias or a merge key. */
  readonly via: Indirection | undefined;
  readonly anchor: string | undefined;

  constructor(place: ValuePlace) {
    this.parent = place.parent;
    this.segment = place.segment;
    this.range = place.range;
    this.via = place.via;
    this.anchor = place.anchor;
  }

  /** Where this use of the value stands: its own text, or the alias that brings it here. */
  get site(): OffsetRange {
    return this.via?.range ?? this.range;
  }

  get path(): Path {
    const path: PathSegment[] = [];
    for (let value: Value = this; value.parent !== undefined; value = value.parent) path.push(value.segment);
    return path.reverse();
  }

  get(_segment: PathSegment): Value | undefined {
    return undefined;
  }

  at(path: Path): Value | undefined {
    let value: Value | undefined = this;
    for (const segment of path) value = value?.get(segment);
    return value;
  }

  has(path: Path): boolean {
    return this.at(path) !== undefined;
  }

  get entries(): readonly Entry[] {
    return [];
  }

  get items(): readonly Value[] {
    return [];
  }

  /** The text of a scalar that YAML reads as a string; undefined for numbers, booleans, null and collections. */
  get string(): string | undefined {
    return undefined;
  }

  get number(): number | undefined {
    return undefined;
  }

  get boolean(): boolean | undefined {
    return undefined;
  }

  get isNull(): boolean {
    return false;
  }

  /** The text of any scalar but null, unquoted and unescaped: `8080` and `"8080"` both give `8080`. */
  get text(): string | undefined {
    return undefined;
  }

  /** The value as plain JavaScript data. Map keys are the keys as typed. */
  abstract toJS(): unknown;
}

export type Collection = MapValue | ListValue;

/** What every value is made with. */
export interface ValuePlace {
  readonly parent: Collection | undefined;
  readonly segment: PathSegment;
  readonly range: OffsetRange;
  readonly via: Indirection | undefined;
  readonly anchor: string | undefined;
}

export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded';

export class ScalarValue extends Value {
  override readonly kind = 'scalar';
  readonly #data: ScalarData;
  readonly #decoded: string;
  readonly style: ScalarStyle;

  constructor(place: ValuePlace, data: ScalarData, decoded: string, style: ScalarStyle) {
    super(place);
    this.#data = data;
    this.#decoded = decoded;
    this.style = style;
  }

  get data(): ScalarData {
    return this.#data;
  }

  /** The decoded text, also of numbers and booleans; empty for null. */
  get decoded(): string {
    return this.#decoded;
  }

  override get string(): string | undefined {
    return typeof this.data === 'string' ? this.data : undefined;
  }

  override get number(): number | undefined {
    return typeof this.data === 'number' ? this.data : undefined;
  }

  override get boolean(): boolean | undefined {
    return typeof this.data === 'boolean' ? this.data : undefined;
  }

  override get isNull(): boolean {
    return this.data === null;
  }

  override get text(): string | undefined {
    return this.data === null ? undefined : this.decoded;
  }

  override toJS(): ScalarData {
    return this.data;
  }
}

export type CollectionStyle = 'block' | 'flow';

/** Above this many keys a map answers `get` from an index. */
const INDEXED_SIZE = 12;

export class MapValue extends Value {
  override readonly kind = 'map';
  readonly style: CollectionStyle;
  /** The `<<` entries, from the key to the end of the value; what they bring stands among the entries. */
  readonly merges: OffsetRange[] = [];
  readonly #entries: Entry[] = [];
  #index: Map<string, Value> | undefined;

  constructor(place: ValuePlace, style: CollectionStyle) {
    super(place);
    this.style = style;
  }

  /** In the order written; entries of merge keys come last. Duplicate keys all stand here, and the last one counts. */
  override get entries(): readonly Entry[] {
    return this.#entries;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    this.#index = undefined;
  }

  override get(segment: PathSegment): Value | undefined {
    if (typeof segment === 'number') return undefined;
    if (this.entries.length > INDEXED_SIZE) {
      this.#index ??= new Map(this.entries.map(({ key, value }) => [key, value]));
      return this.#index.get(segment);
    }
    for (let index = this.entries.length - 1; index >= 0; index--) {
      const entry = this.entries[index];
      if (entry !== undefined && entry.key === segment) return entry.value;
    }
    return undefined;
  }

  entryOf(key: string): Entry | undefined {
    return this.entries.findLast((entry) => entry.key === key);
  }

  override toJS(): Record<string, unknown> {
    // A prototype-less object, since keys such as `__proto__` are data here.
    const result: Record<string, unknown> = Object.create(null);
    for (const { key, value } of this.entries) result[key] = value.toJS();
    return result;
  }
}

export class ListValue extends Value {
  override readonly kind = 'list';
  readonly style: CollectionStyle;
  readonly #items: Value[] = [];

  constructor(place: ValuePlace, style: CollectionStyle) {
    super(place);
    this.style = style;
  }

  override get items(): readonly Value[] {
    return this.#items;
  }

  add(item: Value): void {
    this.#items.push(item);
  }

  override get(segment: PathSegment): Value | undefined {
    return typeof segment === 'number' ? this.items[segment] : undefined;
  }

  override toJS(): unknown[] {
    return this.items.map((item) => item.toJS());
  }
}

export function isCollection(value: Value): value is Collection {
  return value instanceof MapValue || value instanceof ListValue;
}
