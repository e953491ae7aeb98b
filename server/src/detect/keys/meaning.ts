import type { IdentifierKind } from '../types.ts';
import {
  AMBIGUOUS_PERSON_WORDS,
  BOUND_WORDS,
  LONGEST_PHRASE,
  NEUTRAL_WORDS,
  ORGANISATION_WORDS,
  PERSON_WORDS,
  phraseOf,
  SETTINGS_WORDS,
  ungluedWords,
  VAGUE_PHRASES,
} from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** What a key says about the value under it. */
export interface KeyMeaning {
  readonly words: readonly string[];
  /** Absent when the key names no identifier, or configures how one is handled. */
  readonly kind?: IdentifierKind;
  readonly label?: string;
  /** The key names an identifier of a person by itself. */
  readonly own: boolean;
  /** `patient`: a word that means a person under care; `ambiguous`: a word that clusters use as well. */
  readonly person?: 'patient' | 'ambiguous';
  /** The key is about an organisation, its staff or a system. */
  readonly organisation: boolean;
  /** The key holds words that say nothing about a person's field. */
  readonly foreign: boolean;
}

const MEANINGLESS: KeyMeaning = { words: [], own: false, organisation: false, foreign: true };
const CACHE_SIZE = 5000;
const cache = new Map<string, KeyMeaning>();

/** Reads a key (or column, element or field name). The answers are cached, since the same keys come again with each keystroke. */
export function meaningOf(key: string): KeyMeaning {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const meaning = key.length > 120 ? MEANINGLESS : readMeaning(key);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(key, meaning);
  return meaning;
}

function readMeaning(key: string): KeyMeaning {
  const words = ungluedWords(wordsOf(key));
  const found = lastPhrase(words);
  const outside = words.filter(
    (_, index) => found === undefined || index < found.start || index >= found.end,
  );
  const isEmergencyContact = words.includes('emergency') && words.includes('contact');
  const personWord = isEmergencyContact
    ? 'contact'
    : words.find((word) => PERSON_WORDS.has(word) && !AMBIGUOUS_PERSON_WORDS.has(word));
  const ambiguousWord = words.find((word) => AMBIGUOUS_PERSON_WORDS.has(word));
  const organisation = outside.some((word) => ORGANISATION_WORDS.has(word));
  const foreign = outside.some(isForeign);
  const base = {
    words,
    organisation,
    foreign,
    ...(personWord !== undefined
      ? { person: 'patient' as const }
      : ambiguousWord !== undefined
        ? { person: 'ambiguous' as const }
        : {}),
  };
  if (found === undefined || isSetting(words, found.end)) return { ...base, own: false };
  const { kind, label, strength } = found.phrase;
  const foreignAfter = words.slice(found.end).some(isForeign);
  return { ...base, kind, label, own: strength === 'own' && !foreignAfter };
}

function isForeign(word: string): boolean {
  return word.length > 1 && !PERSON_WORDS.has(word) && !NEUTRAL_WORDS.has(word) && !/^\d+$/.test(word);
}

/**
 * The phrase nearest to the end of the key, and of those that end there the longest. Vague single words (`number`, `date`) count only
 * when the key has nothing better: `ssn_number`.
 */
function lastPhrase(words: readonly string[]) {
  return phraseEndingLast(words, true) ?? phraseEndingLast(words, false);
}

function phraseEndingLast(words: readonly string[], skipVague: boolean) {
  for (let end = words.length; end > 0; end--) {
    for (let start = Math.max(0, end - LONGEST_PHRASE); start < end; start++) {
      const text = words.slice(start, end).join(' ');
      const phrase = phraseOf(text);
      if (phrase !== undefined && !(skipVague && VAGUE_PHRASES.has(text))) return { phrase, start, end };
    }
  }
  return undefined;
}

function isSetting(words: readonly string[], phraseEnd: number): boolean {
  return (
    words.slice(phraseEnd).some((word) => SETTINGS_WORDS.has(word)) ||
    words.some((word) => BOUND_WORDS.has(word))
  );
}

/**
 * Whom the names above a value speak of, judged from the innermost outwards: names that say nothing (`address`, `data`, an index) are
 * passed over; the first that names people, an organisation or something else decides.
 */
export function subjectOf(keys: readonly string[]): 'person' | 'organisation' | undefined {
  for (let index = keys.length - 1; index >= 0; index--) {
    const meaning = meaningOf(withoutExtension(keys[index] ?? ''));
    if (meaning.organisation) return 'organisation';
    if (meaning.foreign) return undefined;
    if (meaning.person === 'patient') return 'person';
  }
  return undefined;
}

function withoutExtension(key: string): string {
  return key.replace(
    /\.(?:csv|tsv|psv|txt|json|ndjson|jsonl|ya?ml|xml|sql|hl7|dat|edi|x12|properties|env|ini)$/i,
    '',
  );
}

/** A bundle of translated labels: its values name fields, and are none. */
export function isTranslation(keys: readonly string[]): boolean {
  return keys.some((key) => TRANSLATION.test(key.toLowerCase()));
}

export const TRANSLATION =
  /(?:^|[^a-z])(?:i18n|l10n|locales?|translations?|lang)(?:[^a-z]|$)|^messages?(?:[_.-][a-z]{2}){0,2}\.(?:properties|json|ya?ml)$/;
