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
 * The code of a case, and its output where the fixes replace just what is marked.
 *
 * @param replacements what the marked places become, in their order; one alone is for all of them
 */
export function marksBecome(
  code: string,
  ...replacements: readonly [string, ...string[]]
): { readonly code: string; readonly output: string } {
  const marks = code.match(MARKED)?.length ?? 0;
  if (replacements.length !== 1 && replacements.length !== marks) {
    throw new Error(`${replacements.length} replacements for ${marks} marks`);
  }
  let index = 0;
  const output = code.replace(MARKED, () => replacements[index++] ?? replacements[0]);
  return { code, output };
}
