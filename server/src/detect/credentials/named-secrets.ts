import type { Field } from '../fields.ts';
import { decodeBase64Text } from '../formats/base64.ts';
import { shownKey } from '../mask.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Place } from '../types.ts';
import type { FoundCredential } from './found.ts';
import { type SecretMeaning, type SecretNature, secretMeaningOf } from './key-names.ts';
import { isNameOfSomething, looksLikePassword, looksRandom } from './values.ts';

export const SECRET_WORDS = /pass|pwd|pw\b|psw|secret|token|key|cred|auth|cookie|salt/i;
export const LONGEST_KEY = 120;

/** With a body; documentation prints only the lines around it. */
const PEM = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:\\[nr]|\s){0,4}[A-Za-z0-9+/]{40}/;

const PRIVATE_KEY: SecretMeaning = { kind: 'private-key', label: 'private key', nature: 'token' };

/** A literal under a key that names a secret. */
export function namedSecret(field: Field, place: Place): FoundCredential[] {
  const key = field.keys.at(-1) ?? '';
  if (key.length > LONGEST_KEY || !SECRET_WORDS.test(key)) return [];
  if (key === 'auth') return registryAuth(field);
  const meaning = secretMeaningOf(key);
  if (meaning === undefined || isPlaceholder(field.text)) return [];
  const value = decodeBase64Text(field.text) ?? field.text;
  if (PEM.test(value)) return [found(field, PRIVATE_KEY, key, true)];
  const random = looksRandom(value) && (value === field.text || looksRandom(field.text));
  if (!random && !isChosen(value, meaning.nature, place)) return [];
  return [found(field, meaning, key, random)];
}

export const SHORTEST_CHOSEN = 8;

/** Words that only secrets hold, and names of secrets do not. */
export const BOASTING = /super|very.?se|s3cr|hunter/i;

/** Of a value that is no word. */
export const NOT_IN_WORDS = /[\d!@#$%^&*+]/;

function isChosen(value: string, nature: SecretNature, place: Place): boolean {
  // The value of a variable is what the program gets; elsewhere a chart may look the name up.
  const mayBeName = place !== 'env' && place !== 'secret';
  if (nature === 'token' || !looksLikePassword(value, mayBeName)) return false;
  if (nature === 'password') return true;
  if (value.length < SHORTEST_CHOSEN) return false;
  return BOASTING.test(value) || (!isNameOfSomething(value) && NOT_IN_WORDS.test(value));
}

function found(field: Field, meaning: SecretMeaning, key: string, random: boolean): FoundCredential {
  return {
    kind: meaning.kind,
    label: meaning.label,
    confidence: random ? 'high' : 'medium',
    start: field.locate(0),
    end: field.locate(field.text.length),
    value: field.text,
    keys: field.keys,
    evidence: [`under ${shownKey(key)}`, random ? 'a value that looks random' : 'a literal value'],
  };
}

/** `"auth"` in the configuration of Docker: base64 of `user:password`. */
function registryAuth(field: Field): FoundCredential[] {
  const decoded = decodeBase64Text(field.text, 4);
  const colon = decoded?.indexOf(':') ?? -1;
  if (decoded === undefined || colon < 1 || isPlaceholder(decoded.slice(colon + 1))) return [];
  const meaning: SecretMeaning = {
    kind: 'registry-auth',
    label: 'credential of an image registry',
    nature: 'token',
  };
  return [
    {
      ...found(field, meaning, 'auth', true),
      evidence: ['under the key auth', 'base64 of a user and a password'],
    },
  ];
}
