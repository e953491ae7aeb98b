import type { Witness } from '../score.ts';

/** What the form of a value says about it being an identifier. */
export interface Shape {
  readonly witness: Witness;
  /** In words, without the value: "9 digits in assigned ranges". */
  readonly words: string;
  /** Further witnesses that the value itself gives. */
  readonly further?: readonly Witness[];
}

/** A matcher of whole values. `keyWords` are the words of the key above the value. */
export type ShapeMatcher = (value: string, keyWords: readonly string[]) => Shape | undefined;
