import { DOCUMENTATION_DOMAIN, EMAIL, NANP, ROLES, TOLL_FREE } from '../detect/identifiers/contact.ts';
import { MONTHS, OLD_AGE, TIME } from '../detect/identifiers/dates.ts';
import {
  CITY,
  NO_CITY,
  NUMBER_AND_WORDS,
  PO_BOX,
  WORDS_AND_NUMBER,
} from '../detect/identifiers/geography.ts';
import { WHOLE_MBI } from '../detect/identifiers/mbi.ts';
import { OTHER_WORDS, PARTICLES } from '../detect/identifiers/names.ts';
import { ID } from '../detect/identifiers/numbers.ts';
import { VOID } from '../detect/identifiers/ssn.ts';
import { VIN_VALUES, VIN_WEIGHTS } from '../detect/identifiers/things.ts';
import { celMatches, celTest } from './cel.ts';

/*
 * What identifiers of persons look like, as `detect/identifiers` has it, of values in ASCII. Each takes CEL for a text and gives a condition. Of dates,
 * telephone numbers, addresses and names only the usual notations are known.
 */

const is = celMatches;
const both = (...conditions: readonly string[]) => `(${conditions.join(' && ')})`;

/** Of nine digits: never assigned, or void. */
const NO_SSN = `^(?:000|666|...00|.{5}0000|${[...VOID].join('|')})`;
const assigned = (v: string, pattern: string) =>
  both(
    is(v, pattern),
    `![${v}.replace('-', '').replace(' ', '').replace('.', '')].exists(d, ${is('d', NO_SSN)})`,
  );
const SSN = '[0-8][0-9]{2}(?:-[0-9]{2}-| [0-9]{2} |[.][0-9]{2}[.]|[0-9]{2})[0-9]{4}';
export const isSsn = (v: string) => assigned(v, `^${SSN}$`);

export const isMbi = (v: string) =>
  `(${celTest(v, WHOLE_MBI)} || ${assigned(v, '^[0-8][0-9]{2}-?[0-9]{2}-?[0-9]{4}-?[A-Za-z][0-9A-Za-z]?$')})`;

/** The digits of a text from a place on, each by what a list has for it at that place. */
const weighed = (v: string, from: number, tables: readonly (readonly number[])[]) =>
  tables
    .map((table, at) => `[${table.join(', ')}][int(${v}.substring(${from + at}, ${from + at + 1}))]`)
    .join(' + ');
const times = (factor: number) => Array.from({ length: 10 }, (_, digit) => digit * factor);
const doubled = times(2).map((product) => (product > 9 ? product - 9 : product));
const repeated = (count: number, ...tables: readonly (readonly number[])[]) =>
  Array.from({ length: count }, (_, at) => tables[at % tables.length] as readonly number[]);

/** Luhn's check over 80840, which adds 24, and the number. */
export const isNpi = (v: string) =>
  both(is(v, '^[12][0-9]{9}$'), `(24 + ${weighed(v, 0, repeated(10, doubled, times(1)))}) % 10 == 0`);

export const isDea = (v: string) =>
  both(
    is(v, '^[A-HJ-MPR-UXa-hj-mpr-ux][A-Za-z9][0-9]{7}$'),
    `!${is(v, '0000000$')}`,
    `(${weighed(v, 2, repeated(6, times(1), times(2)))}) % 10 == int(${v}.substring(8))`,
  );

const VIN_CHARACTERS = [
  ...Object.entries(VIN_VALUES),
  ...times(1).map((digit) => [`${digit}`, digit] as const),
];
const VIN_TABLE = `{${VIN_CHARACTERS.map(([character, value]) => `'${character}': ${value}`).join(', ')}}`;
export const isVin = (v: string) =>
  both(
    is(v, '^[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}$'),
    `[${VIN_TABLE}].exists(n, '0123456789X'.substring((${VIN_WEIGHTS.map((weight, at) => `n[${v}.substring(${at}, ${at + 1})] * ${weight}`).join(' + ')}) % 11).startsWith(${v}.substring(8, 9)))`,
  );

/** A device identifier with a serial number, at the beginning of a text. */
export const UDI = '\\(01\\)[0-9]{14}(?:\\((?:10|11|17|240)\\)[\\w-]{1,20})*\\(21\\)[\\w/-]';
export const isUdi = (v: string) =>
  both(
    is(v, `^${UDI}`),
    `(${weighed(v, 4, repeated(13, times(3), times(1)))} + int(${v}.substring(17, 18))) % 10 == 0`,
  );
export const isSerial = (v: string) =>
  `(${is(v, '^[A-Z0-9]{1,6}[-_ ]?[A-Z0-9][A-Z0-9-]{3,24}$')} && ${is(v, '[0-9]')})`;

/** @param digits at least this many; with fewer than six it is a loose one */
export const isId = (v: string, digits = 6) =>
  both(
    `size(${v}) <= 32`,
    celTest(v, ID),
    is(v, `^(?:[^0-9]*[0-9]){${digits}}`),
    `!${is(v, '[A-Za-z]{9}|[0-9]{4}-[0-9]{2}-[0-9]{2}')}`,
    `!(${is(v, '^[0-9a-f]{16}$')} && ${is(v, '[a-f]')})`,
  );

const YEAR = '(?:18[7-9][0-9]|19[0-9]{2}|20[0-3][0-9])';
const DAY = '(?:0?[1-9]|1[0-9]|2[0-8])';
/** A month and a day with what stands between them, such as every year has. */
const monthAndDay = (between: string) =>
  `(?:(?:0?[1-9]|1[0-2])${between}${DAY}|(?:0?[13-9]|1[0-2])${between}(?:29|30)|(?:0?[13578]|1[02])${between}31)`;
const MONTH_DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])';
const SIMPLE_DATES = [
  `${YEAR}-${monthAndDay('-')}`,
  `${monthAndDay('[-/.]')}[-/.](?:${YEAR}|[0-9]{2})`,
  `(?:${YEAR}${MONTH_DAY}|${MONTH_DAY}(?:19[0-9]{2}|20[0-3][0-9]))`,
];
const DATES = [
  `(?:${YEAR}[-/.]${monthAndDay('[-/.]')}|${SIMPLE_DATES[1]})${TIME.replaceAll('[AaPp][Mm]', '[ap]m').replaceAll(/[TZ]/g, (letter) => letter.toLowerCase())}`,
  SIMPLE_DATES[2],
  `${DAY}[- .]?(?:${MONTHS})[-,. ]{0,2}${YEAR}`,
  `(?:${MONTHS})[-. ]{1,2}${DAY}(?:st|nd|rd|th)?,? ${YEAR}`,
];
/** The first of January 1900, 1901 and 1970. */
const BOUND =
  '^(?:(?:1900|1901|1970)[-/.]?0?1[-/.]?0?1|0?1[-/.]?0?1[-/.]?(?:19)?(?:0[01]|70)(?:$|[t ]))|(?:0?1[- .]{0,2}jan|jan).*(?:1900|1901|1970)';
const dated = (v: string, dates: readonly (string | undefined)[]) =>
  `[${v}.lowerAscii()].exists(d, size(d) >= 6 && size(d) <= 40 && ${is('d', `^(?:${dates.join('|')})$`)} && !${is('d', BOUND)})`;
export const isDate = (v: string) => dated(v, DATES);
/** In a sentence. */
export const isPlainDate = (v: string) => dated(v, SIMPLE_DATES);

/** Nobody's, or an organisation's. */
const NO_PHONE = `^1?(?:${[...TOLL_FREE].join('|')}|[0-9]11|[0-9]{4}11)`;
const LETTERS = { L: 'A-Za-z', Lu: 'A-Z' };
/** With letters of ASCII alone. */
const ascii = ({ source }: RegExp) =>
  source.replaceAll(
    /(\[?)\\p\{(Lu?)\}/g,
    (_, open: string, name: 'L' | 'Lu') => `[${LETTERS[name]}${open === '' ? ']' : ''}`,
  );

const isNanp = (v: string) =>
  both(
    celTest(v, NANP),
    `![${v}.split('').filter(s, s >= '0' && s <= '9').join('')].exists(d, ${is('d', NO_PHONE)})`,
  );
export const isPhone = (v: string) => `(${is(v, '^[+][2-9](?:[ ().-]?[0-9]){7,14}$')} || ${isNanp(v)})`;
export const isPlate = (v: string) => both(is(v, '^[A-Z0-9]{1,4}[- ]?[A-Z0-9]{1,5}$'), is(v, '[0-9]'));
/** In words of documentation, which counts less. */
export const isDocumentation = (v: string) =>
  `(${celTest(v, new RegExp(DOCUMENTATION_DOMAIN.source.replace('^', '@'), 'i'))} || ${is(v, '555.?01')})`;
export const isEmail = (v: string) =>
  both(celTest(v, EMAIL), `![${v}.split('@')[0]].exists(l, ${celTest('l', ROLES)})`);

export const isAddress = (v: string) =>
  both(
    `size(${v}) >= 5 && size(${v}) <= 160`,
    `(${is(v, `${ascii(NUMBER_AND_WORDS)}|${ascii(WORDS_AND_NUMBER)}`)} || ${celTest(v, PO_BOX)})`,
    `!${is(v, '@')}`,
  );
export const isCity = (v: string) => both(is(v, ascii(CITY)), `!${is(v, NO_CITY.source)}`);
export const isZip = (v: string) =>
  both(
    is(v, '^[0-9]{5}(?:-[0-9]{4})?$'),
    `!${is(v, '^(?:0{5}|1{5}|2{5}|3{5}|4{5}|5{5}|6{5}|7{5}|8{5}|9{5}|12345$)')}`,
  );
export const isAge = (v: string) => celTest(v, OLD_AGE);
const WORD = "[A-Z][A-Za-z]*(?:['-][A-Z][A-Za-z]*)*[.]?";
/** Several words, or one. */
const NAMES = `^${WORD}(?:,? (?:${[...PARTICLES].join('|')}|${WORD}))`;
const NO_NAME = `(?:^|[^a-z])(?:${[...OTHER_WORDS].join('|')})(?:$|[^a-z])`;
export const isName = (v: string, others: '{1,5}' | '{0,5}' = '{1,5}') =>
  both(
    `size(${v}) <= 60`,
    is(v, `${NAMES}${others}$`),
    `!${is(v, '[a-z]{4}[A-Z]')}`,
    `![${v}.lowerAscii()].exists(l, [l, l.findAll('[a-z ,]+').join('')].exists(n, ${is('n', NO_NAME)}))`,
  );
