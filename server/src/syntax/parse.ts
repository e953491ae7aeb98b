import { type Comment, commentsIn } from './comments.ts';
import { readPlainBlocks } from './plain/blocks.ts';
import { problemsOf, type SyntaxProblem } from './problems.ts';
import { readTree } from './tree.ts';
import { type AnchorUse, TreeReader } from './tree-reader.ts';
import type { Value } from './values.ts';

/** One document, as far as it could be read. */
export interface ParsedDocument {
  readonly text: string;
  /** Absent in a document that is empty or holds only comments. */
  readonly root: Value | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly Comment[];
  readonly anchors: readonly AnchorUse[];
}

/**
 * Reads one YAML (or JSON) document into located values: the only door to the YAML parser. Never throws: what cannot be read becomes a
 * problem, and whatever could be read is returned beside it.
 */
export function parseDocument(text: string): ParsedDocument {
  const plain = readPlainBlocks(text);
  return plain === undefined ? parseFully(text) : { text, ...plain, problems: [], anchors: [] };
}

/** Reads any text, slowly. Exported for the test that holds the fast reader to it. */
export function parseFully(text: string): ParsedDocument {
  const problems: SyntaxProblem[] = [];
  try {
    const { tokens, document, outdented } = readTree(text);
    if (document === undefined)
      return { text, root: undefined, problems, comments: commentsIn(tokens, text), anchors: [] };
    problems.push(...problemsOf(document.errors, text));
    const reader = new TreeReader(text, problems, outdented);
    const root = document.contents === null ? undefined : reader.read(document.contents);
    return { text, root, problems, comments: commentsIn(tokens, text), anchors: reader.anchors };
  } catch (error) {
    // The parser recurses over nested collections; thousands of levels exhaust the stack.
    const message =
      error instanceof RangeError
        ? 'The document is nested too deeply to be read.'
        : 'The document cannot be read as YAML.';
    problems.push({ kind: 'too-large', message, range: { start: 0, end: firstLineEnd(text) } });
    return { text, root: undefined, problems, comments: [], anchors: [] };
  }
}

function firstLineEnd(text: string): number {
  const end = text.indexOf('\n');
  return end === -1 ? text.length : end;
}
