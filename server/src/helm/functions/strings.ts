import { formatValue } from '../go/format.ts';
import { escapeQuoted } from '../go/quote.ts';
import { encodeUtf8, isAscii } from '../go/utf8.ts';
import { FunctionError } from '../template/errors.ts';
import { type CallContext, fn, type TemplateFunction, variadic } from '../template/signature.ts';
import type { Trace } from '../trace/origin.ts';
import { mapText, padLines, replaceParts, Str, TextBuilder } from '../trace/text.ts';
import { Dict, type GoValue, type Int, tracesOf, wholeTrace } from '../value/value.ts';
import { changeCase, lower, splitAll, titleCase, trimSet, uncapitalize, upper } from './casing.ts';
import { joinStrs, stringList, textOf, toNumber } from './support.ts';
import { lengthInBytes, sliceBytes } from './text-bytes.ts';
import { abbreviate, initials, wrapWords } from './wrapping.ts';

const SPACE = ' \t\n\v\f\r\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000';
const LEADING_SPACE = new RegExp(`^[${SPACE}]+`);
const SPACE_CHARACTER = new RegExp(`[${SPACE}]`);
const LATIN_SPACE = /[\t\n\v\f\r \u0085\u00a0]/g;

/** Sprig's functions for text. What stays of a text keeps its origins. */
export const STRING_FUNCTIONS: readonly TemplateFunction[] = [
  fn('trim', ['string'], (_, text) => trimSpace(text)),
  ...['trimAll', 'trimall'].map((name) =>
    fn(name, ['string', 'string'], (_, set, text) => trimSet(text, set.text)),
  ),
  fn('trimSuffix', ['string', 'string'], (_, suffix, text) =>
    text.text.endsWith(suffix.text) ? text.slice(0, text.text.length - suffix.text.length) : text,
  ),
  fn('trimPrefix', ['string', 'string'], (_, prefix, text) =>
    text.text.startsWith(prefix.text) ? text.slice(prefix.text.length, text.text.length) : text,
  ),
  fn('upper', ['string'], (_, text) => mapText(text, upper)),
  fn('lower', ['string'], (_, text) => mapText(text, lower)),
  fn('title', ['string'], (_, text) => sameLength(text, titleCase(text.text))),
  fn('untitle', ['string'], (_, text) => sameLength(text, uncapitalize(text.text))),
  fn('swapcase', ['string'], (_, text) => sameLength(text, changeCase(text.text))),
  fn('substr', ['int', 'int', 'string'], (_, start, end, text) => substring(start, end, text)),
  fn('trunc', ['int', 'string'], (_, count, text) => truncate(toNumber(count), text)),
  fn('abbrev', ['int', 'string'], (_, width, text) =>
    toNumber(width) < 4 ? text : abbreviate(text, 0, toNumber(width)),
  ),
  fn('abbrevboth', ['int', 'int', 'string'], (_, left, right, text) => {
    const [offset, width] = [toNumber(left), toNumber(right)];
    return width < 4 || (offset > 0 && width < 7) ? text : abbreviate(text, offset, width);
  }),
  fn('initials', ['string'], (_, text) => new Str(initials(text.text), text.trace)),
  fn('repeat', ['int', 'string'], (context, count, text) => repeat(context, count, text)),
  fn('nospace', ['string'], (_, text) => withoutSpace(text)),
  fn('wrap', ['int', 'string'], (_, width, text) => wrapWords(text, toNumber(width), '\n', false)),
  fn('wrapWith', ['int', 'string', 'string'], (_, width, lineEnd, text) =>
    wrapWords(text, toNumber(width), lineEnd.text || '\n', true),
  ),
  fn('contains', ['string', 'string'], (_, part, text) => test(text, part, text.text.includes(part.text))),
  fn('hasPrefix', ['string', 'string'], (_, part, text) => test(text, part, text.text.startsWith(part.text))),
  fn('hasSuffix', ['string', 'string'], (_, part, text) => test(text, part, text.text.endsWith(part.text))),
  variadic('quote', [], 'value', (context, ...values) => quoteAll(context, values, quoted)),
  variadic('squote', [], 'value', (context, ...values) => quoteAll(context, values, singleQuoted)),
  variadic('cat', [], 'value', (context, ...values) => {
    const texts = values.filter((value) => value.kind !== 'nil').map(shown);
    return joinStrs(texts, new Str(' ', context.siteTrace()));
  }),
  fn('indent', ['int', 'string'], (context, spaces, text) => indent(context, spaces, text, '')),
  fn('nindent', ['int', 'string'], (context, spaces, text) => indent(context, spaces, text, '\n')),
  fn('replace', ['string', 'string', 'string'], (context, old, by, text) =>
    replaceAll(context, text, old.text, by),
  ),
  fn('plural', ['string', 'string', 'int'], (_, one, many, count) => (count.value === 1n ? one : many)),
  fn('toString', ['value'], (_, value) => textOf(value)),
  fn('splitList', ['string', 'string'], (_, separator, text) =>
    stringList(splitAll(text, separator.text), text.trace),
  ),
  fn('split', ['string', 'string'], (_, separator, text) =>
    numbered(splitAll(text, separator.text), text.trace),
  ),
  fn('splitn', ['string', 'int', 'string'], (_, separator, count, text) =>
    numbered(splitAll(text, separator.text, toNumber(count)), text.trace),
  ),
];

function test(text: Str, part: Str, result: boolean): GoValue {
  return { kind: 'bool', value: result, trace: tracesOf([text, part]) };
}

/** Changed text of the same length, whose parts keep their places. */
function sameLength(text: Str, changed: string): Str {
  if (changed.length !== text.text.length || text.spans === undefined) return new Str(changed, text.trace);
  return new Str(changed, undefined, text.spans);
}

export function trimSpace(text: Str): Str {
  const source = text.text;
  const start = LEADING_SPACE.exec(source)?.[0].length ?? 0;
  let end = source.length;
  while (end > start && SPACE_CHARACTER.test(source[end - 1] ?? '')) end--;
  return text.slice(start, end);
}

function substring(start: Int, end: Int, text: Str): Str {
  const length = BigInt(lengthInBytes(text));
  const [from, to] = [start.value, end.value];
  if (from < 0n) return cut(text, 0n, to, length);
  return to < 0n || to > length ? cut(text, from, length, length) : cut(text, from, to, length);
}

function cut(text: Str, start: bigint, end: bigint, length: bigint): Str {
  if (end < 0n) throw new FunctionError(`runtime error: slice bounds out of range [:${end}]`);
  if (end > length) {
    throw new FunctionError(`runtime error: slice bounds out of range [:${end}] with length ${length}`);
  }
  if (start > end) throw new FunctionError(`runtime error: slice bounds out of range [${start}:${end}]`);
  return sliceBytes(text, Number(start), Number(end));
}

function truncate(count: number, text: Str): Str {
  const length = lengthInBytes(text);
  if (count < 0 && length + count > 0) return sliceBytes(text, length + count, length);
  return count >= 0 && length > count ? sliceBytes(text, 0, count) : text;
}

const MAX_INT = (1n << 63n) - 1n;
/** What Go can allocate at once on a machine with 64 bits. */
const MAX_ALLOCATION = 1n << 48n;

/** How often to repeat a text of so many bytes. @throws FunctionError where Go's `strings.Repeat` panics */
function repetitions({ value }: Int, length: number): number {
  if (value < 0n) throw new FunctionError('strings: negative Repeat count');
  const whole = value * BigInt(length);
  if (whole > MAX_INT) throw new FunctionError('strings: Repeat output length overflow');
  if (whole > MAX_ALLOCATION) throw new FunctionError('runtime error: makeslice: len out of range');
  return Number(value);
}

function repeat(context: CallContext, times: Int, text: Str): Str {
  const count = repetitions(times, lengthInBytes(text));
  if (text.text === '') return text;
  context.charge(count + (count * text.text.length) / 100);
  return new Str(text.text.repeat(count), text.trace);
}

function* matches(text: string, pattern: RegExp): Generator<{ start: number; end: number; by: string }> {
  for (const match of text.matchAll(pattern)) {
    yield { start: match.index, end: match.index + match[0].length, by: '' };
  }
}

/** The original works on bytes: where it removes any, all other characters than ASCII are mangled. */
function withoutSpace(text: Str): Str {
  if (isAscii(text.text)) return replaceParts(text, matches(text.text, LATIN_SPACE));
  const bytes = Array.from(encodeUtf8(text.text), (byte) => String.fromCharCode(byte));
  const kept = bytes.filter((byte) => !byte.match(LATIN_SPACE));
  return kept.length === bytes.length ? text : new Str(kept.join(''), text.trace);
}

function shown(value: GoValue): Str {
  return value.kind === 'string' ? value : new Str(formatValue(value), wholeTrace(value));
}

/** Several operands stand side by side; nils vanish. */
function quoteAll(context: CallContext, values: readonly GoValue[], quoteOne: (value: GoValue) => Str): Str {
  const [only] = values;
  if (values.length === 1 && only !== undefined) {
    return only.kind === 'nil' ? new Str('', only.trace) : quoteOne(only);
  }
  const texts = values.filter((value) => value.kind !== 'nil').map(quoteOne);
  return joinStrs(texts, new Str(' ', context.siteTrace()));
}

function quoted(value: GoValue): Str {
  const text = textOf(value);
  if (text.spans === undefined) return new Str(`"${escapeQuoted(text.text)}"`, text.trace);
  return surround(
    mapText(text, (part) => escapeQuoted(part)),
    '"',
  );
}

function singleQuoted(value: GoValue): Str {
  return surround(shown(value), "'");
}

/** The quotes belong to what stands inside of them. */
function surround(text: Str, mark: string): Str {
  if (text.spans === undefined) return new Str(mark + text.text + mark, text.trace);
  const out = new TextBuilder();
  const { traces, guards } = text.spans;
  out.add(mark, traces[0] ?? text.trace, guards[0]);
  out.addStr(text);
  out.add(mark, traces.at(-1) ?? text.trace, guards.at(-1));
  return out.build(text.trace);
}

/** Every line is padded, also the empty ones. The padding belongs to the line behind it. */
function indent(context: CallContext, spaces: Int, text: Str, before: string): Str {
  const count = repetitions(spaces, 1);
  context.charge(count);
  context.charge(text.text.length / 100);
  return padLines(text, ' '.repeat(count), before);
}

function replaceAll(context: CallContext, text: Str, old: string, by: Str): Str {
  const source = text.text;
  if (old !== '' && !source.includes(old)) return text;
  const parts: { start: number; end: number; by: Str }[] = [];
  if (old === '') {
    for (let index = 0; index <= source.length; ) {
      parts.push({ start: index, end: index, by });
      index += (source.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
    }
  } else {
    for (let at = source.indexOf(old); at !== -1; at = source.indexOf(old, at + old.length)) {
      parts.push({ start: at, end: at + old.length, by });
    }
  }
  context.charge((parts.length * by.text.length) / 100);
  return replaceParts(text, parts);
}

function numbered(parts: readonly Str[], trace: Trace): Dict {
  return new Dict(new Map(parts.map((part, index) => [`_${index}`, part])), 'map[string]string', trace);
}
