import type { Candidate } from '../candidates.ts';
import { MBI_PATTERN } from '../identifiers/mbi.ts';
import { isAssignableSsn } from '../identifiers/ssn.ts';
import { isSerializedUdi } from '../identifiers/things.ts';
import { isPlaceholder } from '../placeholders.ts';
import { pointsOf, type Witness } from '../score.ts';
import type { TextContext } from '../types.ts';

/** Identifiers whose shape hardly anything else has: they are found wherever they stand. */
export function* candidatesByShape(text: string, context: TextContext): Generator<Candidate> {
  if (text.length < 11) return;
  yield* ssnsIn(text, context);
  yield* mbisIn(text, context);
  yield* devicesIn(text, context);
  yield* agesIn(text, context);
}

const SSN = /(\d{3})([- .])(\d{2})\2(\d{4})/g;
/** Part of a longer number, a version, a drawing or a name. */
const BEFORE_SSN = /(?:[\w.+]|\d-|\.\d{1,9})$/;
const AFTER_SSN = /^(?:\w|-\w|\.\d|[ .]\d)/;
const SSN_WORDS = /ssn|social.{0,3}security|soc\.? sec/i;
export const EXAMPLE_WORDS =
  /\be\.?g\b|\bexamples?\b|\bformat(?:ted)?\b|\bsuch as\b|\blooks? like\b|\bpattern\b|\bregex\b|\bplaceholder\b/i;

export function speaksOfExample(before: string): boolean {
  return EXAMPLE_WORDS.test(before);
}

function* ssnsIn(text: string, context: TextContext): Generator<Candidate> {
  SSN.lastIndex = 0;
  for (let match = SSN.exec(text); match !== null; match = SSN.exec(text)) {
    const [value, area = '', separator, group = '', serial = ''] = match;
    if (!isAssignableSsn(area, group, serial) || isPlaceholder(value)) continue;
    const before =
      text
        .slice(Math.max(0, match.index - 40), match.index)
        .split('\n')
        .at(-1) ?? '';
    const after = text.slice(match.index + value.length, match.index + value.length + 2);
    if (BEFORE_SSN.test(before) || AFTER_SSN.test(after)) continue;
    const named = SSN_WORDS.test(before) || context.keys.some((key) => SSN_WORDS.test(key));
    // Numbers with blanks and dots stand in tables and drawings, too.
    const witnesses: Witness[] = [separator === '-' ? 'rareShape' : 'checkedShape'];
    if (named) witnesses.push('ownKey');
    if (speaksOfExample(before)) witnesses.push('exampleWords');
    const neighbours = separator === '-' ? /\d[-.]?$/ : /\d[-. ,]{0,2}$/;
    if (neighbours.test(before) && !named) witnesses.push('partOfMore');
    yield {
      kind: 'ssn',
      label: 'Social Security number',
      value,
      start: match.index,
      end: match.index + value.length,
      points: pointsOf(witnesses),
      evidence: [
        'three, two and four digits in the ranges that the SSA assigns',
        ...(named ? ['after words that name it'] : []),
      ],
      keys: context.keys,
    };
  }
}

const PRINTED_MBI = new RegExp(`${MBI_PATTERN.replaceAll('-?', '-')}(?![\\w-])`, 'g');
export const HEALTH_WORDS =
  /patient|medicare|\bmbi\b|beneficiar|member|insur|health|claim|subscriber|enroll/i;

function* mbisIn(text: string, context: TextContext): Generator<Candidate> {
  for (const match of text.matchAll(PRINTED_MBI)) {
    if (/[\w-]/.test(text.charAt(match.index - 1))) continue;
    const around = text.slice(Math.max(0, match.index - 80), match.index + 60);
    if (!HEALTH_WORDS.test(around) && !context.keys.some((key) => HEALTH_WORDS.test(key))) continue;
    yield {
      kind: 'mbi',
      label: 'Medicare beneficiary identifier',
      value: match[0],
      start: match.index,
      end: match.index + match[0].length,
      points: pointsOf(['checkedShape', 'healthWords']),
      evidence: [
        'eleven characters in the grammar of an MBI, printed with dashes',
        'near words of health care',
      ],
      keys: context.keys,
    };
  }
}

const UDI = /\(01\)\d{14}(?:\(\d{2,3}\)[\w/-]{1,20}){0,5}/g;

function* devicesIn(text: string, context: TextContext): Generator<Candidate> {
  if (!text.includes('(01)')) return;
  for (const match of text.matchAll(UDI)) {
    if (!isSerializedUdi(match[0])) continue;
    yield {
      kind: 'device',
      label: 'device identifier',
      value: match[0],
      start: match.index,
      end: match.index + match[0].length,
      points: pointsOf(['rareShape']),
      evidence: ['a device identifier with a serial number'],
      keys: context.keys,
    };
  }
}

export const AGE = /(9\d|1[01]\d)[- ](?:year|yr)s?[- ]old(?![\w-])/gi;
export const PERSON_WORDS = /patient|\bpt\b|\b(?:fe)?male\b|\b(?:wo)?man\b|resident|lady|gentleman/i;

function* agesIn(text: string, context: TextContext): Generator<Candidate> {
  if (!text.includes('year') && !text.includes('yr')) return;
  for (const match of text.matchAll(AGE)) {
    if (/[\w.-]/.test(text.charAt(match.index - 1))) continue;
    const end = match.index + match[0].length;
    if (!PERSON_WORDS.test(text.slice(Math.max(0, match.index - 40), end + 40))) continue;
    yield {
      kind: 'age',
      label: 'age over 89',
      value: match[1] ?? '',
      start: match.index,
      end: match.index + (match[1] ?? '').length,
      points: pointsOf(['checkedShape', 'healthWords']),
      evidence: ['an age over 89', 'beside a word for a person'],
      keys: context.keys,
    };
  }
}
