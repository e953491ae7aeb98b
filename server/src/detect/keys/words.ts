/**
 * The words of a key, in lower case: split at everything that is no letter or digit, at a change from lower to upper case, and between
 * letters and digits; a possessive (`driver's`) counts as a plural. `patientSSN`, `PATIENT_SSN` and `patient-ssn` are all `patient`, `ssn`.
 */
export function wordsOf(key: string): string[] {
  return (key.replace(/['’]s\b/g, 's').match(WORD) ?? []).map((word) => word.toLowerCase());
}

/** Acronyms (not followed by a lower-case letter), words with an optional capital, numbers. */
const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\d+/gu;
