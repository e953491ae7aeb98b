import { LEADING, NOUNS, type SecretNature, TRAILING } from '../../../detect/credentials/key-names.ts';
import { LONGEST_KEY, SECRET_WORDS } from '../../../detect/credentials/named-secrets.ts';
import { celMatches } from '../../cel.ts';
import { celMatchesAny } from '../../re2.ts';

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A phrase from a small letter on, joined in some way, behind what is no letter; or from a capital on, behind anything. */
function formsOf(phrase: string): { readonly lower: string[]; readonly capital: string } {
  const words = phrase.split(' ');
  const capital = words.map(capitalised).join('');
  return {
    lower: [
      ...new Set([words.join(''), words.join('[^A-Za-z0-9]+'), words[0] + capital.slice(words[0]?.length)]),
    ],
    capital,
  };
}

const phrasesOf = (natures: readonly SecretNature[], leftOut: readonly string[]) =>
  NOUNS.filter(([, kind, , nature]) => natures.includes(nature) && !leftOut.includes(kind)).flatMap(
    ([texts]) => texts.split('|'),
  );

/** Whether a key ends in one of some nouns, as `secretMeaningOf` reads it; keys in capitals are given in lower case. */
function endsIn(key: string, nouns: readonly string[], isWhole = false): string {
  const phrases = nouns.map(formsOf);
  if (nouns.length === 0) return 'false';
  const trailing = [...TRAILING];
  const lower = phrases.flatMap((forms) => forms.lower).join('|');
  const capital = phrases.map((forms) => forms.capital).join('|');
  const rest = `([^A-Za-z0-9]+(${trailing.join('|')})|(${trailing.map(capitalised).join('|')})|[^A-Za-z0-9]*[0-9]+)*[^A-Za-z0-9]*$`;
  const start = isWhole ? `^[^A-Za-z0-9]*(${lower}|${capital})` : `((^|[^A-Za-z])(${lower})|(${capital}))`;
  return celMatches(key, `${start}${rest}`);
}

const leading = [...LEADING];
/** A word that makes something else of the noun behind it. */
const LEADS = `((^|[^A-Za-z])(${leading.join('|')})|(${leading.map(capitalised).join('|')}))([^a-z]|$)`;
/** Nouns that hold such a word themselves, where they are all there is. */
const IS_LED_NOUN = endsIn(
  'key',
  phrasesOf(['password', 'chosen', 'token'], []).filter((phrase) =>
    phrase.split(' ').some((word) => LEADING.has(word)),
  ),
  true,
);

/**
 * What holds of a name of some nature, as a condition on `key`.
 * @param leftOut kinds of credentials that are let pass
 */
export const isNamed = (nature: SecretNature, leftOut: readonly string[]) =>
  endsIn('key', phrasesOf([nature], leftOut));
/** `client_secret_value`: the longer noun `secret value` counts. */
export const IS_NAMED_LONGER = endsIn(
  'key',
  phrasesOf(['token'], []).filter((phrase) => TRAILING.has(phrase.split(' ').at(-1) ?? '')),
);

/** Whether a name can be that of a secret at all, cheaply. */
export const mayNameSecret = (name: string) =>
  `${name}.size() <= ${LONGEST_KEY} && ${celMatchesAny(name, [SECRET_WORDS])}`;

/** A name as `key`, in the form in which its words are told apart, on which a condition holds. */
export const withKey = (name: string, condition: string) =>
  `[${name} == ${name}.upperAscii() ? ${name}.lowerAscii() : ${name}].exists(key, (!${celMatches('key', LEADS)} || ${IS_LED_NOUN}) && ${condition})`;
