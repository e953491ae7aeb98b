/** Formatting of floating-point numbers as Go's strconv does it. */

interface Decimal {
  readonly negative: boolean;
  /** Shortest digits that read back as the same number, without leading or trailing zeros; '0' for zero. */
  readonly digits: string;
  /** The number is 0.digits times ten to this power. */
  readonly point: number;
}

function toDecimal(value: number): Decimal {
  const negative = value < 0 || Object.is(value, -0);
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  if (digits === '') return { negative, digits: '0', point: 1 };
  return { negative, digits, point: Number(exponent) + 1 };
}

/** Whether all ways of writing a number agree on its digits alone. */
function isShortInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 1e6 && !Object.is(value, -0);
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return undefined;
}

/** The shortest text that reads back as the number (`%v`, `%g`): with an exponent below 1e-4 and from 1e6 on. */
export function formatShortest(value: number): string {
  if (isShortInteger(value)) return String(value);
  const odd = special(value);
  if (odd !== undefined) return odd;
  const { negative, digits, point } = toDecimal(value);
  const sign = negative ? '-' : '';
  const exponent = point - 1;
  if (exponent < -4 || exponent >= 6) return sign + exponentForm(digits, exponent);
  return sign + plainForm(digits, point);
}

function exponentForm(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits[0]}${fraction}e${exponentText(exponent)}`;
}

function exponentText(exponent: number): string {
  const sign = exponent < 0 ? '-' : '+';
  return `${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function plainForm(digits: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits.padEnd(point, '0');
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** `%f` with all the digits that are needed (`precision` undefined) or exactly so many behind the point. */
export function formatFixed(value: number, precision: number | undefined): string {
  const odd = special(value);
  if (odd !== undefined) return odd;
  if (precision === undefined) {
    const { negative, digits, point } = toDecimal(value);
    return (negative ? '-' : '') + plainForm(digits, point);
  }
  const magnitude = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (magnitude >= 1e21) {
    const whole = BigInt(magnitude).toString();
    return sign + (precision > 0 ? `${whole}.${'0'.repeat(precision)}` : whole);
  }
  return sign + roundHalfEven(magnitude, precision);
}

/** JavaScript rounds halves up where Go rounds them to even; only exact halves differ. */
function roundHalfEven(magnitude: number, precision: number): string {
  const rounded = magnitude.toFixed(Math.min(precision, 100));
  if (precision > 30) return rounded;
  const exact = magnitude.toFixed(Math.min(precision + 60, 100));
  const tail = exact.slice(exact.indexOf('.') + 1 + precision);
  if (!/^50*$/.test(tail)) return rounded;
  const kept = exact.slice(0, exact.length - tail.length).replace(/\.$/, '');
  const isEven = '02468'.includes(kept.at(-1) ?? '0');
  return isEven ? kept : rounded;
}

/** `%e` with so many digits behind the point; undefined for as many as are needed. */
export function formatExponent(value: number, precision: number | undefined): string {
  const odd = special(value);
  if (odd !== undefined) return odd;
  const [mantissa = '0', exponent = '0'] = value.toExponential(precision).split('e');
  return `${Object.is(value, -0) ? '-' : ''}${mantissa}e${exponentText(Number(exponent))}`;
}

/** `%.{precision}g`. */
export function formatGeneral(value: number, precision: number): string {
  const odd = special(value);
  if (odd !== undefined) return odd;
  const digits = Math.max(precision, 1);
  const [mantissa = '0', exponentDigits = '0'] = Math.abs(value)
    .toExponential(Math.min(digits - 1, 100))
    .split('e');
  const significant = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const exponent = Number(exponentDigits);
  const limit =
    digits > significant.length && significant.length >= exponent + 1 ? significant.length : digits;
  if (exponent < -4 || exponent >= limit) return sign + exponentForm(significant, exponent);
  return sign + plainForm(significant, value === 0 ? 1 : exponent + 1);
}

/** As encoding/json writes a float64: plain between 1e-6 and 1e21, exponents without padding. */
export function formatJsonNumber(value: number): string {
  if (isShortInteger(value)) return String(value);
  const { negative, digits, point } = toDecimal(value);
  const sign = negative ? '-' : '';
  const exponent = point - 1;
  if (value !== 0 && (exponent < -6 || exponent >= 21)) {
    return sign + exponentForm(digits, exponent).replace(/e-0(\d)$/, 'e-$1');
  }
  return sign + plainForm(digits, point);
}

/** `%x`: a hexadecimal mantissa and a power of two; `precision` digits behind the point, or as many as are needed. */
export function formatHexadecimal(value: number, precision: number | undefined): string {
  const odd = special(value);
  if (odd !== undefined) return odd;
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  let mantissa = Math.abs(value);
  if (mantissa === 0) return `${sign}0x0${zeros(precision)}p+00`;
  let exponent = 0;
  for (; mantissa >= 2; exponent++) mantissa /= 2;
  for (; mantissa < 1; exponent--) mantissa *= 2;
  const digits = Math.round((mantissa - 1) * 2 ** 52)
    .toString(16)
    .padStart(13, '0');
  const fraction = precision === undefined ? digits.replace(/0+$/, '') : digits.slice(0, precision);
  return `${sign}0x1${fraction === '' ? '' : `.${fraction}`}p${exponentText(exponent)}`;
}

function zeros(precision: number | undefined): string {
  return precision === undefined || precision === 0 ? '' : `.${'0'.repeat(precision)}`;
}
