import type { IdentifierKind } from './types.ts';

/** Turns an offset in a decoded value into an offset of the text it was read from. */
export type Locate = (offset: number) => number;

export const inPlace: Locate = (offset) => offset;

/** The text moved by a constant: a value that is written without escapes. */
export function shifted(start: number, outer: Locate): Locate {
  return (offset) => outer(start + offset);
}

/** A text, and where each of its characters stands in the text that was given to the detector. */
export interface SourceText {
  readonly text: string;
  readonly locate: Locate;
}

/** One named value in a text. */
export interface Field extends SourceText {
  /** The names above the value, outermost first; the last one names the value itself. */
  readonly keys: readonly string[];
  /** The field stands beside the text, not in it: it is evidence, and nothing to report. */
  readonly isNeighbour?: true;
  /** The field stands in a comment: a setting that is turned off, or an example of one. */
  readonly isCommented?: true;
  /** Set when the format itself defines what the field is. */
  readonly defined?: FieldDefinition;
}

export interface FieldDefinition {
  readonly kind: IdentifierKind;
  readonly label: string;
  /** `PID-19`, `NM1-09`, `Patient.birthDate`: names the field in the evidence. */
  readonly source: string;
}

/** Values that belong together: a row, an object, a segment, a flat file. */
export interface FieldRecord {
  readonly fields: Field[];
  /**
   * How closely the fields belong together. A `row`, `object` or `segment` describes one thing; `lines` is a file of settings, in which
   * one field about a person says little about the others.
   */
  readonly nature: 'row' | 'object' | 'segment' | 'lines';
  /** The record around this one. */
  readonly parent?: FieldRecord;
  /** The names above the record. */
  readonly keys: readonly string[];
  /** The format says what the record is about. */
  readonly about?: 'person' | 'organisation' | 'definition';
}
