import { encodeYaml } from '../encoding/yaml/encode.ts';
import { FunctionError } from '../template/errors.ts';
import { Dict, type GoValue, type NativeMethod, Str } from './value.ts';

/** The methods of Helm's common.Values: `.Values.AsMap`, `.Values.Table "a.b"`, `.Values.PathValue "a.b"`, `.Values.YAML`. */
export function valuesMethod(values: Dict, name: string): NativeMethod | undefined {
  switch (name) {
    case 'AsMap':
      return { params: [], call: () => values.asPlainMap() };
    case 'YAML':
      return { params: [], call: () => encodeYaml(values) ?? new Str('', values.trace) };
    case 'Table':
      return { params: ['string'], call: ([path]) => table(values, textOf(path).split('.')) };
    case 'PathValue':
      return { params: ['string'], call: ([path]) => pathValue(values, textOf(path)) };
    default:
      return undefined;
  }
}

function textOf(value: GoValue | undefined): string {
  return value?.kind === 'string' ? value.text : '';
}

function table(values: Dict, path: readonly string[]): Dict {
  let current = values;
  for (const key of path) {
    const next = current.entries.get(key);
    if (next?.kind !== 'map') throw new FunctionError(`"${key}" is not a table`);
    current = new Dict(next.entries, 'common.Values', next.trace);
  }
  return current;
}

function pathValue(values: Dict, path: string): GoValue {
  if (path === '') throw new FunctionError('YAML path cannot be empty');
  const keys = path.split('.');
  const key = keys.pop() ?? '';
  const noValue = () => new FunctionError(`"${key}" is not a value`);
  let parent: Dict;
  try {
    parent = table(values, keys);
  } catch {
    throw noValue();
  }
  const value = parent.entries.get(key);
  if (value === undefined || value.kind === 'map') throw noValue();
  return value;
}
