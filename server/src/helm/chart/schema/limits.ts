import type { Dict } from '../../value/value.ts';
import { localCount, localNumber } from './complaint.ts';
import { numberAt } from './document.ts';
import { isMultiple } from './json-values.ts';

/** `minLength`, `maxItems` and the like. */
export function limitProblems(
  schema: Dict,
  what: 'Length' | 'Items' | 'Properties',
  count: number,
): string[] {
  const [min, max] = [numberAt(schema, `min${what}`), numberAt(schema, `max${what}`)];
  const problem = (keyword: string, want: number) =>
    `${keyword}: got ${localCount(count)}, want ${localCount(want)}`;
  const problems: string[] = [];
  if (min !== undefined && count < min) problems.push(problem(`min${what}`, min));
  if (max !== undefined && count > max) problems.push(problem(`max${what}`, max));
  return problems;
}

/** `minimum`, `multipleOf` and the like. Source: `numValidate` in validator.go of jsonschema/v6. */
export function numberProblems(schema: Dict, value: number): string[] {
  const problems: string[] = [];
  const test = (keyword: string, limit: number | undefined, isRight: (limit: number) => boolean) => {
    if (limit === undefined || isRight(limit)) return;
    problems.push(`${keyword}: got ${localNumber(value)}, want ${localNumber(limit)}`);
  };
  // Draft 4 makes the limits themselves exclusive.
  const limit = (keyword: string, exclusive: string): [number | undefined, number | undefined] => {
    const flag = schema.entries.get(exclusive);
    const bound = numberAt(schema, keyword);
    if (flag?.kind === 'bool') return flag.value ? [undefined, bound] : [bound, undefined];
    return [bound, numberAt(schema, exclusive)];
  };
  const [minimum, above] = limit('minimum', 'exclusiveMinimum');
  const [maximum, below] = limit('maximum', 'exclusiveMaximum');
  test('minimum', minimum, (bound) => value >= bound);
  test('maximum', maximum, (bound) => value <= bound);
  test('exclusiveMinimum', above, (bound) => value > bound);
  test('exclusiveMaximum', below, (bound) => value < bound);
  test('multipleOf', numberAt(schema, 'multipleOf'), (factor) => isMultiple(value, factor));
  return problems;
}
