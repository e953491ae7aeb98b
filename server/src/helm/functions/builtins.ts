import { formatValue, formatVerb, NO_FLAGS } from '../go/format.ts';
import { sprint, sprintf, sprintln } from '../go/sprintf.ts';
import { byteLength, encodeUtf8, isAscii } from '../go/utf8.ts';
import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction, variadic } from '../template/signature.ts';
import { mapText, TextBuilder } from '../trace/text.ts';
import {
  compareStrings,
  type Dict,
  type GoValue,
  Int,
  isTrue,
  kindName,
  Native,
  Nil,
  Str,
  tracesOf,
  typeName,
} from '../value/value.ts';
import { bool, int } from './support.ts';

/** The functions that text/template brings itself. `and` and `or` are evaluated by the interpreter. */
export const BUILTINS: readonly TemplateFunction[] = [
  variadic('and', ['value'], 'value', (_, first) => first),
  variadic('or', ['value'], 'value', (_, first) => first),
  fn('not', ['value'], (_, value) => bool(!isTrue(value), value.trace)),
  fn('len', ['value'], (_, value) => length(value)),
  variadic('index', ['value'], 'value', (_, item, ...keys) => index(item, keys)),
  variadic('print', [], 'value', (_, ...values) => sprint(values)),
  variadic('printf', ['string'], 'value', (_, format, ...values) => sprintf(format, values)),
  variadic('println', [], 'value', (context, ...values) => sprintln(values, context.siteTrace())),
  // No value of a chart is a function; the interpreter puts in front what the text says instead of one.
  variadic('call', ['value'], 'value', (_, name, callee) => {
    if (callee === undefined || callee.kind === 'nil') throw new FunctionError('call of nil');
    throw new FunctionError(`non-function ${formatValue(name)} of type ${typeName(callee)}`);
  }),
  variadic('html', [], 'value', (_, ...values) => mapText(escapeInput(values), escapeHtml)),
  variadic('js', [], 'value', (_, ...values) => mapText(escapeInput(values), escapeJs)),
  variadic('urlquery', [], 'value', (_, ...values) => mapText(escapeInput(values), escapeQuery)),
  variadic('eq', ['value'], 'value', (_, first, ...others) => {
    if (others.length === 0) throw new FunctionError('missing argument for comparison');
    // All are compared: a later one of another type is an error only when no earlier one was equal.
    const result = others.some((other) => isEqual(first, other));
    return bool(result, tracesOf([first, ...others]));
  }),
  fn('ne', ['value', 'value'], (_, a, b) => bool(!isEqual(a, b), tracesOf([a, b]))),
  fn('lt', ['value', 'value'], (_, a, b) => bool(isLess(a, b), tracesOf([a, b]))),
  fn('le', ['value', 'value'], (_, a, b) => bool(isLess(a, b) || isEqual(a, b), tracesOf([a, b]))),
  fn('gt', ['value', 'value'], (_, a, b) => bool(!(isLess(a, b) || isEqual(a, b)), tracesOf([a, b]))),
  fn('ge', ['value', 'value'], (_, a, b) => bool(!isLess(a, b), tracesOf([a, b]))),
];

function length(value: GoValue): GoValue {
  const measured = value.kind === 'native' ? (value.native.contents?.() ?? value) : value;
  switch (measured.kind) {
    case 'string':
      return int(byteLength(measured.text), value.trace);
    case 'list':
      return int(measured.items.length, value.trace);
    case 'map':
      return int(measured.entries.size, value.trace);
    case 'nil':
      throw new FunctionError('len of nil pointer');
    default:
      throw new FunctionError(`len of type ${typeName(value)}`);
  }
}

function index(item: GoValue, keys: readonly GoValue[]): GoValue {
  if (item.kind === 'nil') throw new FunctionError('index of untyped nil');
  let current: GoValue = item;
  for (const key of keys) {
    const target: GoValue = current.kind === 'native' ? (current.native.contents?.() ?? current) : current;
    switch (target.kind) {
      case 'nil':
        throw new FunctionError('index of nil pointer');
      case 'list':
        current = target.items[checkIndex(key, target.items.length)] as GoValue;
        break;
      case 'string': {
        const bytes = encodeUtf8(target.text);
        current = new Int(BigInt(bytes[checkIndex(key, bytes.length)] ?? 0), 'uint8', target.trace);
        break;
      }
      case 'map':
        current = entry(target, key);
        break;
      default:
        throw new FunctionError(`can't index item of type ${typeName(target)}`);
    }
  }
  return current;
}

function checkIndex(key: GoValue, size: number): number {
  if (key.kind === 'nil') throw new FunctionError('cannot index slice/array with nil');
  if (key.kind !== 'int') throw new FunctionError(`cannot index slice/array with type ${typeName(key)}`);
  if (key.value < 0n || key.value > BigInt(size)) throw new FunctionError(`index out of range: ${key.value}`);
  if (key.value === BigInt(size)) {
    throw new FunctionError('reflect: slice index out of range');
  }
  return Number(key.value);
}

function entry(dict: Dict, key: GoValue): GoValue {
  if (key.kind === 'nil') throw new FunctionError('value is nil; should be of type string');
  if (key.kind !== 'string') {
    throw new FunctionError(`value has type ${typeName(key)}; should be string`);
  }
  return dict.lookup(key.text);
}

type BasicKind = 'bool' | 'int' | 'float' | 'string' | undefined;

function basicKind(value: GoValue): BasicKind {
  switch (value.kind) {
    case 'bool':
    case 'int':
    case 'float':
    case 'string':
      return value.kind;
    default:
      return undefined;
  }
}

/** Values of different kinds do not compare: the most common surprise of `eq .Values.port 80`. */
function isEqual(a: GoValue, b: GoValue): boolean {
  const left = basicKind(a);
  const right = basicKind(b);
  if (left !== right) {
    if (a.kind === 'nil' || b.kind === 'nil') return false;
    throw incompatible(a, b);
  }
  if (left !== undefined) return scalarOf(a) === scalarOf(b);
  if (a.kind !== 'nil' && b.kind !== 'nil' && kindName(a) !== kindName(b)) throw nonComparable(a, b);
  if (isNilValue(a) || isNilValue(b)) return isNilValue(a) === isNilValue(b);
  if (b.kind === 'native' && (b.native.kindName === 'ptr' || b.native.kindName === 'struct')) {
    return a.kind === 'native' && a.native === b.native;
  }
  throw new FunctionError(`non-comparable type ${asText(b)}: ${typeName(b)}`);
}

function isNilValue(value: GoValue): boolean {
  return value.kind === 'nil' || ((value.kind === 'map' || value.kind === 'list') && value.isNil);
}

function asText(value: GoValue): string {
  return formatVerb(value, 's', NO_FLAGS);
}

function nonComparable(a: GoValue, b: GoValue): FunctionError {
  return new FunctionError(
    `non-comparable types ${asText(a)}: ${typeName(a)}, ${typeName(b)}: ${formatValue(b)}`,
  );
}

function incompatible(a: GoValue, b: GoValue): FunctionError {
  return new FunctionError(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
}

function scalarOf(value: GoValue): boolean | bigint | number | string | undefined {
  if (value.kind === 'string') return value.text;
  return value.kind === 'bool' || value.kind === 'int' || value.kind === 'float' ? value.value : undefined;
}

function isLess(a: GoValue, b: GoValue): boolean {
  const left = basicKind(a);
  const right = basicKind(b);
  if (left === undefined || right === undefined) throw new FunctionError('invalid type for comparison');
  if (left !== right) throw incompatible(a, b);
  if (a.kind === 'int' && b.kind === 'int') return a.value < b.value;
  if (a.kind === 'float' && b.kind === 'float') return a.value < b.value;
  if (a.kind === 'string' && b.kind === 'string') return compareStrings(a.text, b.text) < 0;
  throw new FunctionError('invalid type for comparison');
}

/** The text that an escaping function works on. */
function escapeInput(values: readonly GoValue[]): Str {
  const [only] = values;
  if (values.length === 1 && only?.kind === 'string') return only;
  const shown = values.map((value) => {
    if (value.kind === 'nil') return new Str('<no value>', value.trace);
    return value.kind === 'native' && value.native.kindName === 'ptr' ? pointedTo(value) : value;
  });
  const builder = new TextBuilder();
  builder.addStr(sprint(shown));
  return builder.build(new Nil([]).trace);
}

/** What a pointer points to, for those that print it without the `&`. */
function pointedTo({ native, trace }: Native): Native {
  const text = native.format().replace(/^&/, '');
  return new Native({ typeName: native.typeName, kindName: 'struct', format: () => text }, trace);
}

const HTML_ESCAPES: Record<string, string> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\ufffd',
};

function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/g, (character) => HTML_ESCAPES[character] ?? character);
}

const JS_ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

function escapeJs(text: string): string {
  return text.replace(/[\\'"<>&=]|\p{Cc}|[^\p{ASCII}]/gu, (character) => {
    const known = JS_ESCAPES[character];
    if (known !== undefined) return known;
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) return character;
    const isShown = code > 0x7f && /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character);
    return isShown || code === 0x7f ? character : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** url.QueryEscape. */
function escapeQuery(text: string): string {
  if (isAscii(text) && /^[A-Za-z0-9_.~-]*$/.test(text)) return text;
  let result = '';
  for (const byte of encodeUtf8(text)) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~-]/.test(character)) result += character;
    else result += character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result;
}
