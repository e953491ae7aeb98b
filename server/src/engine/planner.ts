import type { EditConfigurationOperation } from '../rules/rule.ts';
import type { TextEdit } from '../syntax/ranges.ts';

/** What applying fixes to one document means in text. */
export interface Plan {
  /** In offsets of the document; they do not overlap. Documents that a fix adds stand at its end. */
  readonly edits: readonly TextEdit[];
  /** Changes of the configuration file, which only its owner can plan. */
  readonly configuration: readonly EditConfigurationOperation[];
}

/** A fix that cannot be applied here, and why, for people. */
export interface Refusal {
  readonly refused: string;
}
