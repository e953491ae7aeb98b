import { formatValue } from '../go/format.ts';
import { FunctionError } from '../template/errors.ts';
import { joinTraces, type Trace } from '../trace/origin.ts';
import { TextBuilder } from '../trace/text.ts';
import {
  Bool,
  Dict,
  Float,
  type GoValue,
  Int,
  kindName,
  List,
  Nil,
  Str,
  wholeTrace,
} from '../value/value.ts';

/** What Go says when code reflects on nil. */
const NIL_DEREFERENCE = 'runtime error: invalid memory address or nil pointer dereference';

/** What Go says when code asks reflection for the type of nil. */
export const ZERO_VALUE_TYPE = 'reflect: call of reflect.Value.Type on zero Value';

/** The items of any list; `action` completes Go's complaint about other values. */
export function itemsOf(value: GoValue, action: string): readonly GoValue[] {
  if (value.kind === 'list') return value.items;
  const contents = value.kind === 'native' ? value.native.contents?.() : undefined;
  if (contents?.kind === 'list') return contents.items;
  if (value.kind === 'nil') throw new FunctionError(NIL_DEREFERENCE);
  throw new FunctionError(`${action} ${kindName(value)}`);
}

export function listOf(items: readonly GoValue[], trace: Trace): List {
  return new List(items, '[]interface {}', trace);
}

export function stringList(items: readonly Str[], trace: Trace): List {
  return new List(items, '[]string', trace);
}

export function dictOf(entries: Iterable<readonly [string, GoValue]>, trace: Trace): Dict {
  return new Dict(new Map(entries), 'map[string]interface {}', trace);
}

/** A nil list of any values, which JSON and YAML write as null. */
export function nilList(trace: Trace): List {
  return new List([], '[]interface {}', trace, true);
}

/** Sprig's strval: the text of any value. */
export function textOf(value: GoValue): Str {
  if (value.kind === 'string') return value;
  const bytes = value.kind === 'native' ? value.native.bytesText?.() : undefined;
  if (bytes !== undefined) return bytes;
  if (value.kind === 'list' && value.type === '[]uint8') {
    const bytes = value.items.map((item) => (item.kind === 'int' ? Number(item.value) : 0));
    return new Str(new TextDecoder().decode(Uint8Array.from(bytes)), value.trace);
  }
  return new Str(formatValue(value), wholeTrace(value));
}

/** Sprig's strslice: the texts of a list without its nils, or of a single value. */
export function textsOf(value: GoValue): readonly Str[] {
  if (value.kind === 'nil') return [];
  if (value.kind !== 'list') return [textOf(value)];
  return value.items.filter((item) => item.kind !== 'nil').map(textOf);
}

export function joinStrs(strs: readonly Str[], separator: Str): Str {
  const out = new TextBuilder();
  let trace: Trace = [];
  strs.forEach((str, index) => {
    if (index > 0) out.addStr(separator);
    out.addStr(str);
    trace = joinTraces(trace, str.trace);
  });
  return out.build(trace);
}

/** Sprig's empty: nil, false, 0, and what has no length. */
export function isEmpty(value: GoValue): boolean {
  switch (value.kind) {
    case 'nil':
      return true;
    case 'bool':
      return !value.value;
    case 'int':
      return value.value === 0n;
    case 'float':
      return value.value === 0;
    case 'string':
      return value.text === '';
    case 'list':
      return value.items.length === 0;
    case 'map':
      return value.entries.size === 0;
    case 'native': {
      const contents = value.native.contents?.();
      return contents !== undefined && isEmpty(contents);
    }
  }
}

/** reflect.DeepEqual: the same type and content. */
export function deepEqual(a: GoValue, b: GoValue): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'nil':
      return b.kind === 'nil';
    case 'bool':
      return b.kind === 'bool' && a.value === b.value;
    case 'int':
      return b.kind === 'int' && a.type === b.type && a.value === b.value;
    case 'float':
      return b.kind === 'float' && a.value === b.value;
    case 'string':
      return b.kind === 'string' && a.text === b.text;
    case 'list': {
      if (b.kind !== 'list' || a.type !== b.type || a.isNil !== b.isNil) return false;
      return (
        a.items.length === b.items.length &&
        a.items.every((item, index) => deepEqual(item, b.items[index] as GoValue))
      );
    }
    case 'map': {
      if (b.kind !== 'map' || a.type !== b.type || a.isNil !== b.isNil) return false;
      if (a.entries.size !== b.entries.size) return false;
      return [...a.entries].every(([key, value]) => {
        const other = b.entries.get(key);
        return other !== undefined && deepEqual(value, other);
      });
    }
    case 'native':
      return b.kind === 'native' && a.native === b.native;
  }
}

/** The same value, which other values had a part in. Maps and lists stay what they are, since they are shared. */
export function withTrace(value: GoValue, more: Trace): GoValue {
  const trace = joinTraces(value.trace, more);
  if (trace === value.trace) return value;
  switch (value.kind) {
    case 'nil':
      return new Nil(trace);
    case 'bool':
      return new Bool(value.value, trace);
    case 'int':
      return new Int(value.value, value.type, trace);
    case 'float':
      return new Float(value.value, trace);
    case 'string':
      return value.spans === undefined ? new Str(value.text, trace) : value;
    default:
      return value;
  }
}

/** A copy that shares no map with the original (copystructure.Copy). */
export function deepCopy(value: GoValue): GoValue {
  if (value.kind === 'list') {
    return new List(value.items.map(deepCopy), value.type, value.trace, value.isNil);
  }
  if (value.kind !== 'map') return value;
  return deepCopyDict(value);
}

export function deepCopyDict(dict: Dict): Dict {
  const entries = new Map<string, GoValue>();
  for (const [key, value] of dict.entries) entries.set(key, deepCopy(value));
  const copy = new Dict(entries, dict.type, dict.trace, dict.isNil);
  if (dict.keyTraces !== undefined) copy.keyTraces = new Map(dict.keyTraces);
  return copy;
}

export function bool(value: boolean, trace: Trace): Bool {
  return new Bool(value, trace);
}

export function int(value: number | bigint, trace: Trace): Int {
  return new Int(BigInt(value), 'int', trace);
}

/** A value of an int parameter as a number; Go's ints are larger, but no text is. */
export function toNumber(value: Int): number {
  return Number(value.value);
}
