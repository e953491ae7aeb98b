import { formatValue } from '../go/format.ts';
import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction, variadic } from '../template/signature.ts';
import { joinTraces, type Trace } from '../trace/origin.ts';
import { Float, type GoValue, Int, List, Str, tracesOf } from '../value/value.ts';
import { toFloat64, toInt64, wrap } from './convert.ts';
import { type Decimal, divideDecimals, parseDecimal, toFloat } from './decimal.ts';
import { int, toNumber } from './support.ts';

function int64(value: bigint, trace: Trace): Int {
  return new Int(wrap(value), 'int64', trace);
}

function reduceInts(
  name: string,
  reduce: (a: bigint, b: bigint) => bigint,
  start?: bigint,
): TemplateFunction {
  const params = start === undefined ? (['value'] as const) : ([] as const);
  return variadic(name, params, 'value', (_, ...values: GoValue[]) => {
    const numbers = values.map(toInt64);
    const result =
      start === undefined ? numbers.reduce((a, b) => wrap(reduce(a, b))) : numbers.reduce(reduce, start);
    return int64(result, tracesOf(values));
  });
}

function divide(name: string, operate: (a: bigint, b: bigint) => bigint): TemplateFunction {
  return fn(name, ['value', 'value'], (_, a, b) => {
    const divisor = toInt64(b);
    if (divisor === 0n) throw new FunctionError('runtime error: integer divide by zero');
    return int64(operate(toInt64(a), divisor), tracesOf([a, b]));
  });
}

function decimals(
  name: string,
  operate: (a: Decimal, b: Decimal) => Decimal,
  start?: number,
): TemplateFunction {
  const params = start === undefined ? (['value'] as const) : ([] as const);
  return variadic(name, params, 'value', (_, ...values: GoValue[]) => {
    const numbers = values.map((value) => parseDecimal(toFloat64(value)));
    if (start !== undefined) numbers.unshift(parseDecimal(start));
    return new Float(toFloat(numbers.reduce(operate)), tracesOf(values));
  });
}

function floats(name: string, choose: (a: number, b: number) => number): TemplateFunction {
  return variadic(
    name,
    ['value'],
    'value',
    (_, ...values: GoValue[]) =>
      new Float(
        values.map(toFloat64).reduce((a, b) => choose(a, b)),
        tracesOf(values),
      ),
  );
}

function rounding(name: string, round: (value: number) => number): TemplateFunction {
  return fn(name, ['value'], (_, value) => new Float(round(toFloat64(value)), value.trace));
}

const larger = (a: bigint, b: bigint) => (a > b ? a : b);
const smaller = (a: bigint, b: bigint) => (a < b ? a : b);

/** Sprig's arithmetic. Integers are int64 and wrap around; `…f` calculates with exact decimals. */
export const NUMBER_FUNCTIONS: readonly TemplateFunction[] = [
  fn('int', ['value'], (_, value) => new Int(toInt64(value), 'int', value.trace)),
  fn('int64', ['value'], (_, value) => new Int(toInt64(value), 'int64', value.trace)),
  fn('float64', ['value'], (_, value) => new Float(toFloat64(value), value.trace)),
  fn('atoi', ['string'], (_, text) =>
    int(/^[+-]?[0-9]{1,18}$/.test(text.text) ? BigInt(text.text.replace('+', '')) : 0, text.trace),
  ),
  fn('toDecimal', ['value'], (_, value) => {
    const text = formatValue(value);
    const isOctal = /^[+-]?[0-7]{1,21}$/.test(text);
    const magnitude = isOctal ? BigInt(`0o${text.replace(/^[+-]/, '')}`) : 0n;
    return int64(text.startsWith('-') ? -magnitude : magnitude, value.trace);
  }),
  reduceInts('add', (a, b) => a + b, 0n),
  fn('add1', ['value'], (_, value) => int64(toInt64(value) + 1n, value.trace)),
  fn('sub', ['value', 'value'], (_, a, b) => int64(toInt64(a) - toInt64(b), tracesOf([a, b]))),
  reduceInts('mul', (a, b) => a * b),
  divide('div', (a, b) => a / b),
  divide('mod', (a, b) => a % b),
  reduceInts('max', larger),
  reduceInts('biggest', larger),
  reduceInts('min', smaller),
  floats('maxf', Math.max),
  floats('minf', Math.min),
  decimals('addf', addDecimals, 0),
  fn('add1f', ['value'], (_, value) => {
    const sum = addDecimals(parseDecimal(toFloat64(value)), parseDecimal(1));
    return new Float(toFloat(sum), value.trace);
  }),
  decimals('subf', (a, b) => addDecimals(a, { ...b, coefficient: -b.coefficient })),
  decimals('mulf', (a, b) => ({
    coefficient: a.coefficient * b.coefficient,
    exponent: a.exponent + b.exponent,
  })),
  decimals('divf', divideDecimals),
  rounding('floor', Math.floor),
  rounding('ceil', Math.ceil),
  variadic('round', ['value', 'int'], 'float64', (_, value, places, ...limits) => {
    const [limit] = limits;
    const factor = 10 ** toNumber(places);
    const digit = factor * toFloat64(value);
    const isUp = digit - Math.trunc(digit) >= (limit?.value ?? 0.5);
    return new Float((isUp ? Math.ceil(digit) : Math.floor(digit)) / factor, value.trace);
  }),
  fn('until', ['int'], (context, count) => {
    const end = toNumber(count);
    return intList(steps(0, end, end < 0 ? -1 : 1, context.charge), count.trace);
  }),
  fn('untilStep', ['int', 'int', 'int'], (context, start, stop, step) =>
    intList(
      steps(toNumber(start), toNumber(stop), toNumber(step), context.charge),
      tracesOf([start, stop, step]),
    ),
  ),
  variadic('seq', [], 'int', (context, ...params) => {
    const trace = joinTraces(tracesOf(params), context.siteTrace());
    return new Str(sequence(params.map(toNumber), context.charge).join(' '), trace);
  }),
];

function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const scale = ({ coefficient, exponent: own }: Decimal) => coefficient * 10n ** BigInt(own - exponent);
  return { coefficient: scale(a) + scale(b), exponent };
}

function intList(numbers: readonly number[], trace: Trace): List {
  return new List(
    numbers.map((value) => int(value, trace)),
    '[]int',
    trace,
  );
}

function steps(start: number, stop: number, step: number, charge: (amount: number) => void): number[] {
  if (stop < start ? step >= 0 : step <= 0) return [];
  charge(Math.ceil(Math.abs((stop - start) / step)));
  const numbers: number[] = [];
  if (stop < start) for (let value = start; value > stop; value += step) numbers.push(value);
  else for (let value = start; value < stop; value += step) numbers.push(value);
  return numbers;
}

/** `seq 3`, `seq 1 3`, `seq 1 2 9`: as the shell's seq, downwards when the end is smaller. */
function sequence(params: readonly number[], charge: (amount: number) => void): number[] {
  const [first = 0, second = 0, third = 0] = params;
  switch (params.length) {
    case 1: {
      const step = first < 1 ? -1 : 1;
      return steps(1, first + step, step, charge);
    }
    case 2: {
      const step = second < first ? -1 : 1;
      return steps(first, second + step, step, charge);
    }
    case 3: {
      const direction = third < first ? -1 : 1;
      if (direction < 0 && second > 0) return [];
      return steps(first, third + direction, second, charge);
    }
    default:
      return [];
  }
}
