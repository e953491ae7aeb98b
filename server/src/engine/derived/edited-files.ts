import { PieceText } from '../../syntax/piece-text.ts';
import type { TextEdit } from '../../syntax/ranges.ts';
import type { Derivation, Derived } from './source-map.ts';
import type { FileEdits } from './typed-edits.ts';

/** A guess, which may be edits of several files. */
export type Draft = readonly FileEdits[];

/** Files under edits, and the documents that they give. */
export interface EditedFiles {
  readonly texts: ReadonlyMap<string, PieceText>;
  readonly derived: Derived;
  /** Whether the documents know where they come from: those that only prove something do not. */
  readonly isTraced: boolean;
}

/** What a file says under the edits; undefined where there is none. */
export function textOf(file: string, { texts }: EditedFiles, derivation: Derivation): string | undefined {
  return texts.get(file)?.text ?? derivation.textOf(file);
}

/** The same, with documents that know where they come from. */
export function traced(state: EditedFiles, derivation: Derivation): EditedFiles {
  if (state.isTraced) return state;
  return { ...state, derived: derivation.derive(plainTexts(state.texts)), isTraced: true };
}

/** The files with a draft more; undefined when its edits get in each other's way. */
export function withDraft(state: EditedFiles, draft: Draft, derivation: Derivation): EditedFiles | undefined {
  const texts = new Map(state.texts);
  for (const [file, edits] of editsByFile(draft)) {
    if (!standApart(edits)) return undefined;
    // A file that is not there is made.
    const pieces = state.texts.get(file)?.copy() ?? new PieceText(derivation.textOf(file) ?? '');
    pieces.apply(edits);
    texts.set(file, pieces);
  }
  return { texts, derived: derivation.derive(plainTexts(texts), false), isTraced: false };
}

/** What has been edited in all. */
export function editsOf({ texts }: EditedFiles, derivation: Derivation): FileEdits[] {
  return [...texts].flatMap(([file, { edits }]) => {
    if (edits.length === 0) return [];
    return [{ file, edits, ...(derivation.textOf(file) === undefined && { isNew: true }) }];
  });
}

/** Several operations may want the same edit, which is done once. */
function editsByFile(draft: Draft): ReadonlyMap<string, readonly TextEdit[]> {
  const byFile = new Map<string, TextEdit[]>();
  const seen = new Set<string>();
  for (const { file, edits } of draft) {
    for (const edit of edits) {
      const key = JSON.stringify([file, edit]);
      if (seen.has(key)) continue;
      seen.add(key);
      byFile.set(file, [...(byFile.get(file) ?? []), edit]);
    }
  }
  return byFile;
}

function plainTexts(texts: EditedFiles['texts']): Map<string, string> {
  return new Map([...texts].map(([file, { text }]) => [file, text]));
}

function standApart(edits: readonly TextEdit[]): boolean {
  const ordered = edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return ordered.every(({ range }, index) => {
    const next = ordered[index + 1]?.range;
    return (
      next === undefined || range.end < next.start || (range.end === next.start && range.start < range.end)
    );
  });
}
