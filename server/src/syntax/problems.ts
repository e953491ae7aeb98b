import type { OffsetRange } from './ranges.ts';

export type SyntaxProblemKind =
  | 'syntax'
  | 'tab-indentation'
  | 'duplicate-key'
  | 'undefined-alias'
  | 'too-large';

/** Something that keeps a text from being YAML. The message never repeats the text. */
export interface SyntaxProblem {
  readonly kind: SyntaxProblemKind;
  readonly message: string;
  readonly range: OffsetRange;
}

interface ParserError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** What the parser complains of, in words of ours; the same at the same place once. */
export function problemsOf(errors: readonly ParserError[], text: string): SyntaxProblem[] {
  const problems = errors.map((error) => problemOf(error, text));
  const keyOf = ({ message, range }: SyntaxProblem) => `${range.start} ${range.end} ${message}`;
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()];
}

function problemOf(error: ParserError, text: string): SyntaxProblem {
  const range = trimmed({ start: error.pos[0], end: error.pos[1] }, text);
  if (error.code === 'TAB_AS_INDENT') {
    return { kind: 'tab-indentation', message: 'YAML is indented by spaces; a tab cannot be used.', range };
  }
  // The parser says of brackets that stay open that what follows them is indented too little.
  const code = error.code === 'BAD_INDENT' && error.message.startsWith('Flow ') ? 'OPEN_FLOW' : error.code;
  return { kind: 'syntax', message: MESSAGES[code] ?? 'This is not valid YAML.', range };
}

/** The parser's own messages may quote the text, which can hold PHI. */
const MESSAGES: Record<string, string> = {
  BAD_ALIAS: 'An alias needs a name and can carry no anchor or tag.',
  BAD_COLLECTION_TYPE: 'This tag does not fit the value.',
  BAD_DIRECTIVE: 'This directive is not valid YAML.',
  BAD_DQ_ESCAPE: 'This escape is not known in a double-quoted text.',
  BAD_INDENT: 'The indentation does not fit the lines around it.',
  BAD_PROP_ORDER: 'Anchors and tags stand directly before the value.',
  BAD_SCALAR_START: 'A plain text cannot start with this character: quote it.',
  BLOCK_AS_IMPLICIT_KEY: 'A nested map needs a line of its own.',
  BLOCK_IN_FLOW: 'A block value cannot stand inside brackets.',
  IMPOSSIBLE: 'This is not valid YAML.',
  KEY_OVER_1024_CHARS: 'A key can have at most 1024 characters.',
  MISSING_CHAR: 'A closing quote, bracket, comma or colon is missing here.',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line: a colon may be missing in the line above.',
  MULTIPLE_ANCHORS: 'A value can have one anchor.',
  MULTIPLE_DOCS: 'A new document needs a line with three dashes.',
  MULTIPLE_TAGS: 'A value can have one tag.',
  OPEN_FLOW: 'A bracket or brace above is still open here: close it.',
  RESOURCE_EXHAUSTION: 'The document is nested too deeply to be read.',
  TAG_RESOLVE_FAILED: 'This tag is not known.',
  UNEXPECTED_TOKEN: 'This text is not expected here.',
};

/** Where a range ends in white space, its visible part; at least one character, which is the last visible one behind the end. */
export function trimmed(range: OffsetRange, text: string): OffsetRange {
  const end = text.trimEnd().length;
  if (range.start >= end) return { start: Math.max(end - 1, 0), end };
  const start = Math.min(range.start, text.length);
  const visible = text.slice(start, Math.max(range.end, start)).trimEnd().length;
  return { start, end: Math.min(start + Math.max(visible, 1), text.length) };
}
