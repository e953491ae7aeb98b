import type { Candidate } from './candidates.ts';
import { isGivenName } from './identifiers/given-names.ts';
import { SHAPES } from './identifiers/index.ts';
import { nameTokensOf } from './identifiers/names.ts';
import { isAssignableSsn } from './identifiers/ssn.ts';
import { isPlaceholder } from './placeholders.ts';
import { pointsOf, type Witness } from './score.ts';
import type { IdentifierKind, TextContext } from './types.ts';

/**
 * Identifiers in running text: comments, notes, log lines, commands, paths. Either a shape that stands for itself, or a word that names the
 * identifier with the value behind it ("MRN: 00482913", "patient Jane Doe").
 */
export function proseCandidates(text: string, context: TextContext): Candidate[] {
  return [...ssnCandidates(text, context), ...labelledCandidates(text, context)];
}

const SSN = /(?<![\w.+-])(\d{3})([- .])(\d{2})\2(\d{4})(?![\w-]|\.\d|[ .]\d)/g;
const SSN_WORDS = /ssn|social.{0,3}security|soc\.? sec/i;
const EXAMPLE_WORDS =
  /\be\.?g\b|\bexamples?\b|\bformat(?:ted)?\b|\bsuch as\b|\blooks? like\b|\bpattern\b|\bregex\b/i;

function* ssnCandidates(text: string, context: TextContext): Generator<Candidate> {
  if (text.length < 11) return;
  SSN.lastIndex = 0;
  for (let match = SSN.exec(text); match !== null; match = SSN.exec(text)) {
    const [value, area = '', separator, group = '', serial = ''] = match;
    if (!isAssignableSsn(area, group, serial) || isPlaceholder(value)) continue;
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    const named = SSN_WORDS.test(before) || context.keys.some((key) => SSN_WORDS.test(key));
    // Numbers with blanks and dots stand in tables and drawings, too.
    const witnesses: Witness[] = [separator === '-' ? 'rareShape' : 'checkedShape'];
    if (named) witnesses.push('ownKey');
    else if (EXAMPLE_WORDS.test(before)) witnesses.push('exampleWords');
    if (/\d[-. ,]{0,2}$/.test(before) && !named) witnesses.push('partOfMore');
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

interface Labelled {
  readonly kind: Exclude<IdentifierKind, 'custom'>;
  readonly label: string;
  readonly value: RegExp;
  /** The words name a person's identifier; otherwise the line must hold one besides. */
  readonly own: boolean;
}

const ID_VALUE = /[A-Za-z]{0,6}-?\d[\dA-Za-z]*(?:-[\dA-Za-z]+){0,3}/y;
const DATE_VALUE =
  /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?![\d/])|\d{8}(?!\d)|(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2}[- ][A-Z][a-z]{2,8}[- ]\d{4}/y;
const PHONE_VALUE = /(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]{0,2}\d{3}[-. ]?\d{4}(?!\d)|\+\d[\d -]{7,17}\d/y;
const NAME_VALUE = /\p{Lu}[\p{L}'’-]*\.?(?:,? \p{Lu}[\p{L}'’-]*\.?){1,3}/uy;
const EMAIL_VALUE = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/y;
const MBI_VALUE = /[\dA-Za-z]{4}-?[\dA-Za-z]{3}-?[\dA-Za-z]{4}(?![\dA-Za-z])/y;
const VIN_VALUE = /[\dA-Za-z]{17}(?![\dA-Za-z])/y;

const LABELS: readonly (readonly [RegExp, Labelled])[] = [
  [
    /^(?:mrn|medical.record|med.rec|chart)/i,
    { kind: 'mrn', label: 'medical record number', value: ID_VALUE, own: true },
  ],
  [/^patient.(?:id|number|no)/i, { kind: 'mrn', label: 'patient identifier', value: ID_VALUE, own: true }],
  [/^(?:ssn|social)/i, { kind: 'ssn', label: 'Social Security number', value: /\d{9}(?!\d)/y, own: true }],
  [
    /^(?:dob|d\.o\.b|date.of.birth|birth|born)/i,
    { kind: 'birth-date', label: 'date of birth', value: DATE_VALUE, own: true },
  ],
  [
    /^(?:admi|discharged|died|deceased)/i,
    { kind: 'date', label: 'date of care', value: DATE_VALUE, own: false },
  ],
  [
    /^(?:mbi|medicare)/i,
    { kind: 'mbi', label: 'Medicare beneficiary identifier', value: MBI_VALUE, own: true },
  ],
  [
    /^(?:medicaid|member.(?:id|number|no)|subscriber|insurance)/i,
    { kind: 'member-id', label: 'health plan member id', value: ID_VALUE, own: true },
  ],
  [/^vin/i, { kind: 'vehicle', label: 'vehicle identification number', value: VIN_VALUE, own: true }],
  [
    /^(?:phone|tel|cell|mobile|call)/i,
    { kind: 'phone', label: 'telephone number', value: PHONE_VALUE, own: false },
  ],
  [/^fax/i, { kind: 'fax', label: 'fax number', value: PHONE_VALUE, own: false }],
  [/^e-?mail/i, { kind: 'email', label: 'e-mail address', value: EMAIL_VALUE, own: false }],
  [/^(?:patient|pt)/i, { kind: 'name', label: 'name', value: NAME_VALUE, own: true }],
];

const LABEL =
  /(?<![A-Za-z])(?:mrn|medical[ -]?record(?:[ -](?:number|no|id))?|med[ -]rec|chart[ -](?:number|no)|patient[ -](?:id|number|no|name)|patient|pt|ssn|social[ -]security(?:[ -](?:number|no))?|dob|d\.o\.b\.?|date of birth|birth ?date|birthday|born(?: on)?|admitted(?: on)?|discharged(?: on)?|died(?: on)?|deceased|mbi|medicare(?:[ -](?:id|number|no|beneficiary id(?:entifier)?))?|medicaid(?:[ -](?:id|number|no))?|member[ -](?:id|number|no)|subscriber[ -](?:id|number)|insurance[ -](?:id|number)|vin|phone(?: number)?|telephone|tel|cell|mobile|call|fax|e-?mail)(?![A-Za-z])/gi;

/** What may stand between the words and the value. */
const BETWEEN = /['")\]]{0,2}\.?(?:\s?(?:number|no\.?|is|was|are|at|on|#))?\s{0,2}[:=#-]{0,2}[\s'"(#]{0,3}/y;

function labelledCandidates(text: string, context: TextContext): Candidate[] {
  const found: { candidate: Candidate; line: number; own: boolean; weak: boolean }[] = [];
  LABEL.lastIndex = 0;
  for (let match = LABEL.exec(text); match !== null; match = LABEL.exec(text)) {
    const label = match[0];
    const labelled = LABELS.find(([pattern]) => pattern.test(label))?.[1];
    if (labelled === undefined) continue;
    BETWEEN.lastIndex = match.index + label.length;
    const between = BETWEEN.exec(text);
    const start = BETWEEN.lastIndex;
    if (between === null || between[0] === '') continue;
    labelled.value.lastIndex = start;
    const value = labelled.value.exec(text)?.[0];
    if (value === undefined || isPlaceholder(value)) continue;
    const shape = SHAPES[labelled.kind](value, [labelled.kind]);
    if (shape === undefined) continue;
    const witnesses: Witness[] = [shape.witness, ...(shape.further ?? [])];
    if (labelled.kind === 'name') {
      const tokens = nameTokensOf(value) ?? [];
      witnesses.push('healthWords');
      if (!tokens.some(isGivenName) && !/name/i.test(label)) continue;
      if (/name/i.test(label)) witnesses.push('givenName');
    } else witnesses.push(labelled.own ? 'ownKey' : 'generalKey');
    const before = text.slice(Math.max(0, match.index - 30), match.index);
    if (EXAMPLE_WORDS.test(before)) witnesses.push('exampleWords');
    found.push({
      candidate: {
        kind: labelled.kind,
        label: labelled.label,
        value,
        start,
        end: start + value.length,
        points: pointsOf(witnesses),
        evidence: [shape.words, `after the words "${label.toLowerCase()}"`],
        keys: context.keys,
      },
      line: lineOf(text, start),
      own: labelled.own,
      weak: !labelled.own,
    });
  }
  return found.map(({ candidate, line, weak }) => {
    const personNearby = weak && found.some((other) => other.own && Math.abs(other.line - line) <= 1);
    return personNearby ? { ...candidate, points: candidate.points + pointsOf(['personRecord']) } : candidate;
  });
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
