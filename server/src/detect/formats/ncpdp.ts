import { type Field, type FieldRecord, type SourceText, shifted } from '../fields.ts';
import type { IdentifierKind } from '../types.ts';

/**
 * Reads pharmacy claims in NCPDP Telecommunication format: fields of two letters and a value, each behind the separator 1C (hexadecimal).
 * RxBIN and PCN route claims and identify nobody.
 */
export function readNcpdp(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const fields: Field[] = [];
  const { text } = source;
  for (let at = text.indexOf(SEPARATOR); at !== -1; ) {
    const next = text.indexOf(SEPARATOR, at + 1);
    const name = text.slice(at + 1, at + 3);
    const definition = FIELDS[name];
    const value = withoutTrailingSeparators(text.slice(at + 3, next === -1 ? text.length : next));
    if (definition !== undefined && value !== '') {
      const [kind, label] = definition;
      const defined = { kind, label, source: `NCPDP ${name}` };
      fields.push({ keys: [...keys, name], text: value, locate: shifted(at + 3, source.locate), defined });
    }
    at = next;
  }
  return fields.length === 0 ? [] : [{ fields, nature: 'segment', keys, about: 'person' }];
}

/** Segments and groups end in 1E and 1D. */
function withoutTrailingSeparators(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(0, end);
}

export function looksLikeNcpdp(text: string): boolean {
  return (
    text.includes(`${SEPARATOR}C2`) || text.includes(`${SEPARATOR}CA`) || text.includes(`${SEPARATOR}C4`)
  );
}

const SEPARATOR = '\x1c';

const FIELDS: Readonly<Record<string, readonly [IdentifierKind, string]>> = {
  C2: ['member-id', 'cardholder id'],
  CC: ['name', 'name of the cardholder'],
  CD: ['name', 'name of the cardholder'],
  C4: ['birth-date', 'date of birth'],
  CA: ['name', 'name'],
  CB: ['name', 'name'],
  CM: ['address', 'street address'],
  CN: ['city', 'city'],
  CP: ['zip', 'ZIP code'],
  CQ: ['phone', 'telephone number'],
  CY: ['mrn', 'patient identifier'],
  HN: ['email', 'e-mail address'],
};
