import type { IdentifierKind } from '../types.ts';

/** Words in running text that name an identifier, and the form of the value behind them. */
export interface ProseLabel {
  readonly kind: Exclude<IdentifierKind, 'custom'>;
  readonly label: string;
  /** Sticky: matches the value where it starts. */
  readonly value: RegExp;
  /** The words mean a person's identifier by themselves; others need one beside them. */
  readonly own: boolean;
}

const ID = /#?[A-Za-z]{0,6}-?\d[\dA-Za-z]*(?:-[\dA-Za-z]+){0,3}/y;
const NINE_DIGITS = /\d{9}(?!\d)/y;
export const DATE =
  /\d{4}-\d{1,2}-\d{1,2}(?![\d-])|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?![\d/])|\d{4}\/\d{1,2}\/\d{1,2}|\d{8}(?!\d)|(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}[- ][A-Z][a-z]{2,8}\.?,?[- ]\d{4}/y;
const PHONE =
  /(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]{0,2}\d{3}[-. ]?\d{4}(?!\d)|\+\d[\d ()-]{7,18}\d|\d{3}-\d{4}(?![\d-])/y;
const NAME = /\p{Lu}[\p{L}'’-]*\.?(?:,? \p{Lu}[\p{L}'’-]*\.?){1,3}/uy;
const EMAIL = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/y;
const MBI = /[\dA-Za-z]{4}-?[\dA-Za-z]{3}-?[\dA-Za-z]{4}(?![\dA-Za-z])/y;
const WORD_17 = /[\dA-Za-z]{17}(?![\dA-Za-z])/y;
const DEA = /[A-Za-z][A-Za-z9]\d{7}(?!\d)/y;
const NPI = /\d{10}(?!\d)/y;
const ICD = /[A-TV-Z]\d[\dAB](?:\.[\dA-Z]{1,4})?(?![\dA-Za-z])/y;

type Row = readonly [words: string, kind: ProseLabel['kind'], label: string, value: RegExp, own: boolean];

const ROWS: readonly Row[] = [
  [
    'ssn (?:ending|ends)(?: in| with)?|last (?:4|four)(?: digits)? of (?:the |his |her )?ssn',
    'ssn',
    'Social Security number',
    /\d{4}(?!\d)/y,
    true,
  ],
  [
    'ssn|social[ -]security(?:[ -](?:number|num|no))?|soc\\.? sec\\.?',
    'ssn',
    'Social Security number',
    NINE_DIGITS,
    true,
  ],
  [
    'mrn|medical[ -]?record(?:[ -](?:number|num|no|id))?|med[ -]rec(?:[ -]no)?|chart[ -](?:number|no)',
    'mrn',
    'medical record number',
    ID,
    true,
  ],
  ['patient[ _-]?(?:id|identifier|number|no)', 'mrn', 'patient identifier', ID, true],
  [
    'dob|d\\.o\\.b\\.?|date[ -]of[ -]birth|birth[ -]?date|birthday|born(?: on)?',
    'birth-date',
    'date of birth',
    DATE,
    true,
  ],
  ['admission(?: date)?|admitted(?: on)?|admit date', 'date', 'admission date', DATE, false],
  ['discharge(?: date)?|discharged(?: on)?', 'date', 'discharge date', DATE, false],
  ['died(?: on)?|deceased(?: on)?|date of death|death date|dod', 'date', 'date of death', DATE, false],
  [
    'visit(?: on)?|seen on|appointment(?: on)?|surgery(?: on)?|procedure(?: on)?',
    'date',
    'date of care',
    DATE,
    false,
  ],
  [
    'mbi|medicare(?:[ -](?:id|number|no|beneficiary(?: id(?:entifier)?)?))?',
    'mbi',
    'Medicare beneficiary identifier',
    MBI,
    true,
  ],
  ['medicaid(?:[ -](?:id|number|no))?', 'member-id', 'Medicaid id', ID, true],
  [
    'member[ -]?(?:id|number|no)|subscriber[ -]?(?:id|number|no)|insurance[ -](?:id|number|no|policy)|policy[ -](?:number|no)',
    'member-id',
    'health plan member id',
    ID,
    true,
  ],
  [
    '(?:patient |guarantor |hospital )?account(?:[ -](?:number|no))?|acct(?: no)?',
    'account',
    'account number',
    ID,
    false,
  ],
  ['dea(?:[ -](?:number|no))?', 'dea', 'DEA registration number', DEA, true],
  ['npi(?:[ -](?:number|no))?', 'npi', 'National Provider Identifier', NPI, true],
  ['vin(?:[ -](?:number|no))?', 'vehicle', 'vehicle identification number', WORD_17, true],
  [
    "(?:driver'?s? )?licen[cs]e(?:[ -](?:number|no))?|passport(?:[ -](?:number|no))?",
    'license',
    'licence number',
    ID,
    false,
  ],
  [
    '(?:device |pacemaker |implant |pump )?serial(?:[ -](?:number|no))?',
    'device',
    'device serial number',
    ID,
    false,
  ],
  [
    'phone(?: number)?|telephone|tel|ph|cell(?: ?phone)?|mobile|call|reach(?:ed)? at',
    'phone',
    'telephone number',
    PHONE,
    false,
  ],
  ['fax', 'fax', 'fax number', PHONE, false],
  ['e-?mail', 'email', 'e-mail address', EMAIL, false],
  ['diagnosis|diagnosed with|dx|icd(?:-?10)?(?:-cm)?', 'diagnosis', 'diagnosis', ICD, false],
  [
    'patient(?: name)?|pt|subscriber name|member name|guarantor(?: name)?|next of kin|emergency contact|mother|father|spouse|wife|husband|daughter|son',
    'name',
    'name',
    NAME,
    true,
  ],
  ['name', 'name', 'name', NAME, false],
];

/** Every label, as one alternation; which one it was says `labelOf`. Sticky, since it is only tried where a word is known to start. */
export const LABEL_AT = alternation('y');
/** The same to look for labels everywhere in a line. */
export const LABELS_IN_LINE = alternation('g');

function alternation(flag: 'y' | 'g'): RegExp {
  return new RegExp(`(?<![A-Za-z])(?:${ROWS.map(([words]) => words).join('|')})(?![A-Za-z])`, `i${flag}`);
}

const BY_WORDS: readonly (readonly [RegExp, ProseLabel])[] = ROWS.map(([words, kind, label, value, own]) => [
  new RegExp(`^(?:${words})$`, 'i'),
  { kind, label, value, own },
]);

export function labelOf(words: string): ProseLabel | undefined {
  return BY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
}
