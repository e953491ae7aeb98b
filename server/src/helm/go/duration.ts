import { quoteBytes, TimeParseError } from './time-problem.ts';

const NANOSECOND = 1n;
const MICROSECOND = 1000n;
const MILLISECOND = 1_000_000n;
export const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;

const MAX_INT64 = (1n << 63n) - 1n;

/** A duration in nanoseconds as Go prints it: `1h15m30.918s`, `0s`, `1.5µs`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const magnitude = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (magnitude < MICROSECOND) return `${sign}${magnitude}ns`;
  if (magnitude < MILLISECOND) return `${sign}${decimal(magnitude, MICROSECOND)}µs`;
  if (magnitude < SECOND) return `${sign}${decimal(magnitude, MILLISECOND)}ms`;
  const hours = magnitude / HOUR;
  const minutes = (magnitude % HOUR) / MINUTE;
  let text = `${decimal(magnitude % MINUTE, SECOND)}s`;
  if (magnitude >= MINUTE) text = `${minutes}m${text}`;
  if (hours > 0n) text = `${hours}h${text}`;
  return sign + text;
}

function decimal(value: bigint, unit: bigint): string {
  const fraction = (value % unit)
    .toString()
    .padStart(unit.toString().length - 1, '0')
    .replace(/0+$/, '');
  return fraction === '' ? `${value / unit}` : `${value / unit}.${fraction}`;
}

const UNITS: Record<string, bigint> = {
  ns: NANOSECOND,
  us: MICROSECOND,
  µs: MICROSECOND,
  μs: MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
};

const COMPONENT = /(\d*)(?:\.(\d*))?([^.\d]*)/y;

/**
 * Nanoseconds of a Go duration such as `1h30m`. Source: `ParseDuration` in time/format.go.
 *
 * @throws TimeParseError
 */
export function parseDuration(text: string): bigint {
  const fail = (problem: string, unit?: string): never => {
    const what = unit === undefined ? problem : `${problem} ${quoteBytes(unit)} in`;
    throw new TimeParseError(`time: ${what} duration ${quoteBytes(text)}`);
  };
  const body = text.replace(/^[-+]/, '');
  if (body === '0') return 0n;
  if (body === '') return fail('invalid');
  let total = 0n;
  let offset = 0;
  while (offset < body.length) {
    COMPONENT.lastIndex = offset;
    const [whole, integer = '', fraction = '', unit = ''] = COMPONENT.exec(body) ?? [''];
    if (integer === '' && fraction === '') return fail('invalid');
    if (unit === '') return fail('missing unit in');
    const scale = UNITS[unit] ?? fail('unknown unit', unit);
    total += BigInt(integer || '0') * scale + fractionOf(fraction, scale);
    if (total > MAX_INT64) return fail('invalid');
    offset += whole.length;
  }
  return text.startsWith('-') ? -total : total;
}

function fractionOf(digits: string, scale: bigint): bigint {
  const shown = digits.slice(0, 18);
  return shown === '' ? 0n : (BigInt(shown) * scale) / 10n ** BigInt(shown.length);
}
