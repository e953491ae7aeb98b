import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction, variadic } from '../template/signature.ts';
import { joinTraces, type Trace } from '../trace/origin.ts';
import { isTrue, kindName, Nil, Str, tracesOf, typeName } from '../value/value.ts';
import { bool, deepCopy, deepEqual, isEmpty, withTrace, ZERO_VALUE_TYPE } from './support.ts';

/** Sprig's defaults and reflection. Of a choice the chosen value comes first, then what decided it. */
export const DEFAULT_FUNCTIONS: readonly TemplateFunction[] = [
  variadic('default', ['value'], 'value', (_, fallback, ...given) => {
    const [value] = given;
    if (value === undefined) return fallback;
    return isEmpty(value) ? withTrace(fallback, value.trace) : value;
  }),
  fn('empty', ['value'], (_, value) => bool(isEmpty(value), value.trace)),
  variadic('coalesce', [], 'value', (_, ...values) => {
    let passed: Trace = [];
    for (const value of values) {
      if (!isEmpty(value)) return withTrace(value, passed);
      passed = joinTraces(passed, value.trace);
    }
    return new Nil(passed);
  }),
  variadic('all', [], 'value', (_, ...values) => bool(!values.some(isEmpty), tracesOf(values))),
  variadic('any', [], 'value', (_, ...values) => bool(!values.every(isEmpty), tracesOf(values))),
  fn('ternary', ['value', 'value', 'bool'], (_, yes, no, condition) =>
    withTrace(isTrue(condition) ? yes : no, condition.trace),
  ),
  ...['deepCopy', 'mustDeepCopy'].map((name) =>
    fn(name, ['value'], (_, value) => {
      if (value.kind === 'nil') throw new FunctionError(ZERO_VALUE_TYPE);
      return deepCopy(value);
    }),
  ),
  fn('typeOf', ['value'], (_, value) => new Str(typeName(value), value.trace)),
  fn('typeIs', ['string', 'value'], (_, type, value) => bool(typeName(value) === type.text, value.trace)),
  fn('typeIsLike', ['string', 'value'], (_, type, value) => {
    const name = typeName(value);
    return bool(name === type.text || name === `*${type.text}`, value.trace);
  }),
  fn('kindOf', ['value'], (_, value) => new Str(kindName(value), value.trace)),
  fn('kindIs', ['string', 'value'], (_, kind, value) => bool(kindName(value) === kind.text, value.trace)),
  fn('deepEqual', ['value', 'value'], (_, a, b) => bool(deepEqual(a, b), tracesOf([a, b]))),
];
