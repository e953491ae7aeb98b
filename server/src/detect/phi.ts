import { type Candidate, detectionsFrom } from './candidates.ts';
import { type Field, type FieldRecord, inPlace } from './fields.ts';
import { readRecords } from './formats/index.ts';
import { SHAPES } from './identifiers/index.ts';
import { type KeyMeaning, meaningOf, subjectOf } from './keys/meaning.ts';
import { isPlaceholder } from './placeholders.ts';
import { proseCandidates } from './prose.ts';
import { pointsOf, type Witness } from './score.ts';
import type { Detection, DetectOptions, IdentifierKind, TextContext } from './types.ts';

/**
 * Finds identifiers of persons in one text value.
 *
 * @param text the logical value, as YAML gives it to a program
 * @param context where the value stands; its keys and neighbours are part of the evidence
 * @returns in the order of the text, without overlaps
 */
export function detectPhi(
  text: string,
  context: TextContext,
  options: DetectOptions = {},
): Detection<IdentifierKind>[] {
  if (text.length < 2 || isPlaceholder(text)) return [];
  const candidates = [...fieldCandidates(text, context), ...proseCandidates(text, context)];
  return detectionsFrom(candidates, text, options);
}

function fieldCandidates(text: string, context: TextContext): Candidate[] {
  if (
    !TRIGGER.test(text) &&
    !context.keys.some((key) => TRIGGER.test(key.replace(/[_\-.]/g, ' ')) || TRIGGER.test(key)) &&
    context.siblings === undefined
  )
    return [];
  const own: Field = { keys: context.keys, text, locate: inPlace };
  const around: FieldRecord = {
    fields: (context.siblings ?? []).map(({ key, value }) => ({
      keys: [...context.keys.slice(0, -1), key],
      text: value,
      locate: inPlace,
    })),
    nature: 'lines',
    keys: context.keys.slice(0, -1),
  };
  const judged = new RecordJudge();
  const candidates: Candidate[] = [];
  const add = (field: Field, record: FieldRecord) => {
    const candidate = fieldCandidate(field, record, judged);
    if (candidate !== undefined) candidates.push(candidate);
  };
  if (!text.includes('\n')) add(own, around);
  for (const record of readRecords(own, context.keys)) for (const field of record.fields) add(field, record);
  return candidates;
}

/** Words without one of which no field can be a person's. Cheap to look for, so that ordinary configuration is left at once. */
const TRIGGER =
  /patient|\bpt[ _]|member|subscriber|beneficiar|insured|guarantor|enrollee|dependent|decedent|policyholder|cardholder|claimant|next.?of.?kin|\bnok\b|emergency.?contact|maiden|ssn|social.?sec|soc.?sec|mrn|medical|med.?rec|chart.?n|empi|mbi|medicare|medicaid|hicn|d\.?o\.?b|birth|born|death|deceased|admi[ts]|discharge|dea|npi|provider.?id|vin\b|vehicle|plate|udi|serial|licen[cs]e|passport|rx|prescription|insurance|PID\||NK1\||GT1\||IN1\||account|resident|participant|inpatient|hospital.?n|employee/i;

/** Whether a record is about a person, each one judged once. */
class RecordJudge {
  readonly #answers = new Map<FieldRecord, ReadonlySet<Field>>();

  /** Fields of the record, or of the record around it, that identify a person by themselves. */
  identifiersIn(record: FieldRecord): ReadonlySet<Field> {
    const known = this.#answers.get(record);
    if (known !== undefined) return known;
    const found = new Set(record.fields.filter(identifiesAPerson));
    this.#answers.set(record, found);
    return found;
  }

  isAboutPerson(record: FieldRecord, except: Field): boolean {
    if (record.about === 'person') return true;
    for (let level: FieldRecord | undefined = record; level !== undefined; level = level.parent) {
      const identifiers = this.identifiersIn(level);
      if (identifiers.size > (identifiers.has(except) ? 1 : 0)) return true;
      // An address in a patient is the patient's; a provider in a patient is somebody else.
      const key = level.keys.at(-1);
      const meaning = key === undefined ? undefined : meaningOf(key);
      if (meaning === undefined || meaning.organisation || meaning.foreign) break;
    }
    return subjectOf(record.keys) === 'person';
  }
}

function identifiesAPerson(field: Field): boolean {
  if (field.defined !== undefined) return true;
  const meaning = meaningOf(field.keys.at(-1) ?? '');
  if (meaning.kind === undefined || meaning.kind === 'custom' || !meaning.own || isPlaceholder(field.text))
    return false;
  return !PROVIDER_KINDS.has(meaning.kind) && SHAPES[meaning.kind](field.text, meaning.words) !== undefined;
}

/** Numbers of the staff: they make no record one about a patient. */
const PROVIDER_KINDS: ReadonlySet<IdentifierKind> = new Set<IdentifierKind>(['npi', 'dea', 'license']);

function fieldCandidate(field: Field, record: FieldRecord, judge: RecordJudge): Candidate | undefined {
  const key = field.keys.at(-1) ?? '';
  const meaning = meaningOf(key);
  const kind = field.defined?.kind ?? meaning.kind;
  if (kind === undefined || kind === 'custom' || field.text.length > MAX_VALUE || isPlaceholder(field.text))
    return undefined;
  const shape = SHAPES[kind](field.text, meaning.words);
  if (field.defined !== undefined) {
    const witnesses: Witness[] = ['format', ...(shape === undefined ? [] : [shape.witness])];
    const evidence = [
      `in ${field.defined.source}, ${field.defined.label}`,
      ...(shape === undefined ? [] : [shape.words]),
    ];
    return candidateOf(field, kind, field.defined.label, witnesses, evidence);
  }
  if (shape === undefined) return undefined;
  const witnesses: Witness[] = [shape.witness, ...(shape.further ?? [])];
  const evidence = [shape.words, `under the key ${key}`];
  const fits = record.nature === 'row' ? !meaning.organisation : !meaning.organisation && !meaning.foreign;
  const inRecord = (fits || meaning.own) && judge.isAboutPerson(record, field);
  const byKey = keyWitness(meaning, kind);
  if (byKey === undefined || (byKey === 'generalKey' && !inRecord)) return undefined;
  witnesses.push(byKey);
  if (inRecord) {
    witnesses.push('personRecord');
    evidence.push('in a record about a person');
  }
  return candidateOf(field, kind, meaning.label ?? kind, witnesses, evidence);
}

/** Longer values are no identifiers, but texts; pictures and biometric templates are judged by their beginning. */
const MAX_VALUE = 100_000;

function keyWitness(meaning: KeyMeaning, kind: IdentifierKind): Witness | undefined {
  if (meaning.own) {
    const aboutOrganisation = meaning.organisation && (kind === 'member-id' || kind === 'name');
    if (aboutOrganisation) return undefined;
    return meaning.person === 'ambiguous' ? 'ambiguousPersonKey' : 'ownKey';
  }
  if (meaning.organisation) return undefined;
  if (meaning.person === 'patient') return 'personKey';
  return meaning.person === 'ambiguous' && !meaning.foreign && !AMBIGUOUS_IDS.has(kind)
    ? 'ambiguousPersonKey'
    : 'generalKey';
}

/** `member_id`, `participant_name`: brokers and clusters have these, too. */
const AMBIGUOUS_IDS: ReadonlySet<IdentifierKind> = new Set<IdentifierKind>([
  'other-id',
  'name',
  'url',
  'ip-address',
  'date',
  'account',
]);

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
