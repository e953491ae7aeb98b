import type { Path } from './paths.ts';
import type { ScalarData } from './scalars.ts';
import {
  type Collection,
  ListValue,
  MapValue,
  type ScalarStyle,
  ScalarValue,
  type Value,
  type ValuePlace,
} from './values.ts';

/** Told of each scalar of a tree whose content somebody looks at, by its index. */
export type Watcher = (scalar: number) => void;

/** A scalar that tells when it is read. Keys are not watched: trees that are compared have the same ones. */
export class WatchedScalar extends ScalarValue {
  /** Which of the scalars of its tree it is, in the order of the text. */
  readonly index: number;
  readonly #watcher: Watcher;

  constructor(
    place: ValuePlace,
    data: ScalarData,
    decoded: string,
    style: ScalarStyle,
    index: number,
    watcher: Watcher,
  ) {
    super(place, data, decoded, style);
    this.index = index;
    this.#watcher = watcher;
  }

  override get data(): ScalarData {
    this.#watcher(this.index);
    return super.data;
  }

  override get decoded(): string {
    this.#watcher(this.index);
    return super.decoded;
  }

  /** Its content, without telling. */
  get quietly(): { readonly data: ScalarData; readonly decoded: string } {
    return { data: super.data, decoded: super.decoded };
  }
}

/** A tree whose scalars tell when they are read. */
export interface WatchedTree {
  readonly text: string;
  readonly root: Value;
  readonly scalars: readonly WatchedScalar[];
}

/** A copy of a tree that is watched; undefined for trees with aliases, in which a value stands at several places. */
export function watchedTree(root: Value, text: string, watcher: Watcher): WatchedTree | undefined {
  const scalars: WatchedScalar[] = [];
  const copied = copyOf(root, undefined, scalars, watcher);
  return copied && { text, root: copied, scalars };
}

function copyOf(
  value: Value,
  parent: Collection | undefined,
  scalars: WatchedScalar[],
  watcher: Watcher,
): Value | undefined {
  if (value.via !== undefined || value.anchor !== undefined) return undefined;
  const { segment, range } = value;
  const place = { parent, segment, range, via: undefined, anchor: undefined };
  if (value instanceof ScalarValue) {
    const { data, decoded, style } = value;
    const scalar = new WatchedScalar(place, data, decoded, style, scalars.length, watcher);
    scalars.push(scalar);
    return scalar;
  }
  if (value instanceof ListValue) {
    const list = new ListValue(place, value.style);
    for (const item of value.items) {
      const copied = copyOf(item, list, scalars, watcher);
      if (copied === undefined) return undefined;
      list.add(copied);
    }
    return list;
  }
  return value instanceof MapValue ? copyOfMap(value, place, scalars, watcher) : undefined;
}

function copyOfMap(
  value: MapValue,
  place: ValuePlace,
  scalars: WatchedScalar[],
  watcher: Watcher,
): MapValue | undefined {
  if (value.merges.length > 0) return undefined;
  const map = new MapValue(place, value.style);
  for (const { key, keyValue, value: below } of value.entries) {
    const copied = copyOf(below, map, scalars, watcher);
    if (copied === undefined) return undefined;
    const { segment, range } = keyValue;
    const keyPlace = { parent: map, segment, range, via: undefined, anchor: undefined };
    const copiedKey = new ScalarValue(keyPlace, keyValue.data, keyValue.decoded, keyValue.style);
    map.add({ key, keyValue: copiedKey, value: copied });
  }
  return map;
}

/** The scalars in which a tree differs from another; undefined when they differ in anything else but places. */
export function changedScalars(before: WatchedTree, now: WatchedTree): number[] | undefined {
  if (before.scalars.length !== now.scalars.length || !haveSameShape(before.root, now.root)) return undefined;
  return now.scalars.flatMap((scalar, index) => {
    const other = before.scalars[index];
    return other !== undefined && saysTheSame(other, before.text, scalar, now.text) ? [] : [index];
  });
}

/** Whether a scalar is written as another, too. */
function saysTheSame(a: WatchedScalar, textOfA: string, b: WatchedScalar, textOfB: string): boolean {
  const length = a.range.end - a.range.start;
  if (length !== b.range.end - b.range.start || a.style !== b.style) return false;
  if (a.quietly.decoded !== b.quietly.decoded) return false;
  // What is folded may be decoded to the same.
  return (
    (length === a.quietly.decoded.length && a.style === 'plain') ||
    textOfA.slice(a.range.start, a.range.end) === textOfB.slice(b.range.start, b.range.end)
  );
}

function haveSameShape(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false;
  if (a instanceof MapValue && b instanceof MapValue) {
    if (a.style !== b.style || a.entries.length !== b.entries.length) return false;
    return a.entries.every(({ key, keyValue, value }, index) => {
      const other = b.entries[index];
      return (
        other !== undefined &&
        key === other.key &&
        keyValue.style === other.keyValue.style &&
        haveSameShape(value, other.value)
      );
    });
  }
  if (a instanceof ListValue && b instanceof ListValue) {
    if (a.style !== b.style || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => {
      const other = b.items[index];
      return other !== undefined && haveSameShape(item, other);
    });
  }
  return true;
}

/** The value of a tree that stands where one of another stands that has the same shape; undefined for what is not in that tree. */
export function counterpart(value: Value, before: WatchedTree, now: WatchedTree): Value | undefined {
  if (value instanceof WatchedScalar)
    return before.scalars[value.index] === value ? now.scalars[value.index] : undefined;
  const path: Path = value.path;
  return before.root.at(path) === value ? now.root.at(path) : undefined;
}
