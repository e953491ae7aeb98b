import type { ParsedDocument } from '../parse.ts';
import type { Path } from '../paths.ts';
import type { OffsetRange, TextEdit } from '../ranges.ts';
import { MapValue } from '../values.ts';
import { type Layout, lineEndOffset, lineStartOf } from './layout.ts';
import { refuse } from './refused.ts';

/** Replaces a comment; without a new text it goes, and a line of its own with it. */
export function replaceCommentEdit(text: string, range: OffsetRange, newText: string): TextEdit {
  if (newText !== '') return { range, newText };
  const lineStart = lineStartOf(text, range.start);
  const lineEnd = lineEndOffset(text, range.end);
  const alone =
    text.slice(lineStart, range.start).trim() === '' && text.slice(range.end, lineEnd).trim() === '';
  if (alone) {
    const lineBreak = text.startsWith('\r\n', lineEnd) ? 2 : text[lineEnd] === '\n' ? 1 : 0;
    return { range: { start: lineStart, end: lineEnd + lineBreak }, newText: '' };
  }
  const blanks =
    text.slice(lineStart, range.start).length - text.slice(lineStart, range.start).trimEnd().length;
  return { range: { start: range.start - blanks, end: range.end }, newText: '' };
}

/** Above the line on which the key (or the dash of the item) stands; maps and lists in braces have no such line. */
export function addCommentEdit(
  { text, root }: ParsedDocument,
  path: Path,
  comment: string,
  layout: Layout,
): TextEdit {
  const value = root?.at(path);
  const parent = value?.parent;
  if (value === undefined || parent === undefined || parent.via !== undefined || layout.json)
    return refuse('There is no line of its own for a comment.');
  const entry = parent instanceof MapValue ? parent.entryOf(String(path.at(-1))) : undefined;
  const lineStart = lineStartOf(text, entry?.keyValue.range.start ?? value.site.start);
  const before = text.slice(lineStart, entry?.keyValue.range.start ?? value.site.start);
  if (!/^[ \t]*(?:- +)*$/.test(before)) return refuse('There is no line of its own for a comment.');
  const indentation = /^[ \t]*/.exec(before)?.[0] ?? '';
  return {
    range: { start: lineStart, end: lineStart },
    newText: `${indentation}# ${comment}${layout.lineEnd}`,
  };
}
