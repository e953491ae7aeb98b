import { covers, isInForce, type Suppression, suppressionFrom, suppressionsIn } from '../suppressions.ts';
import type { TypedFiles } from './typed-files.ts';

/** A comment of a template, with what it says. */
const TEMPLATE_COMMENT = /\{\{-?[ \t]*\/\*([^*]*(?:\*(?!\/)[^*]*)*)\*\/[ \t]*-?\}\}/g;

/** Whether a file is a template, in which comments are those of templates. */
export function inTemplates(file: string): boolean {
  return /(?:^|\/)templates\//.test(file);
}

/**
 * The requests to leave findings alone that are written in a file which documents derive from, with lines and ranges of the file: comments of
 * YAML, and comments of templates which begin with the same words.
 */
export function suppressionsOfFile(files: TypedFiles, file: string): Suppression[] {
  const text = files.text(file);
  if (text === undefined || !text.includes('kube-safeguards-ignore')) return [];
  if (inTemplates(file)) return [...inTemplate(text)];
  return files.documents(file).flatMap(({ parsed, start }) => {
    const before = linesIn(text.slice(0, start));
    return suppressionsIn(parsed, []).map((suppression) => ({
      ...suppression,
      lines: suppression.lines.map((line) => line + before),
      range: { start: suppression.range.start + start, end: suppression.range.end + start },
    }));
  });
}

/**
 * What a comment in a file that people type says of a finding there.
 *
 * @param today `YYYY-MM-DD`
 */
export function suppressionAt(
  files: TypedFiles,
  file: string,
  rule: string,
  offset: number,
  today: string,
): Suppression | undefined {
  const inForce = suppressionsOfFile(files, file).filter((candidate) => isInForce(candidate, today));
  if (inForce.length === 0) return undefined;
  const line = linesIn((files.text(file) ?? '').slice(0, offset));
  return inForce.find((candidate) => covers(candidate, rule, [line], []));
}

function* inTemplate(text: string): Generator<Suppression> {
  for (const match of text.matchAll(TEMPLATE_COMMENT)) {
    const range = { start: match.index, end: match.index + match[0].length };
    const said = (match[1] ?? '').trim().replaceAll(/\s*\n\s*/g, ' ');
    const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
    const lineEnd = text.indexOf('\n', range.end);
    const behind = text.slice(range.end, lineEnd === -1 ? text.length : lineEnd);
    const isAlone = text.slice(lineStart, range.start).trim() === '' && behind.trim() === '';
    const line = linesIn(text.slice(0, range.end));
    const suppression = suppressionFrom(`# ${said}`, range, [isAlone ? line + 1 : line]);
    if (suppression !== undefined) yield suppression;
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
