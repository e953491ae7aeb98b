import type { ShapeMatcher } from './shape.ts';

const SEPARATED = /^(\d{3})([- .])(\d{2})\2(\d{4})$/;
const PLAIN = /^(\d{3})(\d{2})(\d{4})$/;

/** Published in advertisements and wallets until the SSA voided them. */
export const VOID = new Set(['078051120', '219099999']);

/**
 * Whether the three groups can have been assigned as a Social Security number.
 * Sources: SSA POMS RM 10201.035; SSN randomization of 25 June 2011 (no check digit, areas no longer geographic).
 */
export function isAssignableSsn(area: string, group: string, serial: string): boolean {
  if (area === '000' || area === '666' || area >= '900') return false;
  if (group === '00' || serial === '0000') return false;
  return !VOID.has(area + group + serial);
}

/** Individual taxpayer identification numbers: 9XX, group 50-65, 70-88, 90-92, 94-99 (IRS, Form W-7). */
function isItin(area: string, group: string): boolean {
  const number = Number(group);
  const inGroup =
    (number >= 50 && number <= 65) || (number >= 70 && number <= 88) || (number >= 90 && number !== 93);
  return area >= '900' && inGroup;
}

const ITIN_WORDS = new Set(['itin', 'taxpayer', 'tin']);

const LAST_WORDS = new Set(['last', 'four', 'ending', 'ends', 'last4']);

export const ssnShape: ShapeMatcher = (value, keyWords) => {
  const separated = SEPARATED.exec(value);
  if (separated !== null) {
    const [, area = '', , group = '', serial = ''] = separated;
    if (isAssignableSsn(area, group, serial))
      return { witness: 'rareShape', words: 'three, two and four digits in the ranges that the SSA assigns' };
    if (keyWords.some((word) => ITIN_WORDS.has(word)) && isItin(area, group))
      return { witness: 'checkedShape', words: 'three, two and four digits in the ranges of ITINs' };
    return undefined;
  }
  const plain = PLAIN.exec(value);
  if (plain !== null) {
    const [, area = '', group = '', serial = ''] = plain;
    return isAssignableSsn(area, group, serial)
      ? { witness: 'checkedShape', words: 'nine digits in the ranges that the SSA assigns' }
      : undefined;
  }
  const lastFour = /^\d{4}$/.test(value) && keyWords.some((word) => LAST_WORDS.has(word));
  return lastFour ? { witness: 'usualShape', words: 'the last four digits' } : undefined;
};
