import type { Field, FieldDefinition, FieldRecord } from '../fields.ts';
import type { IdentifierKind } from '../types.ts';

/**
 * Says of the fields of a clinical document what they are: only its `recordTarget` is about the patient, everything else about authors,
 * custodians and informants, or about what was found.
 *
 * Sources: HL7 C-CDA R2.1, US Realm Header; github.com/HL7/C-CDA-Examples.
 */
export function defineCcdaFields(records: readonly FieldRecord[]): FieldRecord[] {
  return records.map((record) => {
    const start = record.keys.indexOf('recordTarget');
    if (start === -1)
      return record.keys.includes('ClinicalDocument')
        ? { ...record, about: 'organisation' as const }
        : record;
    const fields = record.fields.map((field) => definedField(field, field.keys.slice(start + 1)));
    return { ...record, fields, about: 'person' as const };
  });
}

export function isCcda(records: readonly FieldRecord[]): boolean {
  return records.some((record) => record.keys.includes('recordTarget'));
}

const PATHS: Readonly<Record<string, readonly [IdentifierKind, string]>> = {
  'patientRole.id': ['mrn', 'medical record number'],
  'patientRole.addr.streetAddressLine': ['address', 'street address'],
  'patientRole.addr.city': ['city', 'city'],
  'patientRole.addr.county': ['city', 'county'],
  'patientRole.addr.postalCode': ['zip', 'ZIP code'],
  'patientRole.telecom': ['phone', 'telephone number'],
  'patientRole.patient.name': ['name', 'name'],
  'patientRole.patient.name.given': ['name', 'name'],
  'patientRole.patient.name.family': ['name', 'name'],
  'patientRole.patient.birthTime': ['birth-date', 'date of birth'],
  'patientRole.patient.deceasedTime': ['date', 'date of death'],
  'patientRole.patient.guardian.guardianPerson.name.given': ['name', 'name of the guardian'],
  'patientRole.patient.guardian.guardianPerson.name.family': ['name', 'name of the guardian'],
  'patientRole.patient.guardian.telecom': ['phone', 'telephone number'],
  'patientRole.patient.guardian.addr.streetAddressLine': ['address', 'street address'],
  'patientRole.patient.birthplace.place.addr.city': ['city', 'birth place'],
};

function definedField(field: Field, path: readonly string[]): Field {
  const definition = PATHS[path.join('.')];
  if (definition === undefined) return field;
  let [kind, label] = definition;
  if (kind === 'phone' && field.text.includes('@')) [kind, label] = ['email', 'e-mail address'];
  if (kind === 'mrn' && /^\d{3}-\d{2}-\d{4}$/.test(field.text))
    [kind, label] = ['ssn', 'Social Security number'];
  const defined: FieldDefinition = { kind, label, source: ['recordTarget', ...path].join('/') };
  return { ...field, defined };
}
