import type { ShapeMatcher } from './shape.ts';

export const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
export const TIME =
  '(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|[-+]\\d{2}:?\\d{2}))?)?';

interface DatePattern {
  readonly pattern: RegExp;
  readonly order: readonly ('year' | 'month' | 'day')[];
}

const PATTERNS: readonly DatePattern[] = [
  { pattern: new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME}$`), order: ['year', 'month', 'day'] },
  {
    pattern: new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${TIME}$`),
    order: ['month', 'day', 'year'],
  },
  {
    pattern: /^(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2}(?:\.\d{1,4})?)?)?(?:[-+]\d{4})?$/,
    order: ['year', 'month', 'day'],
  },
  { pattern: /^([01]\d)([0-3]\d)((?:19|20)\d{2})$/, order: ['month', 'day', 'year'] },
  {
    pattern: new RegExp(`^(\\d{1,2})[- .]?(${MONTHS})[-,. ]{0,2}(\\d{4}|\\d{2})$`, 'i'),
    order: ['day', 'month', 'year'],
  },
  {
    pattern: new RegExp(`^(${MONTHS})[-. ]{1,2}(\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})$`, 'i'),
    order: ['month', 'day', 'year'],
  },
];

export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A date in any usual notation (American order where it is open); undefined for anything else, and for days that no calendar has. */
function dateOf(text: string): CalendarDate | undefined {
  if (text.length < 6 || text.length > 40) return undefined;
  for (const { pattern, order } of PATTERNS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const parts = { year: 0, month: 0, day: 0 };
    for (const [index, name] of order.entries()) parts[name] = numberOf(match[index + 1] ?? '');
    if (parts.month > 12 && parts.day <= 12) [parts.month, parts.day] = [parts.day, parts.month];
    if (parts.year < 100) parts.year += parts.year > 40 ? 1900 : 2000;
    if (isInCalendar(parts)) return parts;
  }
  return undefined;
}

function numberOf(text: string): number {
  const digits = Number(text);
  if (!Number.isNaN(digits)) return digits;
  return 'janfebmaraprmayjunjulaugsepoctnovdec'.indexOf(text.slice(0, 3).toLowerCase()) / 3 + 1;
}

function isInCalendar({ year, month, day }: CalendarDate): boolean {
  if (month < 1 || month > 12 || day < 1 || year < 1870 || year > 2100) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 31);
}

/** Bounds and defaults of programs: nobody is known to have been born, admitted or discharged then. */
function isBound({ year, month, day }: CalendarDate): boolean {
  return (month === 1 && day === 1 && (year === 1900 || year === 1970 || year === 1901)) || year >= 2099;
}

export const birthDateShape: ShapeMatcher = (value) => {
  const date = dateOf(value);
  if (date === undefined || isBound(date) || date.year > 2040) return undefined;
  return { witness: 'usualShape', words: 'a calendar date' };
};

export const dateShape: ShapeMatcher = birthDateShape;

export const OLD_AGE = /^(?:9\d|1[01]\d)(?: ?(?:y|yo|years?|yrs?)(?: old)?)?$/;

/** Ages of 90 and more are identifiers; younger ones are not (164.514(b)(2)(i)(C)). */
export const ageShape: ShapeMatcher = (value) =>
  OLD_AGE.test(value) ? { witness: 'usualShape', words: 'an age over 89' } : undefined;
