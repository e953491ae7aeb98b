import type { ShapeMatcher } from './shape.ts';

/** Positions `C A AN N A AN N A A N N`; letters without S L O I B Z. Source: CMS, Understanding the MBI Format. */
const LETTER = '[AC-HJKMNP-RT-Y]';
const EITHER = '[0-9AC-HJKMNP-RT-Y]';
export const MBI_PATTERN = `[1-9]${LETTER}${EITHER}\\d-?${LETTER}${EITHER}\\d-?${LETTER}{2}\\d{2}`;

export const WHOLE_MBI = new RegExp(`^${MBI_PATTERN}$`, 'i');
/** Before 2020: a Social Security number and a beneficiary code. */
const HICN = /^(?!000|666|9\d\d)\d{3}-?(?!00)\d{2}-?(?!0000)\d{4}-?[A-Z][0-9A-Z]?$/i;

export const mbiShape: ShapeMatcher = (value) => {
  if (WHOLE_MBI.test(value))
    return { witness: 'checkedShape', words: 'eleven characters in the grammar of an MBI' };
  if (HICN.test(value))
    return { witness: 'checkedShape', words: 'a Social Security number with a beneficiary code' };
  return undefined;
};
