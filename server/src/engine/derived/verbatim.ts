import type { OffsetRange } from '../../syntax/ranges.ts';

/**
 * Where a part of a derived text stands in the text that it was taken from. Exact where the text was taken over as it is; where its lines were
 * indented anew, the part is looked for by what it says.
 *
 * @param typed the text of the file
 * @param within the range of the file that was taken over
 * @param derived the text of the derived document
 * @param span the range of the derived document that came from `within`
 * @param part a range in `span`
 * @returns undefined when the part does not stand there word by word
 */
export function typedRangeOf(
  typed: string,
  within: OffsetRange,
  derived: string,
  span: OffsetRange,
  part: OffsetRange,
): OffsetRange | undefined {
  const source = typed.slice(within.start, within.end);
  const whole = derived.slice(span.start, span.end);
  const wanted = derived.slice(part.start, part.end);
  const at = source.indexOf(whole);
  if (at !== -1) {
    const start = within.start + at + part.start - span.start;
    return { start, end: start + wanted.length };
  }
  if (wanted.trim() === '') return undefined;
  // The same words may stand there several times: the one that has as many before it is meant.
  let found = source.indexOf(wanted);
  for (let before = whole.indexOf(wanted); before !== -1 && before < part.start - span.start; ) {
    const next = source.indexOf(wanted, found + 1);
    if (found === -1 || next === -1) break;
    found = next;
    before = whole.indexOf(wanted, before + 1);
  }
  if (found === -1) return undefined;
  return { start: within.start + found, end: within.start + found + wanted.length };
}

/** The visible part of the first line of a range that holds text. */
export function firstLineIn(text: string, { start, end }: OffsetRange): OffsetRange {
  let from = start;
  while (from < end && ' \t\r\n'.includes(text[from] ?? 'x')) from++;
  if (from >= end) return { start, end: Math.min(end, text.length) };
  const lineBreak = text.indexOf('\n', from);
  const lineEnd = lineBreak === -1 || lineBreak > end ? end : lineBreak;
  return { start: from, end: from + text.slice(from, lineEnd).trimEnd().length };
}

/** From an offset to the end of what stands on its line. */
export function restOfLine(text: string, start: number): OffsetRange {
  const lineBreak = text.indexOf('\n', start);
  const line = text.slice(start, lineBreak === -1 ? text.length : lineBreak).trimEnd();
  return { start, end: start + line.length };
}

/** A range that can be shown: of a single line, and not empty where there is any text. */
export function nearestVisible(
  text: string,
  range: OffsetRange = { start: 0, end: text.length },
): OffsetRange {
  const start = Math.min(range.start, text.length);
  const line = firstLineIn(text, { start, end: Math.max(range.end, start) });
  if (line.end > line.start && text.slice(line.start, line.end).trim() !== '') return line;
  // An error at the end of a text stands behind its last line.
  const visibleEnd = text.slice(0, start).trimEnd().length;
  const lineStart = text.lastIndexOf('\n', visibleEnd - 1) + 1;
  return firstLineIn(text, { start: lineStart, end: text.length });
}
