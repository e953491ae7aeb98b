import type { OffsetRange } from '../../server/src/syntax/ranges.ts';

const MARKED = /«([^»]*)»/g;

/** Takes the marks «» out of a text and tells what they enclosed. Marks do not nest. */
export function unmark(marked: string): { text: string; ranges: OffsetRange[] } {
  const ranges: OffsetRange[] = [];
  let text = '';
  let start = 0;
  for (const character of marked) {
    if (character === '«') start = text.length;
    else if (character === '»') ranges.push({ start, end: text.length });
    else text += character;
  }
  return { text, ranges };
}

/**
 * A text with the marks that a part of it is shown with: `mark('«spec»: {}', text)`.
 *
 * @throws when the part is not in the text, or more than once
 */
export function mark(part: string, text: string): string {
  const pieces = text.split(part.replace(MARKED, '$1'));
  if (pieces.length !== 2) throw new Error(`${part} stands ${pieces.length - 1} times in\n${text}`);
  return pieces.join(part);
}

/**
 * The code of a case and its output, from one text that also says what the fixes do: a mark what they make of its place, as in
 * `value: «false→true»` (without an arrow, the place is flagged and stays), `‹team: a→team: a, phi: "true"›` what they make of a place that
 * is not flagged, and `+` before a line that they add.
 */
export function fixed(text: string): { readonly code: string; readonly output: string } {
  const changes = /([«‹])([^»›→]*)(?:→([^»›]*))?([»›])/g;
  return {
    code: text
      .replace(/^\+[^\n]*\n/gm, '')
      .replace(changes, (_, open: string, before: string, __, close: string) =>
        open === '«' ? `${open}${before}${close}` : before,
      ),
    output: text
      .replace(/^\+/gm, '')
      .replace(changes, (_, __, before: string, after: string | undefined) => after ?? before),
  };
}

/** Lines that `fixed` takes for added. */
export const added = (text: string) => text.replace(/^(?=.)/gm, '+');
