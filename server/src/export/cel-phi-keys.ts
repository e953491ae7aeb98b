import { TRANSLATION } from '../detect/keys/meaning.ts';
import {
  AMBIGUOUS_PERSON_WORDS,
  BOUND_WORDS,
  GLUING_PERSONS,
  LEAST_GLUED,
  NEUTRAL_WORDS,
  ORGANISATION_WORDS,
  OWN_PHRASES,
  PERSON_WORDS,
  PHRASES,
  VAGUE_PHRASES,
} from '../detect/keys/vocabulary.ts';
import { EXAMPLE_WORDS } from '../detect/prose/alone.ts';
import type { IdentifierKind } from '../detect/types.ts';
import { anyOf, celMatches, celTest } from './cel.ts';
import {
  isAddress,
  isAge,
  isCity,
  isDate,
  isDea,
  isDocumentation,
  isEmail,
  isId,
  isMbi,
  isName,
  isNpi,
  isPhone,
  isPlate,
  isSerial,
  isSsn,
  isUdi,
  isVin,
  isZip,
} from './cel-phi-values.ts';
import { isPlaceholder } from './checks/credentials/values.ts';

/*
 * Names that say what identifies a person, with their values, as `detect/named-fields.ts` weighs them without any record around. The words of a name stand in `w` as the
 * detector tells them apart, between blanks and in small letters; names in which it would tell them apart otherwise are let in.
 */

const words = (all: Iterable<string>) => [...all].join('|');
const WORDS_OF = "(' ' + k.findAll('[A-Z]?[a-z]+|[A-Z]+|[0-9]+').join(' ') + ' ').lowerAscii()";
const IS_READ = `size(k) <= 120 && !${celMatches('k', '[A-Z]{2}[a-z]|[^ -&(-~]')}`;

type Strength = 'own' | 'needs-person';
const phrasesOf = (kinds: readonly IdentifierKind[], strength: Strength, leftOut: readonly string[]) =>
  PHRASES.filter(([kind, , of]) => of === strength && kinds.includes(kind) && !leftOut.includes(kind))
    .flatMap(([, , , texts]) => texts.split('|'))
    .filter((text) => !VAGUE_PHRASES.has(text) && !NOT_FOR_CERTAIN.has(text));
/** Behind a further word these are something else; and initials are no name. */
const NOT_FOR_CERTAIN = new Set([
  'beneficiary id',
  'card number',
  'email addr',
  'patient initials',
  'initials',
]);

/** A phrase at the end of a name, also glued together, and to a person's word before it; behind phrases of several words a number could make another. */
function atEnd(phrases: readonly string[], strength: Strength): string {
  const [short, long] = [false, true].map((wanted) =>
    phrases.filter((text) => text.includes(' ') === wanted),
  );
  const glued = long?.map((text) => text.replaceAll(' ', '')).filter((text) => text.length >= LEAST_GLUED);
  const single = `(?:${words(GLUING_PERSONS)})?(?:${words(new Set([...(short ?? []), ...(glued ?? [])]))})`;
  const further = '(?: (?:value|primary|default|test|demo|sample))?(?: [0-9]+)?';
  const behind = strength === 'own' ? ['(?: (?:number|num|no|id))?', further] : ['', ''];
  return ` (?:${short?.length ? `(?:${words(short)})${behind[0]}|` : ''}${words([...(long ?? []), single])})${behind[1]} $`;
}

/** Whom nobody but those who give care speaks of. */
const PATIENT_WORDS = [...PERSON_WORDS].filter((word) => !AMBIGUOUS_PERSON_WORDS.has(word));

interface Form {
  readonly kinds: readonly IdentifierKind[];
  readonly is: string;
  /** A vague phrase that counts right behind a word for a patient. */
  readonly vague?: string;
}
/** Brokers and clusters have members, too: their numbers and names have to be plain ones. */
const IS_AMBIGUOUS = celMatches('w', words(AMBIGUOUS_PERSON_WORDS));
const ID = anyOf(isId('v'), `(${isId('v', 4)} && !${IS_AMBIGUOUS})`);
const NAME = anyOf(isName('v'), `(${isName('v', '{0,5}')} && !${IS_AMBIGUOUS})`);

/** By themselves, whoever the name speaks of. */
const BY_NAME: readonly Form[] = [
  { kinds: ['ssn'], is: isSsn('v') },
  { kinds: ['mrn', 'license'], is: ID },
  { kinds: ['mbi'], is: isMbi('v') },
  { kinds: ['npi'], is: isNpi('v') },
  { kinds: ['dea'], is: isDea('v') },
  {
    kinds: ['vehicle'],
    is: anyOf(isVin('v'), `(w.contains(' plate ') && !${IS_AMBIGUOUS} && ${isPlate('v')})`),
  },
  { kinds: ['device'], is: anyOf(isUdi('v'), isSerial('v')) },
  { kinds: ['birth-date'], is: isDate('v') },
];
/** The same, but not of an organisation. */
const UNLESS_OF_ORGANISATION: readonly Form[] = [
  { kinds: ['member-id', 'account', 'other-id'], is: ID },
  { kinds: ['date'], is: isDate('v') },
  { kinds: ['name'], is: NAME },
];
/** Beside a word for a person under care, and none that says something else. */
const OF_PATIENTS: readonly Form[] = [
  { kinds: ['phone', 'fax'], is: isPhone('v') },
  { kinds: ['email'], is: isEmail('v') },
  { kinds: ['address'], is: isAddress('v') },
  { kinds: ['city'], is: isCity('v') },
  { kinds: ['zip'], is: isZip('v') },
  { kinds: ['date'], is: isDate('v') },
  { kinds: ['name'], is: NAME },
  { kinds: ['age'], is: isAge('v'), vague: 'age' },
  { kinds: ['device'], is: isSerial('v') },
  { kinds: ['account', 'license', 'member-id', 'other-id'], is: isId('v') },
];
/** Also of members and the like. */
const OF_MEMBERS: ReadonlySet<IdentifierKind> = new Set(['phone', 'email', 'address', 'city', 'zip']);

/** The ends of a name that a value fits, each empty where it does not. */
const endsIn = (forms: readonly Form[], strength: Strength, leftOut: readonly string[]) =>
  forms.flatMap((form) => {
    const phrases = phrasesOf(form.kinds, strength, leftOut);
    return phrases.length === 0
      ? []
      : [
          `${form.is} ? w.find('${atEnd(phrases, strength)}${form.vague === undefined ? '' : `|^ (?:${words(PATIENT_WORDS)}) ${form.vague} $`}') : ''`,
        ];
  });
const BEFORE = 'w.substring(0, size(w) - size(m))';
const some = (ends: readonly string[], ...conditions: readonly string[]) =>
  ends.length === 0 ? 'false' : `[${ends.join(', ')}].exists(m, m != '' && ${conditions.join(' && ')})`;

/** Words that make an organisation's of what is behind them, also glued to others. */
const ORGANISATION = ` (?:[a-z]*(?:hospital|plan)|${words(ORGANISATION_WORDS)})(?: |$)`;
const [PATIENT, ANYBODY] = [PATIENT_WORDS, [...PERSON_WORDS]].map(
  (all) => ` (?:${words(all)}) | (?:${words(GLUING_PERSONS.filter((word) => all.includes(word)))})[a-z]+ `,
) as [string, string];
const NEUTRAL = [...NEUTRAL_WORDS, ...PERSON_WORDS].filter(
  (word) => !ORGANISATION_WORDS.has(word) && !BOUND_WORDS.has(word),
);

/** Of each phrase a word that says most, or all of it. */
function stemOf(phrase: string): string {
  const parts = phrase.split(' ');
  const telling = parts.filter((word) => word.length > 2 && !NEUTRAL_WORDS.has(word));
  const [longest] = telling.toSorted((a, b) => b.length - a.length);
  return parts.find((word) => PERSON_WORDS.has(word)) ?? longest ?? parts.join(' ?');
}
const STEMS = (() => {
  const all = [...new Set([...OWN_PHRASES.map(stemOf), ...PERSON_WORDS])];
  const [short, long] = [true, false].map((wanted) => all.filter((stem) => stem.length < 4 === wanted));
  const least = long?.filter((stem) => !long.some((other) => other !== stem && stem.startsWith(other)));
  return ` (?:${words(short ?? [])}) |${words(least ?? [])}`;
})();

/** What a value has to look like at the least. */
const IS_WORTH_A_LOOK = '[0-9]{4}|@|^[0-9A-Z(+]';

/** Whether a name and its value are worth a closer look, which costs more: cheap, and never false where an identifier is. */
export const mayBeNamedIdentifier = (name: string, value: string): string =>
  `(size(${value}) >= 2 && size(${value}) <= 160 && ${celMatches(value, IS_WORTH_A_LOOK)} && [${name}].exists(k, ${IS_READ} && ${celMatches(WORDS_OF, STEMS)}))`;

/**
 * Whether a name and its value, both CEL, that are worth a look are an identifier of a person.
 *
 * @param leftOut kinds that are let pass
 */
export function isNamedIdentifier(name: string, value: string, leftOut: readonly string[]): string {
  const byName = endsIn(BY_NAME, 'own', leftOut);
  const unlessOfOrganisation = endsIn(UNLESS_OF_ORGANISATION, 'own', leftOut);
  const [ofMembers, ofPatients] = [true, false].map((wanted) =>
    endsIn(
      OF_PATIENTS.filter(({ kinds }) => kinds.some((kind) => OF_MEMBERS.has(kind)) === wanted),
      'needs-person',
      leftOut,
    ),
  ) as [string[], string[]];
  const isPerson = (person: string) => celMatches('w', person);
  const isNeutral = celMatches(BEFORE, `^(?: (?:[a-z]|[0-9]+|${words(NEUTRAL)}))*$`);
  const isSomebodys = anyOf(
    some(byName, 'true'),
    some(unlessOfOrganisation, `!${celMatches(BEFORE, ORGANISATION)}`),
    some([...ofMembers, ...ofPatients], isPerson(PATIENT), isNeutral),
    some(ofMembers, `!${isDocumentation('v')}`, isPerson(ANYBODY), isNeutral),
  );
  const isMeant = `!${celTest('k', EXAMPLE_WORDS)} && !${celTest('k.lowerAscii()', TRANSLATION)}`;
  return `[${name}].exists(k, ${isMeant} && [${WORDS_OF}].exists(w, !${celMatches('w', ` (?:${words(BOUND_WORDS)}) `)} && [${value}].exists(v, ${isSomebodys} && !${isPlaceholder('v')})))`;
}
