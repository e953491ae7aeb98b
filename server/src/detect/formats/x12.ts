import { type Field, type FieldDefinition, type FieldRecord, type SourceText, shifted } from '../fields.ts';
import type { IdentifierKind } from '../types.ts';

/**
 * Reads X12 transactions of health care: segments of elements, of which the standard says what they hold. Names, addresses and dates
 * belong to the entity of the last NM1 segment, which is a person or not.
 *
 * The grammar is two splits, and no maintained library says where an element stands.
 *
 * Sources: ASC X12 005010X222A1 (837), X220A1 (834), X279A1 (270/271), X221A1 (835).
 */
export function readX12(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const { separator, terminator } = delimitersOf(source.text);
  const fields: Field[] = [];
  let isPerson = false;
  for (const segment of segmentsOf(source.text, separator, terminator)) {
    const name = segment[0]?.text ?? '';
    const element = (index: number) => segment[index]?.text ?? '';
    const add = (index: number, kind: IdentifierKind, label: string) => {
      const part = segment[index];
      if (part === undefined || part.text === '') return;
      const source_ = `${name}-${String(index).padStart(2, '0')}`;
      const defined: FieldDefinition = { kind, label, source: source_ };
      fields.push({
        keys: [...keys, source_],
        text: part.text,
        locate: shifted(part.start, source.locate),
        defined,
      });
    };
    if (name === 'NM1') {
      isPerson = PERSON_ENTITIES.has(element(1)) && element(2) === '1';
      if (!isPerson) continue;
      for (const index of [3, 4, 5]) add(index, 'name', 'name');
      const [kind, label] = ID_QUALIFIERS[element(8)] ?? ['member-id', 'health plan member id'];
      add(9, kind, label);
    } else if (name === 'REF') {
      const definition = REFERENCES[element(1)];
      if (definition !== undefined && (isPerson || element(1) !== 'EA')) add(2, ...definition);
    } else if (name === 'CLM') add(1, 'account', 'patient account number');
    else if (isPerson) {
      if (name === 'DMG') add(2, 'birth-date', 'date of birth');
      else if (name === 'N3') for (const index of [1, 2]) add(index, 'address', 'street address');
      else if (name === 'N4') {
        add(1, 'city', 'city');
        add(3, 'zip', 'ZIP code');
      } else if (name === 'PER') for (const index of [4, 6, 8]) addContact(element(index - 1), index, add);
    }
    if (name === 'DTP' && CARE_DATES.has(element(1)) && element(2) === 'D8') add(3, 'date', 'date of care');
    if (name === 'HL' && element(3) !== '22' && element(3) !== '23') isPerson = false;
  }
  return fields.length === 0 ? [] : [{ fields, nature: 'segment', keys, about: 'person' }];
}

export function looksLikeX12(text: string): boolean {
  return /^\s*ISA[*|^]/.test(text) || /(?:^|[~\n])[ \t]*NM1\*[A-Z0-9]{2,3}\*[12]\*/.test(text);
}

type Add = (index: number, kind: IdentifierKind, label: string) => void;

function addContact(qualifier: string, index: number, add: Add): void {
  if (qualifier === 'EM') add(index, 'email', 'e-mail address');
  else if (qualifier === 'FX') add(index, 'fax', 'fax number');
  else if (['TE', 'HP', 'CP', 'WP'].includes(qualifier)) add(index, 'phone', 'telephone number');
}

/** NM101: insured, patient, corrected and prior insured, dependent, responsible party, guarantor and the like. */
const PERSON_ENTITIES = new Set([
  'IL',
  'QC',
  '74',
  '70',
  '03',
  'QD',
  'S1',
  'S3',
  'LR',
  'E1',
  'GD',
  'Y2',
  '31',
  'X4',
]);

const ID_QUALIFIERS: Readonly<Record<string, readonly [IdentifierKind, string]>> = {
  MI: ['member-id', 'health plan member id'],
  II: ['other-id', 'unique health identifier'],
  '34': ['ssn', 'Social Security number'],
  HN: ['mbi', 'Medicare beneficiary identifier'],
  C1: ['member-id', 'health plan member id'],
  N: ['member-id', 'health plan member id'],
};

const REFERENCES: Readonly<Record<string, readonly [IdentifierKind, string]>> = {
  SY: ['ssn', 'Social Security number'],
  '0F': ['member-id', 'subscriber number'],
  '1W': ['member-id', 'health plan member id'],
  EA: ['mrn', 'medical record number'],
  EJ: ['account', 'patient account number'],
  F6: ['mbi', 'Medicare beneficiary identifier'],
  IG: ['member-id', 'health plan policy number'],
  NQ: ['member-id', 'Medicaid id'],
};

/** DTP01: service, admission, discharge, death, onset, accident. */
const CARE_DATES = new Set(['472', '434', '435', '096', '431', '439', '454', '471']);

interface Element {
  readonly text: string;
  readonly start: number;
}

/** The interchange header is of fixed length: its fourth character separates elements, its last one ends segments. */
function delimitersOf(text: string): { separator: string; terminator: string } {
  const start = text.search(/ISA/);
  const isInterchange = start !== -1 && /^\s*ISA/.test(text) && text.length - start >= 106;
  const separator = isInterchange ? text.charAt(start + 3) : '*';
  const last = isInterchange ? text.charAt(start + 105) : '~';
  return { separator, terminator: /[A-Za-z0-9\s]/.test(last) ? '~' : last };
}

function* segmentsOf(text: string, separator: string, terminator: string): Generator<Element[]> {
  const lines = !text.includes(terminator);
  for (let at = 0; at < text.length; ) {
    let end = text.indexOf(lines ? '\n' : terminator, at);
    if (end === -1) end = text.length;
    let start = at;
    while (start < end && text.charCodeAt(start) <= 0x20) start++;
    const elements: Element[] = [];
    for (let from = start; from <= end; ) {
      let stop = text.indexOf(separator, from);
      if (stop === -1 || stop > end) stop = end;
      elements.push({ text: text.slice(from, stop).trimEnd(), start: from });
      from = stop + 1;
    }
    yield elements;
    at = end + 1;
  }
}
