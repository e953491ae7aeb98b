import { emailShape, phoneShape } from '../identifiers/contact.ts';
import { dateShape } from '../identifiers/dates.ts';
import { addressShape } from '../identifiers/geography.ts';
import { isGivenName } from '../identifiers/given-names.ts';
import { isOtherWord, nameTokensOf } from '../identifiers/names.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Witness } from '../score.ts';
import type { IdentifierKind } from '../types.ts';

/** A value without a word that names it, in a line that is about a person. */
export interface ShapeInLine {
  readonly kind: IdentifierKind;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly further: readonly Witness[];
}

const PHONE = /(?<![\w.-])(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-]|\.\d)/g;
const EMAIL = /(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;
const STREET =
  /(?<![\w.-])\d{1,6} (?:[NSEW]{1,2}\.? )?(?:\p{Lu}[\p{L}.'-]{1,20} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Terrace|Parkway|Pkwy|Highway|Hwy|Way|Circle|Cir|Trail|Trl)\b\.?(?:,? (?:Apt|Unit|Suite|#)\.? ?[\w-]{1,6})?/gu;
const NAME =
  /(?<![\p{L}\p{N}_./@-])\p{Lu}\p{Ll}[\p{L}'’-]{0,20}(?: \p{Lu}\.?)?,? \p{Lu}[\p{L}'’-]{1,25}(?:-\p{Lu}\p{Ll}{1,20})?(?![\p{L}\p{N}_@])/gu;

const DATE = /(?<![\w./-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\/\d{1,2}\/\d{4})(?![\w/-])/g;

/** Dates without a word that names them, for a caller who knows that the line is a record of a person. */
export function* datesIn(line: string): Generator<ShapeInLine> {
  for (const match of line.matchAll(DATE)) {
    const shape = dateShape(match[0], []);
    if (shape !== undefined) yield found('date', 'date in a record of a person', match, shape.words);
  }
}

/** Telephone numbers, addresses and names in one line, for a caller who knows that the line is about a person. */
export function shapesIn(line: string): ShapeInLine[] {
  return [...phonesIn(line), ...emailsIn(line), ...streetsIn(line), ...namesIn(line)];
}

function* phonesIn(line: string): Generator<ShapeInLine> {
  for (const match of line.matchAll(PHONE)) {
    const shape = isPlaceholder(match[0]) ? undefined : phoneShape(match[0], []);
    if (shape !== undefined) yield found('phone', 'telephone number', match, shape.words);
  }
}

function* emailsIn(line: string): Generator<ShapeInLine> {
  if (!line.includes('@')) return;
  for (const match of line.matchAll(EMAIL)) {
    const shape = emailShape(match[0], []);
    if (shape !== undefined) yield found('email', 'e-mail address', match, shape.words);
  }
}

function* streetsIn(line: string): Generator<ShapeInLine> {
  for (const match of line.matchAll(STREET)) {
    const shape = addressShape(match[0], []);
    if (shape !== undefined) yield found('address', 'street address', match, shape.words);
  }
}

/** "Tunde Bakare (DOB ...": what follows says that it was a name. */
const LABEL_BEHIND = /^ ?[,(;] ?(?:dob|mrn|ssn|born|date of birth|medical rec|d\.o\.b)/i;

function* namesIn(line: string): Generator<ShapeInLine> {
  NAME.lastIndex = 0;
  for (let match = NAME.exec(line); match !== null; match = NAME.exec(line)) {
    const first = /^[\p{L}'’-]+/u.exec(match[0])?.[0] ?? '';
    if (isOtherWord(first)) {
      // "Dear Maria Gonzalez": the name may start with the next word.
      NAME.lastIndex = match.index + first.length;
      continue;
    }
    // Those who give care are no patients.
    if (/\b(?:Drs?|Doctor|Nurse|Prof)\.? ?$/.test(line.slice(Math.max(0, match.index - 10), match.index)))
      continue;
    const name = match[0].replace(/['’]s?$/, '');
    const isKnown = nameTokensOf(name)?.some(isGivenName);
    const after = line.slice(match.index + name.length, match.index + name.length + 20);
    if (isKnown === undefined || !(isKnown || LABEL_BEHIND.test(after))) continue;
    const shape = found(
      'name',
      'name',
      match,
      "several words like a person's name",
      isKnown ? ['givenName'] : [],
    );
    yield { ...shape, end: match.index + name.length };
  }
}

function found(
  kind: IdentifierKind,
  label: string,
  match: RegExpExecArray,
  words: string,
  further: readonly Witness[] = [],
): ShapeInLine {
  return { kind, label, start: match.index, end: match.index + match[0].length, words, further };
}
