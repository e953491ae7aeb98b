import {
  type Dict,
  type GoValue,
  type Int,
  kindName,
  type List,
  sortedKeys,
  typeName,
} from '../value/value.ts';
import { formatDuration } from './duration.ts';
import { formatExponent, formatFixed, formatGeneral, formatHexadecimal, formatShortest } from './float.ts';
import { escapeQuoted, isValidCode, quote, quoteCharacter } from './quote.ts';
import { encodeUtf8 } from './utf8.ts';

/** What stands between `%` and the verb. */
export interface FormatFlags {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

export const NO_FLAGS: FormatFlags = {
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
};

/** A value as `%v` (and `print`) writes it. */
export function formatValue(value: GoValue): string {
  switch (value.kind) {
    case 'nil':
      return '<nil>';
    case 'bool':
      return String(value.value);
    case 'int':
      return value.type === 'time.Duration' ? formatDuration(value.value) : value.value.toString();
    case 'float':
      return formatShortest(value.value);
    case 'string':
      return value.text;
    case 'list':
      return `[${value.items.map(formatValue).join(' ')}]`;
    case 'map':
      return `map[${sortedKeys(value)
        .map((key) => `${key}:${formatValue(value.entries.get(key) as GoValue)}`)
        .join(' ')}]`;
    case 'native':
      return value.native.format();
  }
}

/** A value under any verb, as fmt.Sprintf writes it, with Go's complaints inside of the text. */
export function formatVerb(value: GoValue, verb: string, given: FormatFlags): string {
  // `%+v` asks for the names of fields, not for signs.
  const flags = verb === 'v' && given.plus ? { ...given, plus: false } : given;
  if (verb === 'T') return pad(typeName(value), flags);
  if (verb === 'p') return badVerb(value, verb);
  switch (value.kind) {
    case 'nil':
      return verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
    case 'bool':
      return verb === 't' || verb === 'v' ? pad(String(value.value), flags) : badVerb(value, verb);
    case 'int':
      return formatInteger(value, verb, flags);
    case 'float':
      return formatFloat(value.value, verb, flags) ?? badVerb(value, verb);
    case 'string':
      return formatString(value.text, verb, flags) ?? badVerb(value, verb);
    case 'list':
      return formatList(value, verb, flags);
    case 'map':
      return formatMap(value, verb, flags);
    case 'native': {
      const contents = value.native.contents?.();
      if (contents !== undefined) return formatVerb(contents, verb, flags);
      return formatString(value.native.format(), verb, flags) ?? badVerb(value, verb);
    }
  }
}

/** A value inside of another: there a nil is no mistake. */
function formatInner(value: GoValue, verb: string, flags: FormatFlags): string {
  if (value.kind !== 'nil') return formatVerb(value, verb, flags);
  return flags.sharp && verb === 'v' ? 'interface {}(nil)' : '<nil>';
}

function formatList(list: List, verb: string, flags: FormatFlags): string {
  if (list.type === '[]uint8' && 'sqxX'.includes(verb)) {
    const text = list.items.map((item) => (item.kind === 'int' ? Number(item.value) : 0));
    return formatBytes(Uint8Array.from(text), verb, flags);
  }
  if (flags.sharp && verb === 'v') {
    if (list.isNil) return `${list.type}(nil)`;
    return `${list.type}{${list.items.map((item) => formatInner(item, verb, flags)).join(', ')}}`;
  }
  return `[${list.items.map((item) => formatInner(item, verb, flags)).join(' ')}]`;
}

function formatMap(dict: Dict, verb: string, flags: FormatFlags): string {
  const sharp = flags.sharp && verb === 'v';
  if (sharp && dict.isNil) return `${dict.type}(nil)`;
  const entries = sortedKeys(dict).map((key) => {
    const text = formatString(key, verb, flags) ?? `%!${verb}(string=${key})`;
    return `${text}:${formatInner(dict.entries.get(key) as GoValue, verb, flags)}`;
  });
  return sharp ? `${dict.type}{${entries.join(', ')}}` : `map[${entries.join(' ')}]`;
}

function badVerb(value: GoValue, verb: string): string {
  if (value.kind === 'nil') return `%!${verb}(<nil>)`;
  return `%!${verb}(${typeName(value)}=${formatValue(value)})`;
}

const RADIX: Record<string, number> = { b: 2, o: 8, O: 8, d: 10, v: 10, x: 16, X: 16 };

function formatInteger(int: Int, verb: string, flags: FormatFlags): string {
  if (int.type === 'time.Duration' && (verb === 'v' || verb === 's' || verb === 'q')) {
    return formatString(formatDuration(int.value), verb, flags) ?? '';
  }
  const radix = RADIX[verb];
  if (radix !== undefined) return padNumber(integerText(int.value, verb, radix, flags), flags);
  const code = int.value > 0x10ffffn || int.value < 0n ? 0xfffd : Number(int.value);
  if (verb === 'c') return pad(String.fromCodePoint(isValidCode(code) ? code : 0xfffd), flags);
  if (verb === 'q') return pad(quoteCharacter(code, flags.plus), flags);
  if (verb === 'U') {
    const text = `U+${int.value.toString(16).toUpperCase().padStart(4, '0')}`;
    return pad(flags.sharp && isValidCode(code) ? `${text} '${String.fromCodePoint(code)}'` : text, flags);
  }
  return badVerb(int, verb);
}

function integerText(value: bigint, verb: string, radix: number, flags: FormatFlags): string {
  const magnitude = value < 0n ? -value : value;
  let digits = magnitude.toString(radix);
  if (flags.precision !== undefined) {
    if (flags.precision === 0 && value === 0n) return '';
    digits = digits.padStart(flags.precision, '0');
  }
  let prefix = '';
  if (flags.sharp) prefix = { b: '0b', o: '0', x: '0x', X: '0x' }[verb] ?? '';
  if (verb === 'O') prefix = '0o';
  const sign = value < 0n ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  const text = prefix + digits;
  return sign + (verb === 'X' ? text.toUpperCase() : text);
}

function formatFloat(value: number, verb: string, flags: FormatFlags): string | undefined {
  const text = floatText(value, verb, flags);
  if (text === undefined) return undefined;
  const signed = /^[-+]/.test(text) ? text : `+${text}`;
  const shown =
    signed[0] === '-' || flags.plus ? signed : flags.space ? ` ${signed.slice(1)}` : signed.slice(1);
  return Number.isFinite(value) ? padNumber(shown, { ...flags, precision: undefined }) : pad(shown, flags);
}

function floatText(value: number, verb: string, { precision }: FormatFlags): string | undefined {
  switch (verb) {
    case 'v':
    case 'g':
      return precision === undefined ? formatShortest(value) : formatGeneral(value, precision);
    case 'G':
      return (
        precision === undefined ? formatShortest(value) : formatGeneral(value, precision)
      ).toUpperCase();
    case 'f':
    case 'F':
      return formatFixed(value, precision ?? 6);
    case 'e':
      return formatExponent(value, precision ?? 6);
    case 'E':
      return formatExponent(value, precision ?? 6).toUpperCase();
    case 'x':
      return formatHexadecimal(value, precision);
    case 'X':
      return formatHexadecimal(value, precision).toUpperCase();
    default:
      return undefined;
  }
}

function formatString(text: string, verb: string, flags: FormatFlags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharp ? pad(quote(text), flags) : pad(truncate(text, flags), flags);
    case 's':
      return pad(truncate(text, flags), flags);
    case 'q': {
      const shown = truncate(text, flags);
      if (flags.sharp && !/[`\p{Cc}\ufeff\ud800-\udfff]/u.test(shown)) return pad(`\`${shown}\``, flags);
      return pad(`"${escapeQuoted(shown, flags.plus)}"`, flags);
    }
    case 'x':
    case 'X':
      return formatBytes(encodeUtf8(text), verb, flags);
    default:
      return undefined;
  }
}

function formatBytes(bytes: Uint8Array, verb: string, flags: FormatFlags): string {
  if (verb === 's' || verb === 'q') {
    return formatString(new TextDecoder().decode(bytes), verb, flags) ?? '';
  }
  const shown = flags.precision === undefined ? bytes : bytes.subarray(0, flags.precision);
  const octets = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0'));
  const prefix = flags.sharp && octets.length > 0 ? '0x' : '';
  const text = flags.space ? octets.map((octet) => prefix + octet).join(' ') : prefix + octets.join('');
  return pad(verb === 'X' ? text.toUpperCase() : text, flags);
}

function truncate(text: string, { precision }: FormatFlags): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('');
}

/** Go counts the width in characters and pads text with zeros too when asked. */
export function pad(text: string, flags: FormatFlags): string {
  const missing = (flags.width ?? 0) - (flags.width === undefined ? 0 : [...text].length);
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (flags.zero ? '0' : ' ').repeat(missing) + text;
}

function padNumber(text: string, flags: FormatFlags): string {
  const missing = (flags.width ?? 0) - text.length;
  if (missing <= 0 || !flags.zero || flags.minus || flags.precision !== undefined) {
    return pad(text, { ...flags, zero: false });
  }
  const sign = /^[-+ ]/.test(text) ? text.slice(0, 1) : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

/** `print`: like fmt.Sprint, a space between operands when neither is a string. */
export function needsSpace(left: GoValue, right: GoValue): boolean {
  return kindName(left) !== 'string' && kindName(right) !== 'string';
}
