import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import { type ParsedDocument, parseDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import type { SyntaxProblem } from '../../syntax/problems.ts';
import { applyEdits, type OffsetRange, type TextEdit } from '../../syntax/ranges.ts';
import { type Entry, ScalarValue, type Value } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A manifest that is not YAML, or that readers of YAML take differently: duplicate keys, tabs, aliases without an anchor.
 *
 * Source: YAML 1.2.2; kubectl refuses duplicate keys since strict field validation became the default in Kubernetes 1.27.
 */
export const yamlSyntax = defineRule({
  id: 'yaml-syntax',
  meta: {
    title: 'Not valid YAML',
    safeguard: 'authoring',
    rationale:
      'What cannot be read cannot be checked: safeguards below the error may be missing without anybody noticing. Where a key stands twice, tools disagree on which of the two is deployed.',
    remediation:
      'Repair the text at the marked place; the first error of a document is often the cause of the others.',
    references: {
      hipaa: [],
      nist: [],
      urls: [
        'https://yaml.org/spec/1.2.2/',
        'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      syntax: '{problem} What cannot be read is not checked, so safeguards may be missing here unnoticed.',
      tab: '{problem} What cannot be read is not checked, so safeguards may be missing here unnoticed.',
      duplicateKey:
        '{problem} Kubernetes refuses the manifest, and tools that accept it disagree on which safeguard is deployed. Keep one.',
      undefinedAlias: '{problem} Define the anchor above its first use, or write the value here.',
      tooLarge: '{problem} Write the manifest in a simpler way, so that all of it can be checked.',
    },
  },
  document(document, { report }) {
    for (const problem of document.problems.slice(0, MAX_PROBLEMS)) {
      report({
        at: { range: problem.range },
        messageId: MESSAGES[problem.kind],
        data: { problem: problem.message },
        fixes: fixesFor(document, problem),
      });
    }
  },
});

/** In a document that is no YAML at all, more would only hide the findings of others. */
const MAX_PROBLEMS = 20;

const MESSAGES = {
  syntax: 'syntax',
  'tab-indentation': 'tab',
  'duplicate-key': 'duplicateKey',
  'undefined-alias': 'undefinedAlias',
  'too-large': 'tooLarge',
} as const;

function fixesFor(document: ParsedDocument, problem: SyntaxProblem): Fix[] {
  if (problem.kind === 'tab-indentation') return tabFixes(document);
  if (problem.kind === 'duplicate-key') return duplicateFixes(document, problem);
  return [];
}

/** Spaces for tabs, of the width with which the whole document reads as YAML. Tabs in the lines of a text are part of it. */
function tabFixes(document: ParsedDocument): Fix[] {
  for (const width of [2, 4, 8]) {
    const everywhere = parseDocument(applyEdits(document.text, spacesForTabs(document.text, width)));
    const edits = spacesForTabs(document.text, width, indentationOfTexts(everywhere));
    if (parseDocument(applyEdits(document.text, edits)).problems.length > 0) continue;
    return [fix(`Indent by ${width} spaces instead of tabs`, 'safe', { op: 'repair-text', edits })];
  }
  return [];
}

/** @param limits columns, by line, up to which a line is indented; absent: all blanks at its start */
function spacesForTabs(
  text: string,
  width: number,
  limits: ReadonlyMap<number, number> = new Map(),
): TextEdit[] {
  let start = 0;
  return text.split('\n').flatMap((line, index) => {
    const lineStart = start;
    start += line.length + 1;
    const limit = limits.get(index) ?? Number.POSITIVE_INFINITY;
    let [end, column] = [0, 0];
    for (; column < limit && (line[end] === ' ' || line[end] === '\t'); end++)
      column += line[end] === '\t' ? width : 1;
    if (!line.slice(0, end).includes('\t')) return [];
    return [{ range: { start: lineStart, end: lineStart + end }, newText: ' '.repeat(column) }];
  });
}

/** The indentation of block scalars, by the lines that they take. */
function indentationOfTexts({ root, text }: ParsedDocument): Map<number, number> {
  const lines = text.split('\n');
  const indentation = new Map<number, number>();
  for (const { start, end } of root === undefined ? [] : blockScalars(root)) {
    const first = text.slice(0, start).split('\n').length;
    const last = text.slice(0, end).trimEnd().split('\n').length;
    const content = lines.slice(first, last).filter((line) => line.trim() !== '');
    const column = Math.min(...content.map((line) => line.length - line.trimStart().length));
    for (let line = first; line < last; line++) indentation.set(line, column);
  }
  return indentation;
}

function blockScalars(value: Value): OffsetRange[] {
  if (value.via !== undefined) return [];
  if (value instanceof ScalarValue)
    return value.style === 'literal' || value.style === 'folded' ? [value.range] : [];
  return [...value.entries.map((entry) => entry.value), ...value.items].flatMap(blockScalars);
}

/** The last of several equal keys counts wherever duplicates are accepted, so removing the first changes nothing there. */
function duplicateFixes(document: ParsedDocument, problem: SyntaxProblem): Fix[] {
  const found = document.root && entryAt(document.root, problem.range.start);
  if (found === undefined) return [];
  const { map, entry } = found;
  const first = map.entries.find(({ key }) => key === entry.key);
  if (first === undefined || first === entry) return [];
  const isRepetition = JSON.stringify(first.value.toJS()) === JSON.stringify(entry.value.toJS());
  const path: Path = [...map.path, entry.key];
  return isRepetition
    ? [fix('Remove the repetition', 'safe', { op: 'remove-overridden', path })]
    : [fix('Remove the first one, which this one overrides', 'review', { op: 'remove-overridden', path })];
}

/** The entry whose key starts at an offset of the document. */
function entryAt(value: Value, offset: number): { map: Value; entry: Entry } | undefined {
  if (value.via !== undefined) return undefined;
  for (const entry of value.entries) {
    if (entry.keyValue.via === undefined && entry.keyValue.range.start === offset)
      return { map: value, entry };
    const inner = entryAt(entry.value, offset);
    if (inner !== undefined) return inner;
  }
  for (const item of value.items) {
    const inner = entryAt(item, offset);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function fix(title: string, applicability: Fix['applicability'], operation: DocumentOperation): Fix {
  return { title, applicability, operations: [operation] };
}
