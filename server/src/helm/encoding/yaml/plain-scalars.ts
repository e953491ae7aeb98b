import { parseInteger } from '../../template/numbers.ts';

/** What texts without quotes mean to goyaml.v2, and with it which strings must be quoted. Source: resolve.go of goyaml.v2. */

const NAMED = new Map<string, number | boolean | null>([
  ...named(true, 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'),
  ...named(false, 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'),
  ...named(null, '', '~', 'null', 'Null', 'NULL'),
  ...named(Number.NaN, '.nan', '.NaN', '.NAN'),
  ...named(Number.POSITIVE_INFINITY, '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'),
  ...named(Number.NEGATIVE_INFINITY, '-.inf', '-.Inf', '-.INF'),
]);

function named<T>(value: T, ...texts: readonly string[]): [string, T][] {
  return texts.map((text) => [text, value]);
}

const MAX_UINT64 = (1n << 64n) - 1n;
const MIN_INT64 = -(1n << 63n);
const YAML_FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const DOT_FLOAT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** What a plain scalar means to goyaml.v2; dates stay text. */
export function resolveScalar(text: string): string | number | boolean | null {
  const value = NAMED.get(text);
  if (value !== undefined) return value;
  const first = text.charCodeAt(0);
  if (first === 0x2e) return DOT_FLOAT.test(text) ? Number(text) : text;
  const isDigit = first >= 0x30 && first <= 0x39;
  if (!isDigit && first !== 0x2b && first !== 0x2d) return text;
  if (/^[1-9][0-9]{0,14}$/.test(text)) return Number(text);
  const plain = text.replaceAll('_', '');
  const integer = parseInteger(plain);
  if (integer !== undefined && integer >= MIN_INT64 && integer <= MAX_UINT64) return Number(integer);
  return YAML_FLOAT.test(plain) ? Number(plain) : text;
}

/** Whether a plain scalar of this text would be read as a string. */
export function readsAsString(text: string): boolean {
  if (text === '') return false;
  const first = text.charCodeAt(0);
  const isDigit = first >= 0x30 && first <= 0x39;
  if (isDigit || first === 0x2b || first === 0x2d) {
    return !NAMED.has(text) && !isTimestamp(text) && !isNumber(text.replaceAll('_', ''));
  }
  if (first === 0x2e) return !NAMED.has(text) && !DOT_FLOAT.test(text);
  return !NAMED.has(text);
}

/** Numbers of base 60 are read as strings, but quoted for other readers. */
export function isBase60(text: string): boolean {
  return BASE_60.test(text);
}

function isNumber(plain: string): boolean {
  const integer = parseInteger(plain);
  if (integer !== undefined && integer >= MIN_INT64 && integer <= MAX_UINT64) return true;
  return YAML_FLOAT.test(plain) || /^-?0b[01]{1,64}$/.test(plain);
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2}))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?))?$/;

function isTimestamp(text: string): boolean {
  if (text[4] !== '-') return false;
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const [, year, month, day, h1, m1, s1, h2, m2, s2] = match;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return (
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= days &&
    Number(h1 ?? h2 ?? 0) < 24 &&
    Number(m1 ?? m2 ?? 0) < 60 &&
    Number(s1 ?? s2 ?? 0) < 60
  );
}
