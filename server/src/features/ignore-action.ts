import type { SnippetTextEdit, TextEdit } from 'vscode-languageserver';
import type { Finding } from '../engine/finding.ts';
import { planFix } from '../engine/planner.ts';
import { REASON_PLACEHOLDER } from '../engine/suppressions.ts';
import { resourcesOf } from '../kubernetes/resource.ts';
import { layoutOf } from '../syntax/edit/layout.ts';
import { set } from '../syntax/edit/operations.ts';
import { type ParsedDocument, parseDocument } from '../syntax/parse.ts';
import { startsWithPath } from '../syntax/paths.ts';
import { applyEdits, type TextEdit as OffsetEdit } from '../syntax/ranges.ts';
import type { PlacedFinding } from './findings-at.ts';
import { toPosition, toTextEdit } from './to-lsp.ts';

/**
 * The edits that ask to leave a finding alone: a comment above its line or the text that it is in, or, where no comment can stand (in JSON),
 * an annotation. Undefined where neither can.
 *
 * @param isTemplate whether the text is one of a template, which has comments of its own
 */
export function ignoreEdits(
  { finding, placed, parsed: read }: PlacedFinding,
  snippets: boolean,
  isTemplate = false,
): (TextEdit | SnippetTextEdit)[] | undefined {
  const parsed = read();
  if (isTemplate) {
    const edit = templateComment(parsed.text, finding);
    return [snippets ? asSnippet(placed, edit) : toTextEdit(placed, edit)];
  }
  const comment =
    commentAbove(parsed, finding.range.start, finding.rule) ?? commentAboveText(parsed, finding);
  if (comment !== undefined) return [snippets ? asSnippet(placed, comment) : toTextEdit(placed, comment)];
  const resource = resourcesOf(parsed)
    .filter(({ root }) => startsWithPath(finding.path, root.path))
    .at(-1);
  if (resource === undefined) return undefined;
  const path = [
    ...resource.root.path,
    'metadata',
    'annotations',
    `ignore.kube-safeguards.io/${finding.rule}`,
  ];
  const plan = planFix(parsed, {
    title: 'Ignore',
    applicability: 'review',
    operations: [set(path, REASON_PLACEHOLDER)],
  });
  return 'refused' in plan ? undefined : plan.edits.map((edit) => toTextEdit(placed, edit));
}

/** Inside a text of several lines no comment can stand; the one above its key counts for all of it. */
function commentAboveText(parsed: ParsedDocument, { path, rule, range }: Finding): OffsetEdit | undefined {
  const text = parsed.root?.at(path)?.site;
  const isInside = text !== undefined && text.start <= range.start && range.end <= text.end;
  return isInside ? commentAbove(parsed, text.start, rule) : undefined;
}

/** A comment of a template, on a line of its own that prints nothing. */
function templateComment(text: string, { rule, range }: Finding): OffsetEdit {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(start, range.start))?.[0] ?? '';
  const newText = `${indentation}{{- /* kube-safeguards-ignore ${rule}: ${REASON_PLACEHOLDER} */}}\n`;
  return { range: { start, end: start }, newText };
}

function commentAbove(parsed: ParsedDocument, offset: number, rule: string): OffsetEdit | undefined {
  const { text } = parsed;
  if (layoutOf(parsed).json) return undefined;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const newText = `${indentation}# kube-safeguards-ignore ${rule}: ${REASON_PLACEHOLDER}${lineEnd}`;
  const edit = { range: { start: lineStart, end: lineStart }, newText };
  return isOnlyComment(parsed, edit) ? edit : undefined;
}

/** Whether an insertion is read as one more comment and changes nothing else; inside a text it would be more text. */
function isOnlyComment(parsed: ParsedDocument, edit: OffsetEdit): boolean {
  const after = parseDocument(applyEdits(parsed.text, [edit]));
  return (
    after.comments.length === parsed.comments.length + 1 &&
    after.problems.length === parsed.problems.length &&
    JSON.stringify(after.root?.toJS()) === JSON.stringify(parsed.root?.toJS())
  );
}

function asSnippet(placed: PlacedFinding['placed'], { range, newText }: OffsetEdit): SnippetTextEdit {
  const position = toPosition(placed, range.start);
  const value = newText
    .replaceAll(/[\\$}]/g, '\\$&')
    .replace(REASON_PLACEHOLDER, `\${1:${REASON_PLACEHOLDER}}`);
  return { range: { start: position, end: position }, snippet: { kind: 'snippet', value } };
}
