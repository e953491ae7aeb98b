import type { OffsetRange } from '../../syntax/ranges.ts';
import { loadValues, ValuesError } from '../chart/values-file.ts';
import type { Dict, GoValue } from '../value/value.ts';
import { ANY_ELEMENT } from './known.ts';

/** A key of a values file. */
export interface ValueDefinition {
  readonly file: string;
  /** The key; of an element of a list the element. */
  readonly keyRange: OffsetRange;
  readonly value: GoValue;
}

/** A key of a values file with its path from the root of the file. */
export interface PlacedKey {
  readonly path: readonly string[];
  readonly keyRange: OffsetRange;
  readonly value: GoValue;
}

/** One file of values: what it says of a path, and which key stands where. */
export class ValuesIndex {
  readonly file: string;
  readonly text: string;
  /** The last state that could be read, and its text. */
  readonly root: Dict | undefined;
  readonly readText: string | undefined;

  constructor(file: string, text: string, before?: ValuesIndex) {
    this.file = file;
    this.text = text;
    const root = readRoot(file, text);
    this.root = root ?? before?.root;
    this.readText = root === undefined ? before?.readText : text;
  }

  at(path: readonly string[]): readonly ValueDefinition[] {
    return valuesAt(this.root, path).flatMap((value) => {
      const origin = value.trace.find(({ file }) => file === this.file);
      const keyRange = origin?.keyRange ?? origin?.range;
      return keyRange === undefined ? [] : { file: this.file, keyRange, value };
    });
  }

  /** The key at an offset. */
  keyAt(offset: number): PlacedKey | undefined {
    return this.root && keyAt(this.root, [], offset);
  }
}

function readRoot(file: string, text: string): Dict | undefined {
  try {
    return loadValues({ file, text });
  } catch (error) {
    if (!(error instanceof ValuesError)) throw error;
    return undefined;
  }
}

/** The values at a path; several where it goes through any element of a list. */
export function valuesAt(root: GoValue | undefined, path: readonly string[]): readonly GoValue[] {
  let found: readonly GoValue[] = root === undefined ? [] : [root];
  for (const name of path) found = found.flatMap((value) => children(value, name));
  return found;
}

function children(value: GoValue, name: string): readonly GoValue[] {
  if (value.kind !== 'map' && value.kind !== 'list') return [];
  const isMap = value.kind === 'map';
  if (name === ANY_ELEMENT) return isMap ? [...value.entries.values()] : value.items;
  const child = isMap ? value.entries.get(name) : value.items[Number(name)];
  return child === undefined ? [] : [child];
}

function keyAt(parent: GoValue, path: readonly string[], offset: number): PlacedKey | undefined {
  const entries: Iterable<readonly [string, GoValue]> =
    parent.kind === 'map'
      ? parent.entries
      : parent.kind === 'list'
        ? parent.items.map((item) => [ANY_ELEMENT, item] as const)
        : [];
  for (const [name, value] of entries) {
    const [origin] = value.trace;
    const keyRange = origin?.keyRange;
    const isKey = parent.kind === 'map' && keyRange !== undefined;
    if (isKey && keyRange.start <= offset && offset <= keyRange.end) {
      return { path: [...path, name], keyRange, value };
    }
    const range = origin?.range;
    if (range !== undefined && range.start <= offset && offset <= range.end) {
      return keyAt(value, [...path, name], offset);
    }
  }
  return undefined;
}
