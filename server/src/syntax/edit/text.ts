import type { ParsedDocument } from '../parse.ts';
import type { Path } from '../paths.ts';
import type { OffsetRange, TextEdit } from '../ranges.ts';
import { sourceRangeOf } from '../scalar-offsets.ts';
import { type ScalarStyle, ScalarValue } from '../values.ts';
import { type Layout, lineStartOf } from './layout.ts';
import { refuse } from './refused.ts';
import { renderScalar } from './render.ts';

/** Replaces a part of a text, in offsets of the decoded text, and keeps its style where it can hold the new text. */
export function replaceTextEdit(
  document: ParsedDocument,
  path: Path,
  range: OffsetRange,
  newText: string,
  layout: Layout,
): TextEdit {
  const scalar = document.root?.at(path);
  if (!(scalar instanceof ScalarValue)) return refuse('The value is not a text.');
  if (scalar.via !== undefined)
    return refuse('The text is shared through an anchor: change it where it is written.');
  const whole = scalar.decoded.slice(0, range.start) + newText + scalar.decoded.slice(range.end);
  const isBlock = scalar.style === 'literal' || scalar.style === 'folded';
  if (scalar.style === 'literal' && FITS_BLOCK_LINES.test(newText) && newText.includes('\n')) {
    const lineBreak = layout.lineEnd + blockIndentation(scalar, document.text);
    return {
      range: insertionRange(scalar, document.text, range),
      newText: newText.replaceAll('\n', lineBreak),
    };
  }
  const fitsAsIs = NEEDS_NO_ESCAPE[scalar.style].test(newText);
  if (fitsAsIs && (scalar.style !== 'plain' || isSafePlainPart(whole)))
    return { range: sourceRangeOf(scalar, document.text, range), newText };
  if (isBlock) return refuse('The text cannot be written in this block.');
  return {
    range: scalar.range,
    newText: renderScalar(whole, layout, scalar.style === 'plain' ? 'double-quoted' : scalar.style),
  };
}

/** Lines that stand in a block scalar once they are indented; empty ones would leave blanks behind. */
const FITS_BLOCK_LINES = /^(?:\n?[^\p{Cc}])*$/u;

/** Where a part of a block stands. What is added behind the last character stands on its line, not behind the block. */
function insertionRange(scalar: ScalarValue, text: string, range: OffsetRange): OffsetRange {
  const isBehindText = range.start === range.end && /[^\n]/.test(scalar.decoded.charAt(range.start - 1));
  if (!isBehindText) return sourceRangeOf(scalar, text, range);
  const { end } = sourceRangeOf(scalar, text, { start: range.start - 1, end: range.start });
  return { start: end, end };
}

/** The blanks in front of each line of a block scalar's text. */
function blockIndentation(scalar: ScalarValue, text: string): string {
  const first = scalar.decoded.search(/[^\n]/);
  const { start } = sourceRangeOf(scalar, text, { start: first, end: first + 1 });
  return text.slice(lineStartOf(text, start), start);
}

/** Text that stands in a scalar of a style as it is. Line breaks never do; a plain text could turn into something else. */
const NEEDS_NO_ESCAPE: Readonly<Record<ScalarStyle, RegExp>> = {
  plain: /^[\w.*/@+= $()-]*$/,
  'single-quoted': /^[^'\p{Cc}]*$/u,
  'double-quoted': /^[^"\\\p{Cc}]*$/u,
  literal: /^[^\p{Cc}]*$/u,
  folded: /^[^\p{Cc}]*$/u,
};

function isSafePlainPart(whole: string): boolean {
  return (
    /^(?:[\w./$]|-+\w)/.test(whole) && !whole.includes(': ') && !whole.includes(' #') && !whole.endsWith(' ')
  );
}
