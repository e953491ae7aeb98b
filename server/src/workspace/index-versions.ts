import type { Fact } from '../analysis/facts.ts';
import { freshOf, keptAlike } from './kept-documents.ts';
import { type Edit, RecentEdits } from './recent-edits.ts';
import { questionsAbout } from './world-reads.ts';

/** How often what an index knows has changed, so that others can tell what they know from what they have to ask again. */
export class IndexVersions {
  readonly #types = new Map<string, number>();
  readonly #edits = new RecentEdits();
  #questionsChanged:
    | { readonly from: number; readonly to: number; readonly questions: ReadonlySet<number> | undefined }
    | undefined;
  #version = 0;
  #completeness = 0;

  /** Changes whenever facts of a type (or, without one, anything) may have changed. */
  of(type?: Fact['type']): number {
    return type === undefined ? this.#version : (this.#types.get(type) ?? 0);
  }

  /** Changes whenever more or less of the files may be known than before. */
  get completeness(): number {
    return this.#completeness;
  }

  /** Facts have come or gone. */
  bump(facts: readonly Fact[]): void {
    this.#version++;
    for (const { type } of facts) this.#types.set(type, this.#version);
    // What applications deploy decides who sees which facts.
    if (facts.some(({ type }) => type === 'application')) this.#bumpTypes();
  }

  /** Other facts than before may count, of any type. */
  bumpAll(type?: Fact['type']): void {
    this.#version++;
    if (type !== undefined) this.#types.set(type, this.#version);
    this.#bumpTypes();
  }

  /** With what has changed last, more or less may be known. */
  bumpCompleteness(): void {
    this.#completeness = this.#version;
  }

  /** What a file that was known says has changed. */
  bumpEdit(edit: Edit): void {
    const changed = differenceOf(edit);
    this.bump(changed);
    if (!changed.some(decidesWhatCounts)) this.#edits.note(this.#version, edit);
  }

  /** What has changed since a version; undefined where more has than what a few files say. */
  editsSince(version: number): readonly Edit[] | undefined {
    return this.#edits.between(version, this.#version);
  }

  /** The questions that may have other answers since a version, as numbers; undefined where more has changed than what a few files say. */
  questionsChangedSince(version: number): ReadonlySet<number> | undefined {
    const known = this.#questionsChanged;
    if (known?.from === version && known.to === this.#version) return known.questions;
    const edits = this.editsSince(version);
    const questions = edits && questionsAbout(edits.flatMap(differenceOf));
    this.#questionsChanged = { from: version, to: this.#version, questions };
    return questions;
  }

  #bumpTypes(): void {
    for (const type of this.#types.keys()) this.#types.set(type, this.#version);
  }
}

/** Facts by which it may be decided which facts of other files count, and where. */
function decidesWhatCounts({ type }: Fact): boolean {
  return type === 'kustomization' || type === 'application';
}

/** What one of two lists of facts alone says. */
function differenceOf({ before, after }: Edit): readonly Fact[] {
  const kept = keptAlike(before, after);
  return [...freshOf(before, kept), ...freshOf(after, kept)];
}
