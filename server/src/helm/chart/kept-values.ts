import type { Origin, Trace } from '../trace/origin.ts';
import type { Dict, GoValue } from '../value/value.ts';
import { loadValues, ValueOrigin, type ValuesFile } from './values-file.ts';

/**
 * Reads values files again and again while they are edited. What an edit has not changed stays the same object, and its origins move to where it
 * stands now: so what was made of it keeps its origins.
 */
export class KeptValues {
  readonly #files = new Map<string, { readonly text: string; readonly values: Dict }>();

  /** @throws ValuesError */
  load(file: ValuesFile): Dict {
    const known = this.#files.get(file.file);
    if (known?.text === file.text) return known.values;
    const values = loadValues(file);
    if (known !== undefined) keep(known.values, values);
    this.#files.set(file.file, { text: file.text, values });
    return values;
  }
}

/** Puts what a map had before in place of what is the same. */
function keep(before: Dict, now: Dict): void {
  if (move(before.trace, now.trace)) now.trace = before.trace;
  for (const [key, value] of now.entries) {
    const old = before.entries.get(key);
    if (old?.kind === 'map' && value.kind === 'map') keep(old, value);
    else if (old !== undefined && isSame(old, value) && moveAll(old, value)) now.entries.set(key, old);
  }
}

function isSame(a: GoValue, b: GoValue): boolean {
  if (a.kind === 'list' && b.kind === 'list') {
    return (
      a.items.length === b.items.length && a.items.every((item, index) => isSame(item, b.items[index] ?? a))
    );
  }
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.size !== b.entries.size) return false;
    const keys = [...b.entries.keys()];
    return [...a.entries].every(([key, value], index) => {
      const other = b.entries.get(key);
      return keys[index] === key && other !== undefined && isSame(value, other);
    });
  }
  if (a.kind === 'string') return b.kind === 'string' && a.text === b.text;
  if (a.kind === 'float') return b.kind === 'float' && Object.is(a.value, b.value);
  if (a.kind === 'bool') return b.kind === 'bool' && a.value === b.value;
  return a.kind === 'nil' && b.kind === 'nil';
}

/** Moves the origins of a value, and of what is in it, to those of one that is the same; false where that cannot be told. */
function moveAll(before: GoValue, now: GoValue): boolean {
  if (!move(before.trace, now.trace)) return false;
  if (before.kind === 'list' && now.kind === 'list') {
    return before.items.every((item, index) => moveAll(item, now.items[index] ?? item));
  }
  if (before.kind === 'map' && now.kind === 'map') {
    return [...before.entries].every(([key, value]) => moveAll(value, now.entries.get(key) ?? value));
  }
  return true;
}

function move(before: Trace, now: Trace): boolean {
  if (before.length !== now.length) return false;
  const pairs = before.map((origin, index) => [origin, now[index]] as const);
  if (!pairs.every(([origin, other]) => other !== undefined && canMove(origin, other))) return false;
  for (const [origin, other] of pairs) {
    if (origin instanceof ValueOrigin && other instanceof ValueOrigin) origin.moveTo(other);
  }
  return true;
}

/** A file of several documents also has the origin of one without any, which stays. */
function canMove(origin: Origin, other: Origin): boolean {
  return origin instanceof ValueOrigin === other instanceof ValueOrigin;
}
