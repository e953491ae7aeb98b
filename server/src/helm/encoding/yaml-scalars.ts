import { parseInteger } from '../template/numbers.ts';

/** How goyaml.v2 reads plain scalars, and with it which strings must be quoted. */

const NAMED = new Set([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'],
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'],
  ...['~', 'null', 'Null', 'NULL', ''],
  ...['.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'],
]);

const MAX_UINT64 = (1n << 64n) - 1n;
const MIN_INT64 = -(1n << 63n);
const YAML_FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const DOT_FLOAT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

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

const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/** The order in which goyaml.v2 writes the keys of a map: numbers inside of names count as numbers. */
export function compareYamlKeys(left: string, right: string): number {
  if (left === right) return 0;
  const a = isAsciiText(left) && isAsciiText(right) ? left : [...left];
  const b = typeof a === 'string' ? right : [...right];
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (a[index] !== b[index]) return compareAt(a, b, index);
  }
  return a.length - b.length;
}

function isAsciiText(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

function compareAt(a: ArrayLike<string>, b: ArrayLike<string>, index: number): number {
  const left = a[index] ?? '';
  const right = b[index] ?? '';
  const difference = (left.codePointAt(0) ?? 0) - (right.codePointAt(0) ?? 0);
  const isLeftLetter = LETTER.test(left);
  const isRightLetter = LETTER.test(right);
  if (isLeftLetter && isRightLetter) return difference;
  if (isLeftLetter || isRightLetter) return isRightLetter ? -1 : 1;
  const lead = (left === '0' || right === '0') && hasSignificantDigitBefore(a, index) ? 1n : 0n;
  const leftRun = digitRun(a, index, lead);
  const rightRun = digitRun(b, index, lead);
  if (leftRun.value !== rightRun.value) return leftRun.value < rightRun.value ? -1 : 1;
  return leftRun.end === rightRun.end ? difference : leftRun.end - rightRun.end;
}

function hasSignificantDigitBefore(text: ArrayLike<string>, index: number): boolean {
  for (let before = index - 1; before >= 0 && DIGIT.test(text[before] ?? ''); before--) {
    if (text[before] !== '0') return true;
  }
  return false;
}

function digitRun(text: ArrayLike<string>, start: number, lead: bigint): { value: bigint; end: number } {
  let value = lead;
  let end = start;
  for (; end < text.length && DIGIT.test(text[end] ?? ''); end++) {
    value = BigInt.asIntN(64, value * 10n + BigInt((text[end]?.codePointAt(0) ?? 0x30) - 0x30));
  }
  return { value, end };
}
