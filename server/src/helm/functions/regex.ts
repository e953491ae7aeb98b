import { RE2JS } from 're2js';
import { quote } from '../go/quote.ts';
import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction } from '../template/signature.ts';
import type { Trace } from '../trace/origin.ts';
import { replaceParts, type Str, TextBuilder } from '../trace/text.ts';
import { type GoValue, List, tracesOf } from '../value/value.ts';
import { bool, stringList, toNumber } from './support.ts';

/** Where a match and its groups stand, in UTF-16 offsets; -1 for groups without a part in it. */
interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly { start: number; end: number }[];
}

interface Expression {
  readonly re: RE2JS;
  readonly names: ReadonlyMap<string, number>;
}

/** A byte that is not UTF-8; see trace/text.ts. */
const INVALID_BYTE = /(?<![\ud800-\udbff])[\udc80-\udcff]/;
/** What a raw string of Go cannot hold. Source: `CanBackquote` of strconv. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these need quotes.
const NEEDS_QUOTES = /[\0-\x08\x0a-\x1f\x7f`\ufeff]|(?<![\ud800-\udbff])[\udc80-\udcff]/;
const MAX_CACHED = 500;
const MAX_PATTERN = 10_000;
const cache = new Map<string, Expression | FunctionError>();

/** Compiled expressions are kept: charts use the same few over and over. They run in linear time, as in Go. */
function compile(pattern: string): Expression {
  const expression = tryCompile(pattern);
  if (expression instanceof FunctionError) throw expression;
  return expression;
}

function tryCompile(pattern: string): Expression | FunctionError {
  let known = cache.get(pattern);
  if (known === undefined) {
    if (cache.size >= MAX_CACHED) cache.clear();
    known = parseExpression(pattern);
    cache.set(pattern, known);
  }
  return known;
}

function parseExpression(pattern: string): Expression | FunctionError {
  if (pattern.length > MAX_PATTERN) return new FunctionError('regexp: expression too large');
  const badByte = pattern.search(INVALID_BYTE);
  if (badByte !== -1) {
    return new FunctionError(`error parsing regexp: invalid UTF-8: \`${pattern.slice(badByte)}\``);
  }
  try {
    const re = RE2JS.compile(pattern);
    const names = new Map(Object.entries(re.namedGroups() as Record<string, number>));
    return { re, names };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new FunctionError(reason);
  }
}

/** All matches that do not overlap, at most `limit` when it is not negative. */
function findAll({ re }: Expression, text: string, limit: number): Match[] {
  const matches: Match[] = [];
  const matcher = re.matcher(text);
  let previousEnd = -1;
  while ((limit < 0 || matches.length < limit) && matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    // As in Go, an empty match directly behind another one does not count.
    if (start === end && start === previousEnd) continue;
    previousEnd = end;
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => ({
      start: matcher.start(group),
      end: matcher.end(group),
    }));
    matches.push({ start, end, groups });
  }
  return matches;
}

function isMatch(pattern: Str, text: Str): GoValue {
  return bool(compile(pattern.text).re.matcher(text.text).find(), tracesOf([text, pattern]));
}

function found(pattern: Str, text: Str): Str {
  const [match] = findAll(compile(pattern.text), text.text, 1);
  return match === undefined ? text.slice(0, 0) : text.slice(match.start, match.end);
}

function foundAll(pattern: Str, text: Str, limit: number): GoValue {
  const matches = findAll(compile(pattern.text), text.text, limit);
  return nilWhenEmpty(
    matches.map(({ start, end }) => text.slice(start, end)),
    text.trace,
  );
}

function nilWhenEmpty(items: readonly Str[], trace: Trace): GoValue {
  return new List(items, '[]string', trace, items.length === 0);
}

function replaced(pattern: Str, text: Str, by: Str, isLiteral: boolean): Str {
  const expression = compile(pattern.text);
  const matches = findAll(expression, text.text, -1);
  if (matches.length === 0) return text;
  return replaceParts(
    text,
    matches.map((match) => ({
      start: match.start,
      end: match.end,
      by: isLiteral ? by : expand(by, match, text, expression.names),
    })),
  );
}

const REFERENCE = /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;

/** Puts the groups of a match into a replacement: `$1`, `${1}`, `${name}`; `$1W` is the group named "1W". */
function expand(template: Str, match: Match, text: Str, names: ReadonlyMap<string, number>): Str {
  if (!template.text.includes('$')) return template;
  const out = new TextBuilder();
  let offset = 0;
  for (const reference of template.text.matchAll(REFERENCE)) {
    out.addSlice(template, offset, reference.index);
    offset = reference.index + reference[0].length;
    const name = reference[1] ?? reference[2];
    if (name === undefined) out.add('$', template.trace);
    else {
      const group = match.groups[/^[0-9]+$/.test(name) ? Number(name) : (names.get(name) ?? -1)];
      if (group !== undefined && group.start >= 0) out.addSlice(text, group.start, group.end);
    }
  }
  out.addSlice(template, offset, template.text.length);
  return out.build(template.trace);
}

/** regexp.Split: at most `limit` parts when it is positive. */
function split(pattern: Str, text: Str, limit: number): GoValue {
  if (limit === 0) return nilWhenEmpty([], text.trace);
  if (pattern.text !== '' && text.text === '') return stringList([text], text.trace);
  const parts: Str[] = [];
  let begin = 0;
  let end = 0;
  for (const match of findAll(compile(pattern.text), text.text, limit)) {
    if (limit > 0 && parts.length === limit - 1) break;
    end = match.start;
    if (match.end !== 0) parts.push(text.slice(begin, end));
    begin = match.end;
  }
  if (end !== text.text.length) parts.push(text.slice(begin, text.text.length));
  return stringList(parts, text.trace);
}

/** The function and its `must` form; without `must` Go panics over a bad expression, and says so. */
function both(name: string, define: (name: string) => TemplateFunction): TemplateFunction[] {
  const plain = define(name);
  const panicking: TemplateFunction = {
    ...plain,
    call(context, pattern, ...rest) {
      const source = pattern?.kind === 'string' ? pattern.text : '';
      const problem = tryCompile(source);
      if (!(problem instanceof FunctionError)) return plain.call(context, pattern as GoValue, ...rest);
      const shown = NEEDS_QUOTES.test(source) ? quote(source) : `\`${source}\``;
      throw new FunctionError(`regexp: Compile(${shown}): ${problem.message}`);
    },
  };
  return [panicking, define(`must${name[0]?.toUpperCase()}${name.slice(1)}`)];
}

/** Sprig's regular expressions. */
export const REGEX_FUNCTIONS: readonly TemplateFunction[] = [
  fn('mustRegexMatch', ['string', 'string'], (_, pattern, text) => isMatch(pattern, text)),
  fn('regexMatch', ['string', 'string'], (_, pattern, text) => {
    try {
      return isMatch(pattern, text);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return bool(false, tracesOf([text, pattern]));
    }
  }),
  ...both('regexFind', (name) => fn(name, ['string', 'string'], (_, pattern, text) => found(pattern, text))),
  ...both('regexFindAll', (name) =>
    fn(name, ['string', 'string', 'int'], (_, pattern, text, limit) =>
      foundAll(pattern, text, toNumber(limit)),
    ),
  ),
  ...both('regexReplaceAll', (name) =>
    fn(name, ['string', 'string', 'string'], (_, pattern, text, by) => replaced(pattern, text, by, false)),
  ),
  ...both('regexReplaceAllLiteral', (name) =>
    fn(name, ['string', 'string', 'string'], (_, pattern, text, by) => replaced(pattern, text, by, true)),
  ),
  ...both('regexSplit', (name) =>
    fn(name, ['string', 'string', 'int'], (_, pattern, text, limit) => split(pattern, text, toNumber(limit))),
  ),
  fn('regexQuoteMeta', ['string'], (_, text) =>
    replaceParts(
      text,
      [...text.text.matchAll(/[\\.+*?()|[\]{}^$]/g)].map((match) => ({
        start: match.index,
        end: match.index,
        by: '\\',
      })),
    ),
  ),
];
