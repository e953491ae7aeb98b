import type { Candidate } from './candidates.ts';
import type { Field, FieldRecord } from './fields.ts';
import { isGivenName } from './identifiers/given-names.ts';
import { SHAPES } from './identifiers/index.ts';
import { nameTokensOf } from './identifiers/names.ts';
import { subjectOf } from './keys/meaning.ts';
import { isPlaceholder } from './placeholders.ts';
import { pointsOf } from './score.ts';
import type { IdentifierKind } from './types.ts';

/**
 * A value in a row of persons whose columns have no names (`INSERT INTO patients VALUES (...)`): its shape, its neighbour and the name of
 * the table have to tell.
 */
export function unnamedCandidate(field: Field, record: FieldRecord): Candidate | undefined {
  if (record.nature !== 'row' || field.keys.at(-1) !== '' || isPlaceholder(field.text)) return undefined;
  if (subjectOf(record.keys) !== 'person') return undefined;
  if (isNameInRow(field, record)) return candidateOf(field, 'name', 'name', "a word like a person's name");
  for (const [kind, label] of KINDS) {
    const shape = SHAPES[kind](field.text, []);
    if (shape !== undefined) return candidateOf(field, kind, label, shape.words);
  }
  return undefined;
}

/** Kinds with a shape that tells them from a number of something else. */
const KINDS = [
  ['email', 'e-mail address'],
  ['phone', 'telephone number'],
  ['date', 'date in a record of a person'],
  ['address', 'street address'],
] as const;

/** A given name, or the word behind one. */
function isNameInRow(field: Field, record: FieldRecord): boolean {
  const tokens = nameTokensOf(field.text);
  if (tokens === undefined || !/^\p{Lu}/u.test(field.text)) return false;
  if (tokens.some(isGivenName)) return true;
  const before = record.fields[record.fields.indexOf(field) - 1];
  return before !== undefined && isGivenName(before.text);
}

function candidateOf(field: Field, kind: IdentifierKind, label: string, words: string): Candidate {
  return {
    kind,
    label,
    value: field.text,
    start: field.locate(0),
    end: field.locate(field.text.length),
    points: pointsOf(['usualShape', 'personRecord']),
    evidence: [words, 'in a row of a table of persons'],
    keys: field.keys,
  };
}
