import { describe, expect, test } from 'vitest';
import { meaningOf, subjectOf } from '../../server/src/detect/keys/meaning.ts';
import { OWN_PHRASES } from '../../server/src/detect/keys/vocabulary.ts';
import { wordsOf } from '../../server/src/detect/keys/words.ts';
import { hitsIn } from '../../server/src/detect/scan/hits.ts';

describe('words of a key', () => {
  test.each([
    ['patientSSN', 'patient ssn'],
    ['PATIENT_SSN', 'patient ssn'],
    ['patient-ssn', 'patient ssn'],
    ['SSNNumber', 'ssn number'],
    ["Mother's Maiden Name", 'mothers maiden name'],
    ['address2', 'address 2'],
    ['PID-7', 'pid 7'],
    ['prénomPatient', 'prénom patient'],
  ])('%s', (key, words) => {
    expect(wordsOf(key).join(' ')).toBe(words);
  });
});

describe('meaning of a key', () => {
  test.each([
    ['ssn', 'ssn', true],
    ['patientssn', 'ssn', true],
    ['PATIENT_DOB', 'birth-date', true],
    ['memberid', 'member-id', true],
    ['emergency_contact_phone', 'phone', false],
    ['ssn_number', 'ssn', true],
    ['firstName', 'name', false],
    ['SSN_REGEX', undefined, false],
    ['mrn_length', undefined, false],
    ['npipe', undefined, false],
    ['min_dob', undefined, false],
  ] as const)('%s', (key, kind, own) => {
    expect(meaningOf(key)).toMatchObject(kind === undefined ? { own } : { kind, own });
    expect(meaningOf(key).kind).toBe(kind);
  });
});

test('the nearest name that says anything decides whom a value speaks of', () => {
  expect(subjectOf(['data', 'patients.csv'])).toBe('person');
  expect(subjectOf(['patient', 'address'])).toBe('person');
  expect(subjectOf(['patient', 'provider', 'address'])).toBe('organisation');
  expect(subjectOf(['patientPortal', 'support'])).toBe('organisation');
  expect(subjectOf(['patients', 'chart', 'colour'])).toBeUndefined();
});

test('the scan sees every phrase of the vocabulary in every usual spelling', () => {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const unseen = OWN_PHRASES.flatMap((phrase) => {
    const words = phrase.split(' ');
    const camel = words.map((word, index) => (index === 0 ? word : capital(word))).join('');
    return [
      words.join(' '),
      words.join('_'),
      words.join('-'),
      words.join('.'),
      words.join('_').toUpperCase(),
      words.join(''),
      camel,
      words.map(capital).join(''),
    ];
  }).filter((key) => hitsIn(` ${key}: `).identifiers.length === 0);
  expect(unseen).toEqual([]);
});
