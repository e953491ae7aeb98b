import type { ShapeMatcher } from './shape.ts';

const STREET_TYPES =
  'street|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|square|sq|terrace|ter|trail|trl|parkway|pkwy|highway|hwy|way|circle|cir|loop|alley|aly|path|pike|turnpike|row|run|walk|crossing|plaza|route|rte|point|bend|hill|park';
const US_STREET = new RegExp(
  `^\\d{1,6}[A-Za-z]?(?:[- ]\\d{1,4})?(?: 1/2)? (?:[NSEW]{1,2}\\.? )?[\\p{L}\\d.' -]{1,50}? (?:${STREET_TYPES})\\b[.,]?(?:[ ,]{1,3}[^\\n]{0,80})?$`,
  'iu',
);
export const PO_BOX = /^p\.? ?o\.? ?box \d{1,6}\b/i;
export const NUMBER_AND_WORDS = /^\d{1,6}[A-Za-z]? \p{L}[\p{L}\d.,'# -]{2,60}$/u;
export const WORDS_AND_NUMBER = /^\p{Lu}[\p{L}.' -]{2,40} \d{1,5}[a-z]?(?:, ?[^\n]{0,60})?$/u;

/** An address of the network, of memory or of the web, not of a house. */
const OTHER_ADDRESS = /^[\d.:/]+$|^[0-9a-f:]+$|:\/\/|^0x|@|^[\w.-]+\.\w+(?::\d+)?$/i;

export const addressShape: ShapeMatcher = (value) => {
  const text = value.trim();
  if (text.length < 5 || text.length > 160 || OTHER_ADDRESS.test(text)) return undefined;
  if (US_STREET.test(text) || PO_BOX.test(text))
    return { witness: 'checkedShape', words: 'a house number and a street' };
  if (NUMBER_AND_WORDS.test(text) || WORDS_AND_NUMBER.test(text))
    return { witness: 'usualShape', words: 'a number and words, as in an address' };
  return undefined;
};

export const CITY = /^\p{Lu}[\p{L}.' -]{1,40}(?:, ?(?:[A-Z]{2}|\p{Lu}[\p{L} ]+))?$/u;
export const NO_CITY = /\b(?:Name|City|Town|County)\b/;

export const cityShape: ShapeMatcher = (value) =>
  CITY.test(value.trim()) && !NO_CITY.test(value)
    ? { witness: 'usualShape', words: 'a place name' }
    : undefined;

export const zipShape: ShapeMatcher = (value) => {
  if (!/^\d{5}(?:-\d{4})?$/.test(value) || /^(\d)\1{4}$/.test(value) || value === '12345') return undefined;
  // The Safe Harbor allows three digits where enough people live; these are more.
  return { witness: 'usualShape', words: 'five digits of a ZIP code' };
};
