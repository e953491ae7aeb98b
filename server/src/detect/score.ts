import type { Confidence } from './types.ts';

/**
 * How evidence adds up. Each witness gives points; the sum decides whether a value is reported, and how surely.
 *
 * No shape but a few is rare enough to count alone (a check digit modulo 10 lets one random number in ten through), so a witness of shape
 * and a witness of meaning are both needed: a key that names the identifier, a record about a person, or a format that defines the field.
 */
const POINTS = {
  /** HL7 v2, X12, FHIR, C-CDA or DICOM defines the field as this identifier of a person. */
  format: 9,
  /** The key names an identifier of a person by itself (`ssn`, `date_of_birth`). */
  ownKey: 5,
  /** The key names a general field beside a person's word (`patient_phone`). */
  personKey: 5,
  /** The same beside a word that clusters use too (`member_name`). */
  ambiguousPersonKey: 4,
  /** The key names a general field (`phone`). */
  generalKey: 2,
  /** The record holds other identifiers of a person, or is named after one. */
  personRecord: 4,
  /** Words of health care stand beside the value in running text. */
  healthWords: 3,
  /** A shape that hardly anything else has (`AAA-GG-SSSS` in assigned ranges). */
  rareShape: 6,
  /** A shape with a check digit or a grammar. */
  checkedShape: 3,
  /** A shape that is usual for the identifier. */
  usualShape: 2,
  /** A shape that many values have. */
  looseShape: 1,
  /** A well-known given name. */
  givenName: 1,
  /** Under a key that speaks of a person in general (`patient`), and without a given name that is known. */
  unknownName: -3,
  /** Reserved for documentation, or a made-up number known from publications. */
  documentation: -1,
  /** The words around it speak of an example or a format. */
  exampleWords: -6,
  /** A larger number, path or drawing surrounds the value. */
  partOfMore: -8,
} as const;

export type Witness = keyof typeof POINTS;

/** Below `low` nothing is said. `medium` is what is reported by default: shape and meaning agree. `high`: a third witness agrees too. */
export const THRESHOLDS: Readonly<Record<Confidence, number>> = { low: 4, medium: 6, high: 8 };

export function pointsOf(witnesses: readonly Witness[]): number {
  return witnesses.reduce((sum, witness) => sum + POINTS[witness], 0);
}

export function confidenceOf(points: number): Confidence | undefined {
  if (points >= THRESHOLDS.high) return 'high';
  if (points >= THRESHOLDS.medium) return 'medium';
  return points >= THRESHOLDS.low ? 'low' : undefined;
}

export function isAtLeast(confidence: Confidence, minimum: Confidence): boolean {
  return THRESHOLDS[confidence] >= THRESHOLDS[minimum];
}
