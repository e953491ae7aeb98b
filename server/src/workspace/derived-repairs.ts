import type { DerivedPlan, Offer } from '../engine/derived/fix.ts';
import type { Refusal } from '../engine/planner.ts';
import type { PieceText } from '../syntax/piece-text.ts';
import type { EditTarget } from './open-files.ts';

/** What can be done about a finding of a document that nobody typed. */
export interface DerivedRepairs {
  /** Each with its edits of files, or the reason why not. */
  readonly repairs: readonly { readonly offer: Offer; readonly plan: DerivedPlan | Refusal }[];
  /** A file that a repair changes. */
  fileOf(file: string): EditTarget;
}

/** What fixing such findings of a file comes to. */
export interface DerivedFixes {
  readonly edited: readonly { readonly target: EditTarget; readonly pieces: PieceText }[];
  readonly applied: number;
}
