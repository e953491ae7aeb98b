import type { Trace } from '../trace/origin.ts';
import type { Bool, Dict, Float, GoValue, Int, Str } from '../value/value.ts';

/** The Go type of a parameter. `value` is interface{} (anything), `map` is map[string]interface{}. */
export type ParamType = 'value' | 'string' | 'int' | 'int64' | 'uint32' | 'float64' | 'bool' | 'map' | 'time';

/** As Go writes the type in messages. */
export const TYPE_TEXT: Record<ParamType, string> = {
  value: 'interface {}',
  string: 'string',
  int: 'int',
  int64: 'int64',
  uint32: 'uint32',
  float64: 'float64',
  bool: 'bool',
  map: 'map[string]interface {}',
  time: 'time.Time',
};

interface ParamValues {
  value: GoValue;
  string: Str;
  int: Int;
  int64: Int;
  uint32: Int;
  float64: Float;
  bool: Bool;
  map: Dict;
  time: GoValue;
}

type Arguments<P extends readonly ParamType[]> = { [K in keyof P]: ParamValues[P[K] & ParamType] };

/** What a function can ask of the rendering that calls it. */
export interface CallContext {
  /** The origins of the call itself: its place in the template. */
  siteTrace(): Trace;
  include(name: Str, data: GoValue): Str;
  tpl(text: Str, data: GoValue): Str;
  /** The origins of something random or dependent on time: the function, then the place of the call. */
  generatedTrace(functionName: string): Trace;
  /** A number that stands for chance: the same in every rendering, another for each call. */
  nextSeed(): number;
  /** Milliseconds since 1970 for `now`. */
  readonly now: number;
  /** Counts work that does not show as steps of the template; throws when there was too much. */
  charge(amount: number): void;
  /** Told that a map is changed, which others may hold. */
  noteChange(): void;
}

export interface TemplateFunction {
  readonly name: string;
  readonly params: readonly ParamType[];
  /** The type of any further arguments. */
  readonly rest: ParamType | undefined;
  readonly call: (context: CallContext, ...args: GoValue[]) => GoValue;
}

/** Functions by name. */
export type FunctionTable = ReadonlyMap<string, TemplateFunction>;

/** Defines a function with a fixed number of arguments, which are checked before it is called. */
export function fn<const P extends readonly ParamType[]>(
  name: string,
  params: P,
  call: (context: CallContext, ...args: Arguments<P>) => GoValue,
): TemplateFunction {
  return { name, params, rest: undefined, call: call as unknown as TemplateFunction['call'] };
}

/** Defines a function that takes any number of further arguments of one type. */
export function variadic<const P extends readonly ParamType[], R extends ParamType>(
  name: string,
  params: P,
  rest: R,
  call: (context: CallContext, ...args: [...Arguments<P>, ...ParamValues[R][]]) => GoValue,
): TemplateFunction {
  return { name, params, rest, call: call as unknown as TemplateFunction['call'] };
}
