import { FunctionError } from '../template/errors.ts';

/** An exact decimal: coefficient times ten to the power of the exponent. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** The shortest decimal that reads as the number. */
export function parseDecimal(value: number): Decimal {
  if (!Number.isFinite(value)) throw new FunctionError(`Cannot create a Decimal from ${value}`);
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

export function toFloat({ coefficient, exponent }: Decimal): number {
  return Number(`${coefficient}e${exponent}`);
}

/** Digits behind the point of a quotient, as shopspring/decimal keeps them. */
const QUOTIENT_DIGITS = 16;

/** The quotient, rounded half away from zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.coefficient === 0n) throw new FunctionError('decimal division by 0');
  const shift = a.exponent - b.exponent + QUOTIENT_DIGITS;
  let numerator = a.coefficient;
  let denominator = b.coefficient;
  if (shift >= 0) numerator *= 10n ** BigInt(shift);
  else denominator *= 10n ** BigInt(-shift);
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  const isHalf = absolute(rest) * 2n >= absolute(denominator);
  const away = numerator < 0n === denominator < 0n ? 1n : -1n;
  return { coefficient: isHalf ? quotient + away : quotient, exponent: -QUOTIENT_DIGITS };
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
