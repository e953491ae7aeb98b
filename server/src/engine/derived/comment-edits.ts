import { replaceComment } from '../../syntax/edit/operations.ts';
import { planOperation } from '../../syntax/edit/plan.ts';
import type { OffsetRange, TextEdit } from '../../syntax/ranges.ts';
import { inTemplates } from './suppressions.ts';
import type { TypedFiles } from './typed-files.ts';

const WHITE_SPACE = ' \t\r\n';

/**
 * The edits that would put something else in place of a comment of a values file or of a template, the best first. Those of templates are guesses:
 * what the chart gives shows whether they change anything else.
 *
 * @param newText empty to remove the comment
 */
export function commentEdits(
  files: TypedFiles,
  file: string,
  range: OffsetRange,
  newText: string,
): TextEdit[][] {
  const text = files.text(file);
  if (text === undefined) return [];
  if (inTemplates(file)) return newText === '' ? removals(text, range) : withReason(text, range, newText);
  const document = files.documentAt(file, range.start);
  if (document === undefined) return [];
  const { parsed, start } = document;
  const inDocument = { start: range.start - start, end: range.end - start };
  const plan = planOperation(parsed, replaceComment(inDocument, newText));
  if ('refused' in plan) return [];
  return [
    plan.edits.map((edit) => ({
      ...edit,
      range: { start: edit.range.start + start, end: edit.range.end + start },
    })),
  ];
}

/** Together with the white space that it takes away, a comment writes nothing; else its line goes with it. */
function removals(text: string, { start, end }: OffsetRange): TextEdit[][] {
  const trimsBefore = text.startsWith('{{-', start);
  const trimsBehind = text.endsWith('-}}', end);
  const removal = (from: number, to: number) => [{ range: { start: from, end: to }, newText: '' }];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineBreak = text.indexOf('\n', end);
  const lineEnd = lineBreak === -1 ? text.length : lineBreak + 1;
  const isAlone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
  const line = isAlone ? [removal(lineStart, lineEnd)] : [];
  if (!trimsBefore && !trimsBehind) return [...line, removal(start, end)];
  const from = trimsBefore ? blanksBefore(text, start) : start;
  const exact = removal(from, trimsBehind ? blanksBehind(text, end) : end);
  // Nothing is before the first line that could be taken away.
  return from === 0 && !trimsBehind ? [...line, exact] : [exact];
}

function blanksBefore(text: string, from: number): number {
  let at = from;
  while (at > 0 && WHITE_SPACE.includes(text[at - 1] ?? 'x')) at--;
  return at;
}

function blanksBehind(text: string, from: number): number {
  let at = from;
  while (at < text.length && WHITE_SPACE.includes(text[at] ?? 'x')) at++;
  return at;
}

/** A place for the reason goes before the end of the comment: its own words stay. */
function withReason(text: string, { start, end }: OffsetRange, newText: string): TextEdit[][] {
  const reason = /: <reason>$/.exec(newText)?.[0];
  const comment = text.slice(start, end);
  const said = comment.slice(0, comment.lastIndexOf('*/')).replace(/\s+$/, '');
  const words = said.endsWith(':') ? said.slice(0, -1) : said;
  if (reason === undefined || words === '') return [];
  const from = start + words.length;
  return [[{ range: { start: from, end: start + said.length }, newText: reason }]];
}
