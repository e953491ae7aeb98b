import { isGivenName } from './given-names.ts';
import type { ShapeMatcher } from './shape.ts';

const TOKEN = /^["“(]?\p{L}[\p{L}'’`.-]*["”)]?$/u;
const SEPARATORS = /[\s,^]+/;
const LABEL_SEPARATORS = /[\s,^._-]+/;

/** Words of systems and organisations: a value with one of them names no person. */
export const OTHER_WORDS = new Set(
  (
    'name|names|first|last|middle|given|family|full|surname|patient|patients|member|members|subscriber|user|users|username|admin|administrator|root|guest|person|people|demographics|string|text|value|field|' +
    'column|key|id|identifier|number|date|birth|address|phone|email|city|state|zip|unknown|none|null|undefined|default|test|tests|testing|sample|example|demo|dummy|mock|fake|anonymous|redacted|hidden|required|optional|' +
    'service|services|server|api|app|application|portal|system|systems|client|database|db|table|schema|queue|topic|config|configuration|data|record|records|registry|index|search|store|storage|cache|proxy|gateway|web|frontend|backend|' +
    'hospital|clinic|health|healthcare|medical|medicine|center|centre|care|department|facility|pharmacy|laboratory|lab|inc|llc|ltd|corp|company|group|team|support|insurance|plan|plus|medicare|medicaid|university|institute|foundation|' +
    'cross|shield|primary|secondary|main|new|old|true|false|yes|no|enabled|disabled|prod|production|staging|dev|development|qa|local|internal|external|public|private|global|' +
    'manager|management|engine|worker|operator|controller|job|task|event|events|message|messages|handler|adapter|import|export|importer|exporter|sync|load|query|read|write|get|list|create|update|delete|scheduler|schedule|scheduling|' +
    'notification|notifications|monitor|monitoring|dashboard|report|reports|analytics|experience|access|safety|intake|education|lookup|matching|merge|consent|index|identity|resource|profile|' +
    'dear|hello|hi|thanks|regards|sincerely|contact|call|ask|see|dr|doctor|nurse|prof|professor|mrn|ssn|dob|dod|mbi|npi|dea|vin|emr|ehr|id|no|age|admitted|discharged|phone|tel|fax|born|male|female|' +
    'of|the|to|from|with|by|in|on|is|are|and|or|an|not|this|that|please|enter|select|your|my|spec|type|version|http|https|html|json|xml|yaml|csv|sql|fhir|hl|dicom|url|uri|path|prefix|suffix|header|format|regex|pattern|template|label'
  ).split('|'),
);

export const PARTICLES = new Set(
  'de|del|della|di|da|das|dos|do|du|la|le|el|al|bin|ibn|ben|van|von|der|den|ter|ten|zu|zur|y|e|st|af|av|d'.split(
    '|',
  ),
);

export function isOtherWord(token: string): boolean {
  return OTHER_WORDS.has(token.toLowerCase().replace(/\W/g, ''));
}

/** Words of systems that are surnames, too: after a well-known given name they count as such ("Jane Q. Public"). */
const SURNAMES_TOO = new Set(
  'public|private|field|main|new|old|key|list|read|state|cross|shield|center|group|event|security'.split('|'),
);

function isSurnameHere(token: string, tokens: readonly string[]): boolean {
  const [first] = tokens;
  return (
    first !== undefined &&
    first !== token &&
    isGivenName(first) &&
    /^\p{Lu}/u.test(token) &&
    SURNAMES_TOO.has(token.toLowerCase())
  );
}

/** The tokens of a person's name; undefined when the text cannot be one. */
export function nameTokensOf(value: string): string[] | undefined {
  const text = value.trim();
  if (text.length < 2 || text.length > 60) return undefined;
  const spaced = text.split(SEPARATORS).filter((token) => token !== '');
  const tokens = spaced.length === 1 ? text.split(LABEL_SEPARATORS).filter((token) => token !== '') : spaced;
  if (tokens.length === 0 || tokens.length > 6) return undefined;
  const hasCapital = tokens.some((token) => /^\p{Lu}/u.test(token));
  for (const token of tokens) {
    if (!TOKEN.test(token) || (isOtherWord(token) && !isSurnameHere(token, tokens))) return undefined;
    // "Nombre del paciente": in a name written with capitals, only particles are small.
    if (hasCapital && /^\p{Ll}/u.test(token) && !PARTICLES.has(token)) return undefined;
    // camelCase is how programs write: people have at most a Mc or a De before the second capital.
    if (/\p{Ll}{4,}\p{Lu}/u.test(token)) return undefined;
  }
  return tokens;
}

const NAME_WORDS = new Set(
  'name|names|nm|first|last|given|family|middle|maiden|surname|fname|lname|forename|nickname|alias|initials|kin|nok|contact'.split(
    '|',
  ),
);

function isCapitalized(token: string): boolean {
  return /^\p{Lu}/u.test(token);
}

const FAMILY_WORDS = new Set(['last', 'family', 'surname', 'lname', 'maiden']);

export const nameShape: ShapeMatcher = (value, keyWords) => {
  const isSurname = keyWords.some((word) => FAMILY_WORDS.has(word)) && SURNAMES_TOO.has(value.toLowerCase());
  const tokens = isSurname && /^\p{Lu}/u.test(value) ? [value] : nameTokensOf(value);
  if (tokens === undefined) return undefined;
  const known = tokens.some(isGivenName);
  // Under `patient` alone there can stand anything; only what is plainly a name counts.
  const isGeneral = !keyWords.some((word) => NAME_WORDS.has(word));
  if (isGeneral && (tokens.length < 2 || !(isGivenName(tokens[0] ?? '') || tokens.every(isCapitalized))))
    return undefined;
  if (keyWords.includes('initials'))
    return /^(?:\p{Lu}\.? ?){2,4}$/u.test(value) ? { witness: 'looseShape', words: 'initials' } : undefined;
  const capital = tokens.some((token) => /^\p{Lu}/u.test(token));
  if (!known && !capital) return undefined;
  if (tokens.length === 1 && !known && tokens[0] !== undefined && tokens[0].length < 2) return undefined;
  return {
    witness: tokens.length > 1 && capital ? 'usualShape' : 'looseShape',
    words: tokens.length > 1 ? "several words like a person's name" : "a word like a person's name",
    ...(known ? { further: ['givenName' as const] } : isGeneral ? { further: ['unknownName' as const] } : {}),
  };
};
