import type { PathSegment } from '../paths.ts';
import { resolvePlainScalar } from '../scalars.ts';
import { type Collection, type ScalarStyle, ScalarValue } from '../values.ts';
import {
  BACKSLASH,
  COLON,
  DASH,
  DOUBLE_QUOTE,
  HASH,
  INDICATORS,
  isBlankAt,
  isQuote,
  LITERAL,
  lineEndOf,
  NEWLINE,
  QUESTION_MARK,
  SINGLE_QUOTE,
  SPACE,
  TAB,
} from './characters.ts';
import { NOT_PLAIN } from './not-plain.ts';

/** A scalar as it is written, in offsets of the text. */
export interface Scalar {
  readonly start: number;
  readonly end: number;
  readonly decoded: string;
  readonly style: ScalarStyle;
}

/** A place in the tree that is being read. */
export interface Slot {
  readonly parent: Collection | undefined;
  readonly segment: PathSegment;
}

export function scalarValue({ start, end, decoded, style }: Scalar, { parent, segment }: Slot): ScalarValue {
  const data = style === 'plain' ? resolvePlainScalar(decoded) : decoded;
  const place = { parent, segment, range: { start, end }, via: undefined, anchor: undefined };
  return new ScalarValue(place, data, decoded, style);
}

/** The end of a plain scalar that begins at an offset, on its first line. */
export function plainEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (INDICATORS.has(first) || first === TAB) throw NOT_PLAIN;
  const needsMore = first === DASH || first === QUESTION_MARK || first === COLON;
  if (needsMore && isBlankAt(text, start + 1)) throw NOT_PLAIN;
  return textEnd(text, start);
}

/** The end of the plain text on a line. What looks like a key in it is for the full parser. */
export function textEnd(text: string, start: number): number {
  let end = start;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) break;
    if (code === TAB || (code === COLON && isBlankAt(text, at + 1))) throw NOT_PLAIN;
    if (code === SPACE) continue;
    if (code === HASH && text.charCodeAt(at - 1) === SPACE) {
      if (at === start) throw NOT_PLAIN;
      break;
    }
    end = at + 1;
  }
  return end;
}

/** YAML allows no longer implicit keys. */
const MAX_KEY_LENGTH = 1000;

/** The offset of the colon behind a key that begins at an offset; undefined when no key does. */
export function keyEnd(text: string, start: number): number | undefined {
  const first = text.charCodeAt(start);
  if (isQuote(first)) {
    const end = quoteEnd(text, start);
    return end !== undefined && text.charCodeAt(end) === COLON && isBlankAt(text, end + 1) ? end : undefined;
  }
  if (INDICATORS.has(first)) return undefined;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return undefined;
    if (code === TAB) throw NOT_PLAIN;
    if (code === COLON && isBlankAt(text, at + 1)) {
      // A space in front of the colon, and a question mark, are allowed and never meant.
      if (at === start || text.charCodeAt(at - 1) === SPACE || at - start > MAX_KEY_LENGTH) throw NOT_PLAIN;
      if (first === QUESTION_MARK && isBlankAt(text, start + 1)) throw NOT_PLAIN;
      return at;
    }
    if (code === HASH && text.charCodeAt(at - 1) === SPACE) return undefined;
  }
  return undefined;
}

/** Behind the closing quote of a quoted text; undefined where that stands on another line. */
export function quoteEnd(text: string, start: number): number | undefined {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return undefined;
    if (code === BACKSLASH && quote === DOUBLE_QUOTE) at++;
    else if (code === quote) {
      if (quote !== SINGLE_QUOTE || text.charCodeAt(at + 1) !== SINGLE_QUOTE) return at + 1;
      at++;
    }
  }
  return undefined;
}

export function quotedScalar(text: string, start: number): Scalar {
  const end = quoteEnd(text, start);
  if (end === undefined) throw NOT_PLAIN;
  const source = text.slice(start + 1, end - 1);
  if (text.charCodeAt(start) === SINGLE_QUOTE) {
    return { start, end, decoded: source.replaceAll("''", "'"), style: 'single-quoted' };
  }
  return { start, end, decoded: unescaped(source), style: 'double-quoted' };
}

/** Those that people and programs write, by the letter behind the backslash. */
export const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '"': '"',
  '\\': '\\',
  '/': '/',
  ' ': ' ',
};

function unescaped(source: string): string {
  let result = '';
  let from = 0;
  for (let at = source.indexOf('\\'); at !== -1; at = source.indexOf('\\', from)) {
    const meant = ESCAPES[source[at + 1] ?? ''];
    if (meant === undefined) throw NOT_PLAIN;
    result += source.slice(from, at) + meant;
    from = at + 2;
  }
  return from === 0 ? source : result + source.slice(from);
}

/**
 * A literal or folded text, which its first line indents.
 *
 * @param start of its `|` or `>`
 * @param indent of the collection that it is in
 */
export function blockScalar(text: string, start: number, indent: number): Scalar {
  const isLiteral = text.charCodeAt(start) === LITERAL;
  const headerEnd = lineEndOf(text, start);
  const header = text.slice(start + 1, headerEnd).trimEnd();
  const given = /^([1-9]?)(-?)$/.exec(header);
  if (given === null) throw NOT_PLAIN;
  const isStripped = given[2] === '-';
  let decoded = '';
  // Stated, it counts from the collection; else the first line tells it.
  let textIndent = given[1] ? indent + Number(given[1]) : -1;
  let isEmpty = true;
  let blankLines = 0;
  let end = headerEnd + 1;
  for (let lineStart = headerEnd + 1; lineStart < text.length; ) {
    const lineEnd = lineEndOf(text, lineStart);
    let at = lineStart;
    while (text.charCodeAt(at) === SPACE && (textIndent === -1 || at - lineStart < textIndent)) at++;
    if (at === lineEnd) {
      if (at > lineStart) throw NOT_PLAIN; // How spaces alone count depends on what follows.
      blankLines++;
    } else {
      const column = at - lineStart;
      if (column <= indent || column < textIndent) break;
      const line = text.slice(at, lineEnd);
      const isMoreIndented = line.startsWith(' ') || line.startsWith('\t');
      if (line.trim() === '' || (isMoreIndented && (!isLiteral || textIndent === -1))) throw NOT_PLAIN;
      decoded += isEmpty ? '\n'.repeat(blankLines) : separator(isLiteral, blankLines);
      decoded += line;
      isEmpty = false;
      textIndent = column;
      blankLines = 0;
      end = Math.min(lineEnd + 1, text.length);
    }
    lineStart = lineEnd + 1;
  }
  if (isEmpty) {
    if (given[1]) throw NOT_PLAIN;
    // Of the lines behind a text that is empty the first belongs to it.
    end = Math.min(headerEnd + (blankLines > 0 ? 2 : 1), text.length);
  } else if (!isStripped) decoded += '\n';
  return { start, end, decoded, style: isLiteral ? 'literal' : 'folded' };
}

/** Between two lines of a block scalar. */
function separator(isLiteral: boolean, blankLines: number): string {
  if (isLiteral) return '\n'.repeat(blankLines + 1);
  return blankLines === 0 ? ' ' : '\n'.repeat(blankLines);
}
