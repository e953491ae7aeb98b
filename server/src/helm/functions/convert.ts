import { parseFloatLiteral, parseInteger } from '../template/numbers.ts';
import type { GoValue } from '../value/value.ts';

/** Conversions of github.com/spf13/cast, which never fail: what cannot be converted is 0. */

const MAX_INT64 = (1n << 63n) - 1n;
const MIN_INT64 = -(1n << 63n);

export function toInt64(value: GoValue): bigint {
  switch (value.kind) {
    case 'int':
      return value.type === 'time.Duration' ? 0n : value.value;
    case 'float':
      return truncate(value.value);
    case 'bool':
      return value.value ? 1n : 0n;
    case 'string':
      return parseInt64(value.text.replace(/^([^.]*)\.0*$/, '$1'));
    default:
      return 0n;
  }
}

function parseInt64(text: string): bigint {
  const value = parseInteger(text);
  return value === undefined || value > MAX_INT64 || value < MIN_INT64 ? 0n : value;
}

/** As the processor converts: what does not fit becomes the smallest number. */
function truncate(value: number): bigint {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 63) return MIN_INT64;
  return BigInt(Math.trunc(value));
}

export function toFloat64(value: GoValue): number {
  switch (value.kind) {
    case 'int':
      return Number(value.value);
    case 'float':
      return value.value;
    case 'bool':
      return value.value ? 1 : 0;
    case 'string':
      return parseFloat64(value.text) ?? 0;
    default:
      return 0;
  }
}

const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** strconv.ParseFloat. */
function parseFloat64(text: string): number | undefined {
  const special = SPECIAL.exec(text);
  if (special !== null) {
    if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return text.includes('_') ? undefined : parseFloatLiteral(text);
}

/** Arithmetic of int64 wraps around. */
export function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
