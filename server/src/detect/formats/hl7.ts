import { type Field, type FieldDefinition, type FieldRecord, type SourceText, shifted } from '../fields.ts';
import type { IdentifierKind } from '../types.ts';

/**
 * Reads HL7 version 2 messages: segments of `|`-separated fields, of which the standard says what they hold.
 *
 * The maintained libraries give values by name and not where they stand; the grammar is two splits.
 *
 * Sources: HL7 v2.5.1 chapters 3 and 6.
 */
export function readHl7(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const records: FieldRecord[] = [];
  for (const { start, end } of linesOf(source.text)) {
    const name = source.text.slice(start, start + 3);
    const definitions = SEGMENTS[name];
    if (definitions === undefined || source.text.charAt(start + 3) !== '|') continue;
    const fields = readSegment(source, start, end, name, definitions, keys);
    if (fields.length > 0) records.push({ fields, nature: 'segment', keys, about: 'person' });
  }
  return records;
}

/** Whether a text holds segments of HL7 v2 that speak of a person. */
export function looksLikeHl7(text: string): boolean {
  return /(?:^|[\r\n])[ \t]*(?:MSH\|\^~|(?:PID|NK1|GT1|IN1|MRG)\|[^|\r\n]*\|)/.test(text);
}

type SegmentFields = Readonly<Record<number, readonly [IdentifierKind, string]>>;

const SEGMENTS: Readonly<Record<string, SegmentFields>> = {
  PID: {
    2: ['mrn', 'patient identifier'],
    3: ['mrn', 'medical record number'],
    4: ['mrn', 'patient identifier'],
    5: ['name', 'name'],
    6: ['name', "mother's maiden name"],
    7: ['birth-date', 'date of birth'],
    9: ['name', 'alias'],
    11: ['address', 'street address'],
    13: ['phone', 'telephone number'],
    14: ['phone', 'telephone number'],
    18: ['account', 'patient account number'],
    19: ['ssn', 'Social Security number'],
    20: ['license', "driver's licence number"],
    21: ['mrn', "mother's identifier"],
    23: ['city', 'birth place'],
    29: ['date', 'date of death'],
  },
  NK1: {
    2: ['name', 'name of a relative'],
    4: ['address', 'street address'],
    5: ['phone', 'telephone number'],
    6: ['phone', 'telephone number'],
    16: ['birth-date', 'date of birth'],
    37: ['ssn', 'Social Security number'],
  },
  GT1: {
    2: ['account', 'guarantor number'],
    3: ['name', 'name of the guarantor'],
    4: ['name', 'name of the spouse'],
    5: ['address', 'street address'],
    6: ['phone', 'telephone number'],
    7: ['phone', 'telephone number'],
    8: ['birth-date', 'date of birth'],
    12: ['ssn', 'Social Security number'],
  },
  IN1: {
    16: ['name', 'name of the insured'],
    18: ['birth-date', 'date of birth'],
    19: ['address', 'street address'],
    36: ['member-id', 'health plan policy number'],
    49: ['member-id', 'health plan member id'],
  },
  IN2: {
    1: ['member-id', 'health plan member id'],
    2: ['ssn', 'Social Security number'],
    6: ['mbi', 'Medicare beneficiary identifier'],
    8: ['member-id', 'Medicaid id'],
    61: ['member-id', 'health plan member id'],
  },
  MRG: {
    1: ['mrn', 'medical record number'],
    3: ['account', 'patient account number'],
    4: ['mrn', 'patient identifier'],
    7: ['name', 'name'],
  },
  PV1: {
    19: ['other-id', 'visit number'],
    44: ['date', 'admission date'],
    45: ['date', 'discharge date'],
  },
  DG1: { 3: ['diagnosis', 'diagnosis'] },
  ACC: { 1: ['date', 'date of the accident'] },
};

/** Table 0203: what a repetition of an id list is. */
const ID_TYPES: Readonly<Record<string, readonly [IdentifierKind, string]>> = {
  SS: ['ssn', 'Social Security number'],
  AN: ['account', 'patient account number'],
  MC: ['mbi', 'Medicare beneficiary identifier'],
  MA: ['member-id', 'Medicaid id'],
  MB: ['member-id', 'health plan member id'],
  DL: ['license', "driver's licence number"],
  PPN: ['license', 'passport number'],
};

function readSegment(
  source: SourceText,
  start: number,
  end: number,
  segment: string,
  definitions: SegmentFields,
  keys: readonly string[],
): Field[] {
  const fields: Field[] = [];
  const { text } = source;
  let at = start;
  for (let number = 0; at <= end; number++) {
    let fieldEnd = text.indexOf('|', at);
    if (fieldEnd === -1 || fieldEnd > end) fieldEnd = end;
    const definition = definitions[number];
    if (definition !== undefined && fieldEnd > at) {
      for (const repetition of repetitionsOf(text, at, fieldEnd)) {
        const field = fieldOf(source, repetition, segment, number, definition, keys);
        if (field !== undefined) fields.push(field);
      }
    }
    at = fieldEnd + 1;
  }
  return fields;
}

function* repetitionsOf(text: string, start: number, end: number): Generator<{ start: number; end: number }> {
  for (let at = start; at < end; ) {
    let stop = text.indexOf('~', at);
    if (stop === -1 || stop > end) stop = end;
    if (stop > at) yield { start: at, end: stop };
    at = stop + 1;
  }
}

function fieldOf(
  source: SourceText,
  { start, end }: { start: number; end: number },
  segment: string,
  number: number,
  [kind, label]: readonly [IdentifierKind, string],
  keys: readonly string[],
): Field | undefined {
  const components = source.text.slice(start, end).split('^');
  const name = `${segment}-${number}`;
  const typed = ID_TYPES[components[4] ?? ''];
  const [realKind, realLabel] = kind === 'mrn' && typed !== undefined ? typed : [kind, label];
  const length = valueLength(realKind, components);
  const text = source.text.slice(start, start + length);
  if (text.replace(/[\^&"]/g, '') === '') return undefined;
  const defined: FieldDefinition = { kind: realKind, label: realLabel, source: name };
  return { keys: [...keys, name], text, locate: shifted(start, source.locate), defined };
}

/** Names and addresses are whole; of an id or a number, the first component is the value. */
function valueLength(kind: IdentifierKind, components: readonly string[]): number {
  const whole = components.join('^').replace(/\^+$/, '');
  if (kind === 'name') return components.slice(0, 6).join('^').replace(/\^+$/, '').length;
  if (kind === 'address') return whole.length;
  const first = components[0] ?? '';
  return kind === 'phone' && first === '' ? whole.length : first.length;
}

function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (at < text.length && code !== 0x0a && code !== 0x0d) continue;
    let first = start;
    while (first < at && text.charCodeAt(first) <= 0x20) first++;
    if (at > first) yield { start: first, end: at };
    start = at + 1;
  }
}
