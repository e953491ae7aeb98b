import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction, variadic } from '../template/signature.ts';
import { joinTraces } from '../trace/origin.ts';
import { type Dict, type GoValue, Str, sortedKeys, tracesOf, typeName } from '../value/value.ts';
import { bool, dictOf, isEmpty, listOf, stringList, textOf } from './support.ts';

/** Sprig's functions for maps. */
export const DICT_FUNCTIONS: readonly TemplateFunction[] = [
  variadic('dict', [], 'value', (context, ...pairs) => dict(pairs, context.siteTrace())),
  fn(
    'get',
    ['map', 'string'],
    (_, map, key) => map.entries.get(key.text) ?? new Str('', map.absent(key.text).trace),
  ),
  fn('set', ['map', 'string', 'value'], (context, map, key, value) => {
    context.noteChange();
    if (map.isNil) throw new FunctionError('assignment to entry in nil map');
    map.entries.set(key.text, value);
    map.keyTraces ??= new Map();
    map.keyTraces.set(key.text, key.trace);
    return map;
  }),
  fn('unset', ['map', 'string'], (context, map, key) => {
    context.noteChange();
    map.entries.delete(key.text);
    return map;
  }),
  fn('hasKey', ['map', 'string'], (_, map, key) => {
    const value = map.entries.get(key.text);
    return bool(value !== undefined, (value ?? map.absent(key.text)).trace);
  }),
  variadic('pluck', ['string'], 'map', (context, key, ...maps) => {
    const found = maps.flatMap((map) => map.entries.get(key.text) ?? []);
    return listOf(found, found.length === 0 ? context.siteTrace() : tracesOf(found));
  }),
  // Go's order is random; sorted keys are one of the possible answers, and a stable one.
  variadic('keys', [], 'map', (_, ...maps) =>
    stringList(
      maps.flatMap((map) => sortedKeys(map).map((key) => new Str(key, map.keyTrace(key)))),
      tracesOf(maps),
    ),
  ),
  fn('values', ['map'], (_, map) =>
    listOf(
      sortedKeys(map).map((key) => map.entries.get(key) as GoValue),
      map.trace,
    ),
  ),
  variadic('pick', ['map'], 'string', (_, map, ...keys) => {
    const wanted = new Set(keys.map(({ text }) => text));
    return filtered(map, (key) => wanted.has(key));
  }),
  variadic('omit', ['map'], 'string', (_, map, ...keys) => {
    const unwanted = new Set(keys.map(({ text }) => text));
    return filtered(map, (key) => !unwanted.has(key));
  }),
  ...mergeFunctions(false, 'merge', 'mustMerge'),
  ...mergeFunctions(true, 'mergeOverwrite', 'mustMergeOverwrite'),
  variadic('dig', [], 'value', (_, ...values) => dig(values)),
];

function dict(pairs: readonly GoValue[], trace: Dict['trace']): Dict {
  const map = dictOf([], trace);
  const keyTraces = new Map<string, Dict['trace']>();
  for (let index = 0; index < pairs.length; index += 2) {
    const key = textOf(pairs[index] as GoValue);
    map.entries.set(key.text, pairs[index + 1] ?? new Str('', trace));
    keyTraces.set(key.text, key.trace);
  }
  map.keyTraces = keyTraces;
  return map;
}

function filtered(map: Dict, keeps: (key: string) => boolean): Dict {
  const result = dictOf(
    [...map.entries].filter(([key]) => keeps(key)),
    map.trace,
  );
  result.keyTraces = map.keyTraces;
  return result;
}

function mergeFunctions(overwrites: boolean, ...names: string[]): TemplateFunction[] {
  return names.map((name) =>
    variadic(name, ['map'], 'map', (context, target, ...sources) => {
      context.noteChange();
      for (const source of sources) {
        context.charge(source.entries.size);
        mergeInto(target, source, overwrites, 0);
      }
      return target;
    }),
  );
}

const MAX_MERGE_DEPTH = 500;

/** mergo.Merge for maps: the target changes, and shares nested maps with the source. */
function mergeInto(target: Dict, source: Dict, overwrites: boolean, depth: number): void {
  if (target.entries === source.entries) return;
  if (depth > MAX_MERGE_DEPTH) throw new FunctionError('maps are nested too deeply');
  if (target.isNil && source.entries.size > 0) throw new FunctionError('assignment to entry in nil map');
  for (const [key, value] of source.entries) {
    const present = target.entries.get(key);
    if (value.kind === 'nil') {
      if (overwrites) put(target, source, key, value);
      continue;
    }
    if (value.kind === 'map' && present?.kind === 'map') mergeInto(present, value, overwrites, depth + 1);
    if (present !== undefined && !isEmpty(present)) {
      if (value.kind === 'map' && present.kind === 'map') continue;
      if (!overwrites) continue;
    }
    put(target, source, key, value);
  }
  target.trace = overwrites ? joinTraces(source.trace, target.trace) : joinTraces(target.trace, source.trace);
}

function put(target: Dict, source: Dict, key: string, value: GoValue): void {
  target.entries.set(key, value);
  const keyTrace = source.keyTraces?.get(key);
  if (keyTrace !== undefined) {
    target.keyTraces ??= new Map();
    target.keyTraces.set(key, keyTrace);
  } else target.keyTraces?.delete(key);
}

/** `dig "a" "b" default map`. */
function dig(values: readonly GoValue[]): GoValue {
  if (values.length < 3) throw new FunctionError('dig needs at least three arguments');
  const keys = values.slice(0, -2);
  const fallback = values.at(-2) as GoValue;
  let current = asPlainMap(values.at(-1) as GoValue);
  for (const [index, keyValue] of keys.entries()) {
    if (keyValue.kind !== 'string') throw conversionPanic(keyValue, 'string');
    const next = current.entries.get(keyValue.text);
    if (next === undefined) return fallback;
    if (index === keys.length - 1) return next;
    current = asPlainMap(next);
  }
  return fallback;
}

function asPlainMap(value: GoValue): Dict {
  if (value.kind === 'map' && value.type === 'map[string]interface {}') return value;
  throw conversionPanic(value, 'map[string]interface {}');
}

function conversionPanic(value: GoValue, wanted: string): FunctionError {
  const actual = value.kind === 'nil' ? 'nil' : typeName(value);
  return new FunctionError(`interface conversion: interface {} is ${actual}, not ${wanted}`);
}
