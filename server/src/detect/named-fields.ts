import type { Candidate } from './candidates.ts';
import type { Field, FieldRecord } from './fields.ts';
import { SHAPES } from './identifiers/index.ts';
import { type KeyMeaning, meaningOf } from './keys/meaning.ts';
import { shownKey } from './mask.ts';
import { isPlaceholder } from './placeholders.ts';
import { speaksOfExample } from './prose/alone.ts';
import { shapesIn } from './prose/shapes.ts';
import type { RecordJudge } from './records.ts';
import { pointsOf, type Witness } from './score.ts';
import type { IdentifierKind } from './types.ts';

/** Weighs one field: what its format or its key says, what the value looks like, and what stands beside it. */
export function fieldCandidate(field: Field, record: FieldRecord, judge: RecordJudge): Candidate | undefined {
  if (field.text.length > MAX_VALUE) return undefined;
  if (field.defined !== undefined) return definedCandidate(field, field.defined.kind);
  const key = field.keys.at(-1) ?? '';
  const meaning = meaningOf(key);
  const { kind } = meaning;
  if (kind === undefined || kind === 'custom' || isPlaceholder(field.text)) return undefined;
  const shape = SHAPES[kind](field.text, meaning.words);
  if (shape === undefined) return undefined;
  const byKey = keyWitness(meaning, kind);
  if (byKey === undefined) return undefined;
  const belongs = !meaning.organisation && (!meaning.foreign || record.nature === 'row');
  const inRecord = (belongs || meaning.own) && judge.isAboutPerson(record, field);
  if (byKey === 'generalKey' && !inRecord) return undefined;
  // Without a person a code says nothing about anybody.
  if (kind === 'diagnosis' && !inRecord) return undefined;
  const witnesses: Witness[] = [
    shape.witness,
    ...(shape.further ?? []),
    byKey,
    ...(inRecord ? ['personRecord' as const] : []),
    ...(speaksOfExample(key) ? ['exampleWords' as const] : []),
  ];
  const evidence = [
    shape.words,
    `under ${shownKey(key)}`,
    ...(inRecord ? ['in a record about a person'] : []),
  ];
  return candidateOf(field, kind, meaning.label ?? kind, witnesses, evidence);
}

/** Longer values are no identifiers, but texts or pictures. */
const MAX_VALUE = 2_000_000;

function definedCandidate(field: Field, kind: IdentifierKind): Candidate | undefined {
  const { defined } = field;
  if (defined === undefined || kind === 'custom' || isPlaceholder(field.text)) return undefined;
  const shape = SHAPES[kind](field.text, []);
  const witnesses: Witness[] = ['format', ...(shape === undefined ? [] : [shape.witness])];
  const evidence = [`${defined.label} in ${defined.source}`, ...(shape === undefined ? [] : [shape.words])];
  return candidateOf(field, kind, defined.label, witnesses, evidence);
}

/** `MRN_LIST: 10002345,10002346`: each value of a list under a key that names numbers or dates of persons. */
export function listedCandidates(field: Field): Candidate[] {
  const { text, keys, locate } = field;
  const key = keys.at(-1) ?? '';
  const meaning = meaningOf(key);
  const { kind } = meaning;
  if (
    !meaning.own ||
    kind === undefined ||
    !LISTED_KINDS.has(kind) ||
    kind === 'custom' ||
    !/[,;|]/.test(text)
  )
    return [];
  const found: Candidate[] = [];
  for (const match of text.matchAll(/[^,;|\s[\]"']+/g)) {
    const [value] = match;
    const shape = isPlaceholder(value) ? undefined : SHAPES[kind](value, meaning.words);
    if (shape === undefined) return [];
    found.push({
      kind,
      label: meaning.label ?? kind,
      value,
      start: locate(match.index),
      end: locate(match.index + value.length),
      points: pointsOf(['ownKey', shape.witness]),
      evidence: [shape.words, `in a list under ${shownKey(key)}`],
      keys,
    });
  }
  return found;
}

const LISTED_KINDS: ReadonlySet<IdentifierKind> = new Set<IdentifierKind>([
  'ssn',
  'mrn',
  'mbi',
  'member-id',
  'birth-date',
  'npi',
  'dea',
]);

/** Longer values are texts, which are read as running text. */
const LONGEST_MIXED = 300;

/** Several identifiers in one value under a key about a person: `PATIENT_CONTACT: Jane Doe, 312-867-5309`. */
export function mixedCandidates(field: Field): Candidate[] {
  const { text, keys, locate } = field;
  if (field.defined !== undefined || text.length > LONGEST_MIXED || text.length < 8 || /[\n{<]/.test(text))
    return [];
  const key = keys.at(-1) ?? '';
  const meaning = meaningOf(key);
  const isOwnName = meaning.own && meaning.kind === 'name';
  if ((meaning.person !== 'patient' && !isOwnName) || meaning.organisation || meaning.foreign) return [];
  return shapesIn(text).map(({ kind, label, start, end, words, further }) => ({
    kind,
    label,
    value: text.slice(start, end),
    start: locate(start),
    end: locate(end),
    points: pointsOf(['usualShape', 'personKey', ...further]),
    evidence: [words, `under ${shownKey(key)}`],
    keys,
  }));
}

function keyWitness(meaning: KeyMeaning, kind: IdentifierKind): Witness | undefined {
  if (meaning.own) {
    if (meaning.organisation && isOfClustersToo(meaning, kind)) return undefined;
    return meaning.person === 'ambiguous' ? 'ambiguousPersonKey' : 'ownKey';
  }
  if (meaning.organisation) return undefined;
  if (meaning.foreign && HOSTS_TOO.has(kind)) return undefined;
  if (meaning.foreign && OFFICES_TOO.has(kind)) return 'generalKey';
  if (meaning.person === 'patient') return 'personKey';
  if (meaning.person !== 'ambiguous' || meaning.foreign || isOfClustersToo(meaning, kind))
    return 'generalKey';
  return kind === 'name' ? 'personKey' : 'ambiguousPersonKey';
}

/** `member_id`, `participant_name`: brokers and clusters have these, too. */
const CLUSTER_WORDS_TOO: ReadonlySet<IdentifierKind> = new Set<IdentifierKind>([
  'member-id',
  'other-id',
  'name',
  'url',
  'ip-address',
  'date',
  'account',
]);

/** `patient_relations_phone`, `patient_export_date`: with any further word they may be an office's or a program's. */
const OFFICES_TOO: ReadonlySet<IdentifierKind> = new Set<IdentifierKind>([
  'phone',
  'fax',
  'email',
  'address',
  'city',
  'zip',
  'date',
]);

/** Parts of a name that only people have. */
const NAME_PARTS = new Set(['first', 'last', 'given', 'family', 'middle', 'maiden', 'full', 'surname']);

function isOfClustersToo({ words }: KeyMeaning, kind: IdentifierKind): boolean {
  if (kind === 'name' && words.some((word) => NAME_PARTS.has(word))) return false;
  return CLUSTER_WORDS_TOO.has(kind);
}

/** `patient_gateway_ip`: with any further word it is a host. */
const HOSTS_TOO: ReadonlySet<IdentifierKind> = new Set<IdentifierKind>(['ip-address', 'url']);

function candidateOf(
  field: Field,
  kind: IdentifierKind,
  label: string,
  witnesses: readonly Witness[],
  evidence: readonly string[],
): Candidate {
  return {
    kind,
    label,
    value: field.text,
    start: field.locate(0),
    end: field.locate(field.text.length),
    points: pointsOf(witnesses),
    evidence,
    keys: field.keys,
  };
}
