import type { TextEdit } from '../syntax/ranges.ts';
import type { FixAllOfFile } from '../workspace/file-fixes.ts';
import type { EditTarget, OpenFile } from '../workspace/open-files.ts';
import { toFileTextEdit } from './to-lsp.ts';
import type { FileEdits } from './workspace-edits.ts';

/** Edits of a file, in offsets of its text, as the client takes them. */
export function editsOf(
  { uri, version, source, isNew = false }: EditTarget,
  edits: readonly TextEdit[],
): FileEdits {
  return { uri, version, edits: edits.map((edit) => toFileTextEdit(source, edit)), isNew };
}

/** The edits of all files that a fix-all changes. */
export function filesFixed(open: OpenFile, { edits, elsewhere }: FixAllOfFile): FileEdits[] {
  const own = edits.length === 0 ? [] : [editsOf(open, edits)];
  return [...own, ...elsewhere.map((other) => editsOf(other.target, other.edits))];
}
