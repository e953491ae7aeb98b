import { BACKSLASH, DOUBLE_QUOTE, NEWLINE, SINGLE_QUOTE, SPACE, TAB } from './characters.ts';
import { NOT_PLAIN } from './not-plain.ts';
import { ESCAPES, quotedScalar, quoteEnd, type Scalar } from './scalars.ts';

/**
 * A quoted text that may go over several lines, as the descriptions in definitions of custom resources do.
 *
 * @param start of its quote
 * @param indent of the collection that it is in
 */
export function quotedText(text: string, start: number, indent: number): Scalar {
  if (quoteEnd(text, start) !== undefined) return quotedScalar(text, start);
  const end = endOverLines(text, start, indent);
  const source = text.slice(start + 1, end - 1);
  if (text.charCodeAt(start) === SINGLE_QUOTE) {
    return { start, end, decoded: folded(source).replaceAll("''", "'"), style: 'single-quoted' };
  }
  return { start, end, decoded: unescapedLines(source), style: 'double-quoted' };
}

/** Behind the closing quote. Lines that are not indented are for the full parser. */
function endOverLines(text: string, start: number, indent: number): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) {
      let first = at + 1;
      while (text.charCodeAt(first) === SPACE) first++;
      const isBlank = text.charCodeAt(first) === NEWLINE;
      if (!isBlank && first - at - 1 <= indent) throw NOT_PLAIN;
      at = first - 1;
    } else if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
      if (text.charCodeAt(at + 1) !== NEWLINE) at++;
    } else if (code === quote) {
      if (quote !== SINGLE_QUOTE || text.charCodeAt(at + 1) !== SINGLE_QUOTE) return at + 1;
      at++;
    }
  }
  throw NOT_PLAIN;
}

/** Lines as one: a line break is a space, and of several the first is none. */
function folded(source: string): string {
  let lineEnd = source.indexOf('\n');
  const parts = [withoutEnd(source, 0, lineEnd)];
  let breaks = 0;
  while (lineEnd !== -1) {
    const start = behindBlanks(source, lineEnd + 1);
    lineEnd = source.indexOf('\n', start);
    const visible = lineEnd === -1 ? source.slice(start) : withoutEnd(source, start, lineEnd);
    if (visible === '' && lineEnd !== -1) breaks++;
    else {
      parts.push(breaks === 0 ? ' ' : '\n'.repeat(breaks), visible);
      breaks = 0;
    }
  }
  return parts.join('');
}

/** The text up to a line break, without the blanks before that. */
function withoutEnd(source: string, start: number, lineEnd: number): string {
  let end = lineEnd;
  while (end > start && (source.charCodeAt(end - 1) === SPACE || source.charCodeAt(end - 1) === TAB)) end--;
  return source.slice(start, end);
}

/** As `folded`, with escapes: one in front of a line break takes it away, and one in front of a space keeps that. */
function unescapedLines(source: string): string {
  let result = '';
  let from = 0;
  for (let at = 0; at < source.length; ) {
    const code = source.charCodeAt(at);
    if (code === BACKSLASH) {
      result += source.slice(from, at);
      if (source.charCodeAt(at + 1) === NEWLINE) from = behindBlanks(source, at + 2);
      else {
        const meant = ESCAPES[source[at + 1] ?? ''];
        if (meant === undefined) throw NOT_PLAIN;
        result += meant;
        from = at + 2;
      }
      at = from;
    } else if (code === NEWLINE) {
      // A blank that was escaped stands before `from`, and stays.
      result += withoutEnd(source, from, at);
      let breaks = 0;
      let next = behindBlanks(source, at + 1);
      while (source.charCodeAt(next) === NEWLINE) {
        breaks++;
        next = behindBlanks(source, next + 1);
      }
      result += breaks === 0 ? ' ' : '\n'.repeat(breaks);
      from = next;
      at = next;
    } else at++;
  }
  return result + source.slice(from);
}

function behindBlanks(source: string, from: number): number {
  let at = from;
  while (source.charCodeAt(at) === SPACE || source.charCodeAt(at) === TAB) at++;
  return at;
}
