import type { OffsetRange } from './ranges.ts';
import type { ScalarValue } from './values.ts';

/**
 * Where a part of a scalar's decoded text is written, through quotes, escapes, folding and the indentation of block scalars.
 *
 * @param text the document's text
 * @param part a range of the decoded text, in code units
 * @returns a range of the document; it spans line ends and indentation where the part does
 */
export function sourceRangeOf(scalar: ScalarValue, text: string, part: OffsetRange): OffsetRange {
  return sourceRanges(scalar, text)(part);
}

/** As `sourceRangeOf`, for many parts of one scalar. */
export function sourceRanges(scalar: ScalarValue, text: string): (part: OffsetRange) => OffsetRange {
  const offsets = sourceOffsets(scalar, text);
  return (part) => {
    const start = offsets[part.start] ?? scalar.range.end;
    if (part.end <= part.start) return { start, end: start };
    const last = offsets[part.end - 1] ?? scalar.range.end;
    return { start, end: Math.max(start, endOfUnit(scalar, text, last)) };
  };
}

/** The last answer: a table in a text is asked about cell by cell. */
let last: { readonly scalar: ScalarValue; readonly text: string; readonly offsets: number[] } | undefined;

/** The document offset of each code unit of the decoded text. */
function sourceOffsets(scalar: ScalarValue, text: string): number[] {
  if (last?.scalar !== scalar || last.text !== text) {
    last = { scalar, text, offsets: alignedOffsets(scalar, text) };
  }
  return last.offsets;
}

function alignedOffsets(scalar: ScalarValue, text: string): number[] {
  const { start, end } = scalar.range;
  switch (scalar.style) {
    case 'literal':
    case 'folded':
      return alignBlock(scalar.decoded, text, start, end);
    case 'single-quoted':
    case 'double-quoted':
      return alignFlow(scalar, text, start + 1, end - 1);
    case 'plain':
      return alignFlow(scalar, text, start, end);
  }
}

/** The end of the source of one decoded code unit: escapes take several characters. */
function endOfUnit(scalar: ScalarValue, text: string, offset: number): number {
  if (scalar.style === 'double-quoted' && text[offset] === '\\') return offset + escapeLength(text, offset);
  if (scalar.style === 'single-quoted' && text.startsWith("''", offset)) return offset + 2;
  return offset + 1;
}

/** Source characters of the escape at a backslash; `\x41` and `\u0041` are the long ones. */
function escapeLength(text: string, offset: number): number {
  const digits = { x: 2, u: 4, U: 8 }[text[offset + 1] ?? ''];
  return 2 + (digits ?? 0);
}

/** Plain and quoted scalars: one line break in the source is a blank, more are one line break fewer. */
function alignFlow(scalar: ScalarValue, text: string, start: number, end: number): number[] {
  const { decoded, style } = scalar;
  const offsets: number[] = [];
  let at = start;
  while (at < end && offsets.length < decoded.length) {
    const blanks = blanksAt(text, at, end);
    if (blanks.breaks > 0) {
      for (let count = 0; count < Math.max(1, blanks.breaks - 1); count++) offsets.push(at);
      at = blanks.end;
    } else if (blanks.end > at) {
      // All of them at once: each would look for line breaks behind the others again.
      for (; at < blanks.end; at++) offsets.push(at);
    } else if (style === 'double-quoted' && text[at] === '\\') {
      const length = escapeLength(text, at);
      const lineBreak = /^\\\r?\n[ \t]*/.exec(text.slice(at, end));
      if (lineBreak !== null) {
        at += lineBreak[0].length;
        continue;
      }
      const units = length === 10 && Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1;
      for (let count = 0; count < units; count++) offsets.push(at);
      at += length;
    } else {
      offsets.push(at);
      at += style === 'single-quoted' && text.startsWith("''", at) ? 2 : 1;
    }
  }
  return offsets;
}

/** The end of the blanks and line breaks that start here, which fold where there are breaks among them. */
function blanksAt(text: string, at: number, end: number): { breaks: number; end: number } {
  let breaks = 0;
  let next = at;
  for (; next < end && ' \t\r\n'.includes(text[next] ?? 'x'); next++) if (text[next] === '\n') breaks++;
  return { breaks, end: next };
}

/** Block scalars: content starts below the header; each line loses the same indentation. */
function alignBlock(decoded: string, text: string, start: number, end: number): number[] {
  const offsets: number[] = [];
  let line = text.indexOf('\n', start) + 1;
  if (line === 0) return offsets;
  const indentation = blockIndentation(text, start, line, end);
  while (line < end && offsets.length < decoded.length) {
    const lineBreak = text.indexOf('\n', line);
    const lineEnd = lineBreak === -1 ? end : lineBreak;
    const contentEnd = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
    for (let at = Math.min(line + indentation, contentEnd); at < contentEnd; at++) offsets.push(at);
    // In a folded scalar some line breaks are dropped; the decoded text shows which.
    const next = decoded[offsets.length];
    if (next === '\n' || next === ' ') offsets.push(contentEnd);
    line = lineEnd + 1;
  }
  return offsets;
}

function blockIndentation(text: string, start: number, firstLine: number, end: number): number {
  const explicit = /[1-9]/.exec(text.slice(start, firstLine));
  const content = text.slice(firstLine, end);
  const indented = /^(?:[ \t]*\r?\n)*?( *)[^ \r\n]/.exec(content);
  const found = indented?.[1]?.length ?? 0;
  // An explicit indicator counts from the parent's indentation; lines that start with blanks are why it exists.
  return explicit === null ? found : Math.min(found, leastIndentation(content));
}

function leastIndentation(content: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (const line of content.split('\n'))
    if (line.trim() !== '') least = Math.min(least, line.length - line.trimStart().length);
  return least;
}
