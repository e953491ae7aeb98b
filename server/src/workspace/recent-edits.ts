import type { Replacement } from './stable-facts.ts';

/** A change of what a single file says. */
export interface Edit extends Replacement {
  readonly folder: string;
  readonly file: string;
}

/** Who has not asked for so many edits does better to look at everything again. */
const MOST = 64;

/** The latest edits that have led from one version of an index to the next. */
export class RecentEdits {
  readonly #edits: { readonly version: number; readonly edit: Edit }[] = [];

  /** @param version the one that the edit has led to */
  note(version: number, edit: Edit): void {
    this.#edits.push({ version, edit });
    if (this.#edits.length > MOST) this.#edits.shift();
  }

  /** What has led from one version to another; undefined where it was not edits alone, or too many. */
  between(from: number, to: number): readonly Edit[] | undefined {
    const edits = this.#edits.filter(({ version }) => version > from && version <= to);
    return edits.length === to - from ? edits.map(({ edit }) => edit) : undefined;
  }
}
