import { absentTrace } from '../trace/absent.ts';
import { joinTraces, MAX_ORIGINS, NO_TRACE, type Trace } from '../trace/origin.ts';
import { Str } from '../trace/text.ts';

export { Str };

/**
 * A value of the template language, as Go sees it, together with its origins.
 *
 * Scalars never change. Maps are shared and change in place (`set`, `merge`), as in Go.
 */
export type GoValue = Nil | Bool | Int | Float | Str | List | Dict | Native;

/**
 * No value. Go tells apart the nil that a map holds for a missing key (an interface without content) from no value at all, and
 * answers a field of the former with an error, of the latter with no value again.
 */
export class Nil {
  readonly kind = 'nil';
  readonly #trace: Trace | (() => Trace);

  constructor(trace: Trace | (() => Trace)) {
    this.#trace = trace;
  }

  get trace(): Trace {
    return typeof this.#trace === 'function' ? this.#trace() : this.#trace;
  }
}

export class Bool {
  readonly kind = 'bool';
  readonly value: boolean;
  readonly trace: Trace;

  constructor(value: boolean, trace: Trace) {
    this.value = value;
    this.trace = trace;
  }
}

/** The Go integer types that templates can meet. */
export type IntType = 'int' | 'int32' | 'int64' | 'uint8' | 'uint32' | 'uint64' | 'time.Duration';

export class Int {
  readonly kind = 'int';
  readonly value: bigint;
  readonly type: IntType;
  readonly trace: Trace;

  constructor(value: bigint, type: IntType, trace: Trace) {
    this.value = value;
    this.type = type;
    this.trace = trace;
  }
}

export class Float {
  readonly kind = 'float';
  readonly value: number;
  readonly trace: Trace;

  constructor(value: number, trace: Trace) {
    this.value = value;
    this.trace = trace;
  }
}

export type ListType = '[]interface {}' | '[]string' | '[]int' | '[]uint8' | '[][]interface {}';

export class List {
  readonly kind = 'list';
  readonly items: readonly GoValue[];
  readonly type: ListType;
  readonly trace: Trace;
  /** A nil slice: it prints as an empty list, and is null in JSON and YAML. */
  readonly isNil: boolean;

  constructor(items: readonly GoValue[], type: ListType, trace: Trace, isNil = false) {
    this.items = items;
    this.type = type;
    this.trace = trace;
    this.isNil = isNil;
  }
}

export type DictType =
  | 'map[string]interface {}'
  | 'common.Values'
  | 'map[string]string'
  | 'map[string][]uint8';

export class Dict {
  readonly kind = 'map';
  readonly entries: Map<string, GoValue>;
  readonly type: DictType;
  /** A nil map: it reads as empty and cannot be written. */
  readonly isNil: boolean;
  /** Where the map itself is written: several places when maps were merged. */
  trace: Trace;
  /** Whether JSON keeps the order of the entries: they are the fields of a struct. */
  isStruct = false;
  /** Where keys are written, when not where their values are. */
  keyTraces: Map<string, Trace> | undefined;

  constructor(entries: Map<string, GoValue>, type: DictType, trace: Trace, isNil = false) {
    this.entries = entries;
    this.type = type;
    this.trace = trace;
    this.isNil = isNil;
  }

  /** Whether Go holds the entries as interfaces, of any type. */
  get holdsInterfaces(): boolean {
    return this.type === 'map[string]interface {}' || this.type === 'common.Values';
  }

  /** The entry, or what Go takes for a missing one: a nil, which knows where the entry would have to be written, or an empty text. */
  lookup(key: string): GoValue {
    const entry = this.entries.get(key);
    if (entry !== undefined) return entry;
    if (this.type === 'map[string]string') return new Str('', this.trace);
    if (this.type === 'map[string][]uint8') return new List([], '[]uint8', this.trace, true);
    return this.absent(key);
  }

  /** The same entries, as a map of the type that functions take and give. */
  asPlainMap(): Dict {
    if (this.type !== 'common.Values') return this;
    this.keyTraces ??= new Map();
    const map = new Dict(this.entries, 'map[string]interface {}', this.trace, this.isNil);
    map.keyTraces = this.keyTraces;
    return map;
  }

  absent(key: string): Nil {
    return new Nil(() => absentTrace(this.trace, key));
  }

  /** Where the key of an entry is written. */
  keyTrace(key: string): Trace {
    return this.keyTraces?.get(key) ?? this.entries.get(key)?.trace ?? this.trace;
  }
}

/** A Go value with fields or methods of its own, such as `.Capabilities` or a time. */
export interface NativeType {
  /** As `%T` prints it. */
  readonly typeName: string;
  readonly kindName: 'struct' | 'ptr' | 'map' | 'slice' | 'func';
  /** As `%v` prints it. */
  format(): string;
  /** As an action prints it, where that differs: Go follows pointers and finds methods then. */
  display?(): string;
  /** A field, or undefined when there is none. */
  field?(name: string): GoValue | undefined;
  /** A method with its parameters, or undefined when there is none. */
  method?(name: string): NativeMethod | undefined;
  /** What JSON makes of it. */
  toJson?(): GoValue;
  /** The text of bytes. */
  bytesText?(): Str;
  /** What stands behind a native value that acts as a map or list. */
  contents?(): Dict | List;
}

export interface NativeMethod {
  readonly params: readonly ('string' | 'value')[];
  call(args: readonly GoValue[]): GoValue;
}

export class Native {
  readonly kind = 'native';
  readonly native: NativeType;
  readonly trace: Trace;

  constructor(native: NativeType, trace: Trace) {
    this.native = native;
    this.trace = trace;
  }
}

/** The origins of a value and of all that is in it. A map or list that a template made comes behind what it was made of. */
export function wholeTrace(value: GoValue): Trace {
  if (value.kind !== 'map' && value.kind !== 'list') return value.trace;
  let inner: Trace = NO_TRACE;
  for (const item of value.kind === 'map' ? value.entries.values() : value.items) {
    if (inner.length >= MAX_ORIGINS) break;
    inner = joinTraces(inner, wholeTrace(item));
  }
  const isTyped = value.trace.some(({ kind }) => kind === 'value');
  return isTyped ? joinTraces(value.trace, inner) : joinTraces(inner, value.trace);
}

export function tracesOf(values: Iterable<GoValue>): Trace {
  let trace: Trace = NO_TRACE;
  for (const value of values) trace = joinTraces(trace, value.trace);
  return trace;
}

/** Keys in the order of their UTF-8 bytes, as Go sorts strings. */
export function sortedKeys(dict: Dict): string[] {
  return [...dict.entries.keys()].sort(compareStrings);
}

/** The order of the UTF-8 bytes: code points, not UTF-16 code units. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return codeUnitRank(left) - codeUnitRank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters behind all of U+E000 to U+FFFF. */
function codeUnitRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** As `%T` prints the type of a value. */
export function typeName(value: GoValue): string {
  switch (value.kind) {
    case 'nil':
      return '<nil>';
    case 'bool':
      return 'bool';
    case 'int':
      return value.type;
    case 'float':
      return 'float64';
    case 'string':
      return 'string';
    case 'list':
    case 'map':
      return value.type;
    case 'native':
      return value.native.typeName;
  }
}

/** As reflect.Kind prints it. */
export function kindName(value: GoValue): string {
  switch (value.kind) {
    case 'nil':
      return 'invalid';
    case 'int':
      return value.type === 'time.Duration' ? 'int64' : value.type;
    case 'float':
      return 'float64';
    case 'list':
      return 'slice';
    case 'native':
      return value.native.kindName;
    default:
      return value.kind;
  }
}

/** Go's idea of truth: what is not the zero value of its type. */
export function isTrue(value: GoValue): boolean {
  switch (value.kind) {
    case 'nil':
      return false;
    case 'bool':
      return value.value;
    case 'int':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'string':
      return value.text !== '';
    case 'list':
      return value.items.length > 0;
    case 'map':
      return value.entries.size > 0;
    case 'native': {
      const contents = value.native.contents?.();
      return contents === undefined || isTrue(contents);
    }
  }
}
