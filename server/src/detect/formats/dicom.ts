import { type Field, type FieldRecord, type SourceText, shifted } from '../fields.ts';
import type { IdentifierKind } from '../types.ts';

/**
 * Reads the text that tools print of DICOM files: `(0010,0010) PN [DOE^JANE]`.
 * Source: DICOM PS3.6, data dictionary; PS3.15 annex E names the attributes that identify a patient.
 */
export function readDicomDump(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const fields: Field[] = [];
  for (const match of source.text.matchAll(LINE)) {
    const tag = `${match[1]},${match[2]}`;
    const definition = TAGS[tag.toUpperCase()];
    const value = (match[3] ?? match[4] ?? match[5] ?? '').trimEnd();
    if (definition === undefined || value === '') continue;
    const [kind, label] = definition;
    const whole = match[0];
    const start = match.index + whole.lastIndexOf(value);
    fields.push({
      keys: [...keys, `(${tag})`],
      text: value,
      locate: shifted(start, source.locate),
      defined: { kind, label, source: `(${tag})` },
    });
  }
  return fields.length === 0 ? [] : [{ fields, nature: 'segment', keys, about: 'person' }];
}

export function looksLikeDicomDump(text: string): boolean {
  return /\(0010,\s?00[0-9A-Fa-f]{2}\)/.test(text);
}

const LINE =
  /\(([0-9A-Fa-f]{4}),\s?([0-9A-Fa-f]{4})\)[^\S\n]{0,8}(?:[A-Z]{2}\b[^\S\n]{0,8})?(?:[:=][^\S\n]{0,4})?(?:[A-Za-z' ]{1,40}[:=][^\S\n]{0,4})?(?:\[([^\]\n]{1,200})\]|"([^"\n]{1,200})"|([^\s#[][^#\n]{0,200}))/g;

const TAGS: Readonly<Record<string, readonly [IdentifierKind, string]>> = {
  '0010,0010': ['name', 'name'],
  '0010,0020': ['mrn', 'patient identifier'],
  '0010,0030': ['birth-date', 'date of birth'],
  '0010,1000': ['mrn', 'other patient identifier'],
  '0010,1001': ['name', 'other name'],
  '0010,1005': ['name', 'birth name'],
  '0010,1040': ['address', 'street address'],
  '0010,1060': ['name', "mother's birth name"],
  '0010,2154': ['phone', 'telephone number'],
  '0008,0050': ['other-id', 'accession number'],
  '0038,0010': ['other-id', 'admission identifier'],
};
