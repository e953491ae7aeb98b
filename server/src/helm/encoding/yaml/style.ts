import type { Float, Int } from '../../value/value.ts';

/** What the emitters that Helm uses do differently. */
export interface YamlStyle {
  /** Column behind which plain and quoted text is broken at a single space. */
  readonly width: number;
  /** Whether lists stand two columns right of their key. */
  readonly indentsLists: boolean;
  readonly number: (value: Float | Int) => string;
  /** Whether texts go through JSON, and are read as YAML from there. */
  readonly readsJson: boolean;
}

/** A value that has no text in YAML. */
export class UnwritableError extends Error {}
