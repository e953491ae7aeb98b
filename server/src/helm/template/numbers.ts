import { quote, unquoteCharacter } from '../go/quote.ts';

/** What a number literal can stand for, as text/template/parse reads it. */
export interface NumberLiteral {
  readonly int: bigint | undefined;
  readonly uint: bigint | undefined;
  readonly float: number | undefined;
  readonly isComplex: boolean;
}

const MAX_INT64 = (1n << 63n) - 1n;
const MIN_INT64 = -(1n << 63n);
const MAX_UINT64 = (1n << 64n) - 1n;

/** Reads a literal; a string result is Go's complaint. */
export function parseNumber(
  source: string,
  type: 'char-constant' | 'complex' | 'number',
): NumberLiteral | string {
  if (type === 'char-constant') {
    const code = unquoteCharacter(source);
    if (code === undefined) return `malformed character constant: ${source}`;
    return { int: BigInt(code), uint: BigInt(code), float: code, isComplex: false };
  }
  if (type === 'complex' || source.endsWith('i')) {
    return { int: undefined, uint: undefined, float: undefined, isComplex: true };
  }
  const integer = parseInteger(source);
  const int = integer !== undefined && integer >= MIN_INT64 && integer <= MAX_INT64 ? integer : undefined;
  const uint =
    integer !== undefined && integer >= 0n && integer <= MAX_UINT64 && !/^[+-]/.test(source)
      ? integer
      : undefined;
  if (int !== undefined || uint !== undefined) {
    return { int, uint: int === 0n ? 0n : uint, float: Number(int ?? uint), isComplex: false };
  }
  const float = parseFloatLiteral(source);
  if (float === undefined || !Number.isFinite(float)) return `illegal number syntax: ${quote(source)}`;
  if (!/[.eEpP]/.test(source)) return `integer overflow: ${quote(source)}`;
  const whole = Number.isInteger(float) && Math.abs(float) < 2 ** 63 ? BigInt(float) : undefined;
  return {
    int: whole,
    uint: whole !== undefined && whole >= 0n ? whole : undefined,
    float,
    isComplex: false,
  };
}

const INTEGER = /^([+-]?)(?:0[xX]([0-9a-fA-F_]+)|0[oO]([0-7_]+)|0[bB]([01_]+)|0([0-7_]+)|([1-9][0-9_]*|0))$/;

/** strconv.ParseInt with base 0: a leading 0 means octal, underscores stand between digits only. */
export function parseInteger(source: string): bigint | undefined {
  const match = INTEGER.exec(source);
  if (match === null || !areUnderscoresValid(source)) return undefined;
  const [, sign, hex, octal, binary, oldOctal, decimal] = match;
  const digits = (text: string) => text.replaceAll('_', '');
  let value: bigint;
  if (hex !== undefined) value = BigInt(`0x${digits(hex) || '0'}`);
  else if (octal !== undefined) value = BigInt(`0o${digits(octal) || '0'}`);
  else if (binary !== undefined) value = BigInt(`0b${digits(binary) || '0'}`);
  else if (oldOctal !== undefined) value = BigInt(`0o${digits(oldOctal) || '0'}`);
  else value = BigInt(digits(decimal ?? '0'));
  return sign === '-' ? -value : value;
}

/** An underscore may stand between two digits, or between the base prefix and a digit. */
function areUnderscoresValid(source: string): boolean {
  if (!source.includes('_')) return true;
  const body = source.replace(/^[+-]/, '');
  return /^(?:0[xXoObB]_?|0_?)?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*$/.test(body);
}

const DECIMAL_FLOAT = /^[+-]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?$/;
const HEX_FLOAT = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?[0-9]+)$/;

/** strconv.ParseFloat for literals. */
export function parseFloatLiteral(source: string): number | undefined {
  if (DECIMAL_FLOAT.test(source)) return Number(source.replaceAll('_', ''));
  const match = HEX_FLOAT.exec(source);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const mantissa = Number.parseInt(whole + fraction, 16) * 16 ** -fraction.length;
  return mantissa * 2 ** Number(exponent) * (sign === '-' ? -1 : 1);
}
