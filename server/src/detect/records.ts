import type { Field, FieldRecord } from './fields.ts';
import { SHAPES } from './identifiers/index.ts';
import { meaningOf, subjectOf } from './keys/meaning.ts';
import { isPlaceholder } from './placeholders.ts';
import type { IdentifierKind } from './types.ts';

/** Below this share of identifying fields, a flat file of settings is no record of a person. */
const LEAST_SHARE_OF_LINES = 0.1;

/** Tells which records are about a person. Each record is judged once. */
export class RecordJudge {
  readonly #identifiers = new Map<FieldRecord, readonly Field[]>();
  readonly #children = new Map<FieldRecord, FieldRecord[]>();

  constructor(records: readonly FieldRecord[]) {
    for (const record of records) {
      if (record.parent === undefined) continue;
      const siblings = this.#children.get(record.parent);
      if (siblings === undefined) this.#children.set(record.parent, [record]);
      else siblings.push(record);
    }
  }

  /**
   * Whether something besides the field itself says that the record is a person's: another identifier in it, in the record around it or
   * in one of its parts, or the name of what it stands under.
   */
  isAboutPerson(record: FieldRecord, except: Field): boolean {
    if (record.about !== undefined) return record.about === 'person';
    for (let level: FieldRecord | undefined = record; level !== undefined; level = level.parent) {
      if (this.#isIdentified(level, except) || isNamedMember(level)) return true;
      if (!isPartOfWhole(level)) return false;
    }
    return subjectOf(record.keys) === 'person';
  }

  #isIdentified(record: FieldRecord, except: Field): boolean {
    const parts = (this.#children.get(record) ?? []).filter(isPartOfWhole).slice(0, 50);
    return [record, ...parts].some((part) => this.#identifiersIn(part).some((field) => field !== except));
  }

  /** The fields of a record that identify a person by themselves. */
  #identifiersIn(record: FieldRecord): readonly Field[] {
    const known = this.#identifiers.get(record);
    if (known !== undefined) return known;
    const identifying = record.fields.filter(identifiesPerson);
    const enough =
      record.nature !== 'lines' || identifying.length >= record.fields.length * LEAST_SHARE_OF_LINES;
    const found = enough ? identifying : [];
    this.#identifiers.set(record, found);
    return found;
  }
}

/** An address in a patient is the patient's; a provider in a patient is somebody else. */
function isPartOfWhole(record: FieldRecord): boolean {
  const key = record.keys.at(-1);
  if (key === undefined) return true;
  const meaning = meaningOf(key);
  return !meaning.organisation && !meaning.foreign;
}

/** `member: {givenName, familyName, ...}`: with the name of a human being in it, a member is no process. */
function isNamedMember(record: FieldRecord): boolean {
  const key = record.keys.at(-1);
  if (key === undefined || meaningOf(key).person !== 'ambiguous') return false;
  const parts = record.fields.filter(({ keys, text }) => {
    const { kind, words } = meaningOf(keys.at(-1) ?? '');
    return (
      kind === 'name' && words.some((word) => NAME_PARTS.has(word)) && SHAPES.name(text, words) !== undefined
    );
  });
  return parts.length >= 2;
}

const NAME_PARTS = new Set(['first', 'last', 'given', 'family', 'fname', 'lname', 'surname']);

/** Numbers of the staff: they make no record one about a patient. */
const STAFF_KINDS: ReadonlySet<IdentifierKind> = new Set<IdentifierKind>(['npi', 'dea', 'license']);

function identifiesPerson(field: Field): boolean {
  if (field.defined !== undefined) return true;
  const meaning = meaningOf(field.keys.at(-1) ?? '');
  const { kind } = meaning;
  if (kind === undefined || kind === 'custom' || STAFF_KINDS.has(kind)) return false;
  if (!meaning.own && meaning.person !== 'patient') return false;
  return !isPlaceholder(field.text) && SHAPES[kind](field.text, meaning.words) !== undefined;
}
