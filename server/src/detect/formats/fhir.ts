import type { Field, FieldDefinition, FieldRecord } from '../fields.ts';
import type { IdentifierKind } from '../types.ts';

/**
 * Says of the fields of FHIR resources what they are, whether the resource came as JSON or XML.
 *
 * Sources: hl7.org/fhir R4, Patient, RelatedPerson, Person, Coverage; the NamingSystem registry.
 */
export function defineFhirFields(records: readonly FieldRecord[]): FieldRecord[] {
  return records.map((record) => {
    const root = resourceOf(record);
    if (root === undefined) return record;
    const type = typeOf(root) ?? '';
    if (DEFINITIONS.has(type)) return { ...record, about: 'definition' as const };
    if (STAFF.has(type)) return { ...record, about: 'organisation' as const };
    const path = record.keys.slice(root.keys.length);
    const fields = record.fields.map((field) => definedField(field, record, type, path));
    return { ...record, fields, ...(PERSONS.has(type) ? { about: 'person' as const } : {}) };
  });
}

/** Resources about a person under care, or a relative. */
const PERSONS = new Set(['Patient', 'RelatedPerson', 'Person']);
/** Resources about those who give care: public, or at least no patients. */
const STAFF = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'Endpoint',
  'Device',
  'DeviceDefinition',
]);
/** Resources that describe others. */
export const DEFINITIONS = new Set([
  'StructureDefinition',
  'StructureMap',
  'SearchParameter',
  'Questionnaire',
  'CapabilityStatement',
  'ValueSet',
  'CodeSystem',
  'ConceptMap',
  'OperationDefinition',
  'NamingSystem',
  'ImplementationGuide',
  'CompartmentDefinition',
  'GraphDefinition',
  'MessageDefinition',
  'TestScript',
  'ActivityDefinition',
  'PlanDefinition',
  'Measure',
  'Library',
  'TerminologyCapabilities',
  'SubscriptionTopic',
  'Subscription',
]);

/** The record of the resource that this record is part of, itself included. */
function resourceOf(record: FieldRecord): FieldRecord | undefined {
  for (let level: FieldRecord | undefined = record; level !== undefined; level = level.parent) {
    if (typeOf(level) !== undefined) return level;
  }
  return undefined;
}

function typeOf(record: FieldRecord): string | undefined {
  const named = textOf(record, 'resourceType');
  if (named !== undefined) return named;
  return textOf(record, 'xmlns') === 'http://hl7.org/fhir' ? record.keys.at(-1) : undefined;
}

function textOf(record: FieldRecord, key: string): string | undefined {
  return record.fields.find((field) => field.keys.at(-1) === key)?.text;
}

type Definition = readonly [IdentifierKind, string];

const PERSON_PATHS: Readonly<Record<string, Definition>> = {
  birthDate: ['birth-date', 'date of birth'],
  deceasedDateTime: ['date', 'date of death'],
  'name.family': ['name', 'name'],
  'name.given': ['name', 'name'],
  'name.text': ['name', 'name'],
  'contact.name.family': ['name', 'name of a contact'],
  'contact.name.given': ['name', 'name of a contact'],
  'contact.name.text': ['name', 'name of a contact'],
  'address.line': ['address', 'street address'],
  'address.text': ['address', 'street address'],
  'address.city': ['city', 'city'],
  'address.district': ['city', 'county'],
  'address.postalCode': ['zip', 'ZIP code'],
  'contact.address.line': ['address', 'street address'],
  'contact.address.text': ['address', 'street address'],
  'contact.address.city': ['city', 'city'],
  'contact.address.postalCode': ['zip', 'ZIP code'],
  'photo.data': ['photograph', 'photograph'],
  'photo.url': ['photograph', 'photograph'],
};

/** References to a patient with a name to show, in any resource. */
const PATIENT_REFERENCES = new Set([
  'subject',
  'patient',
  'beneficiary',
  'subscriber',
  'policyHolder',
  'individual',
]);

function definedField(field: Field, record: FieldRecord, type: string, path: readonly string[]): Field {
  const key = field.keys.at(-1) ?? '';
  const definition = definitionOf(key, record, type, path, field.text);
  if (definition === undefined) return field;
  const [kind, label] = definition;
  const defined: FieldDefinition = { kind, label, source: [type, ...path, key].join('.') };
  return { ...field, defined };
}

function definitionOf(
  key: string,
  record: FieldRecord,
  type: string,
  path: readonly string[],
  text: string,
): Definition | undefined {
  const last = path.at(-1);
  if (key === 'display' && last !== undefined && PATIENT_REFERENCES.has(last)) return ['name', 'name'];
  if (key === 'value' && last === 'identifier' && (PERSONS.has(type) || type === 'Coverage'))
    return identifierOf(record, type);
  if (type === 'Coverage' && key === 'subscriberId') return ['member-id', 'health plan member id'];
  if (type === 'Encounter' && last === 'period')
    return key === 'start' ? ['date', 'admission date'] : ['date', 'discharge date'];
  if (!PERSONS.has(type)) return undefined;
  if (last === 'telecom' && key === 'value') return telecomOf(record, text);
  const whole = [...path, key].join('.');
  return PERSON_PATHS[whole];
}

function telecomOf(record: FieldRecord, text: string): Definition {
  const system = textOf(record, 'system');
  if (system === 'email' || text.includes('@')) return ['email', 'e-mail address'];
  if (system === 'fax') return ['fax', 'fax number'];
  if (system === 'url') return ['url', 'personal web address'];
  return ['phone', 'telephone number'];
}

const SYSTEMS: readonly (readonly [RegExp, Definition])[] = [
  [/us-ssn|2\.16\.840\.1\.113883\.4\.1$/i, ['ssn', 'Social Security number']],
  [
    /us-mbi|us-medicare|2\.16\.840\.1\.113883\.4\.927|113883\.4\.572/i,
    ['mbi', 'Medicare beneficiary identifier'],
  ],
  [/us-npi/i, ['npi', 'National Provider Identifier']],
  [/113883\.4\.3\.|driver/i, ['license', "driver's licence number"]],
  [/passport/i, ['license', 'passport number']],
];

const TYPE_CODES: Readonly<Record<string, Definition>> = {
  SS: ['ssn', 'Social Security number'],
  MC: ['mbi', 'Medicare beneficiary identifier'],
  MA: ['member-id', 'Medicaid id'],
  MB: ['member-id', 'health plan member id'],
  SN: ['member-id', 'health plan member id'],
  DL: ['license', "driver's licence number"],
  PPN: ['license', 'passport number'],
  AN: ['account', 'patient account number'],
};

function identifierOf(record: FieldRecord, type: string): Definition {
  const system = textOf(record, 'system') ?? '';
  const bySystem = SYSTEMS.find(([pattern]) => pattern.test(system))?.[1];
  if (bySystem !== undefined) return bySystem;
  return type === 'Coverage'
    ? ['member-id', 'health plan member id']
    : (TYPE_CODES[textOf(record, 'code') ?? ''] ?? ['mrn', 'medical record number']);
}

/** `identifier.type.coding.code` stands two objects deeper: it is looked up through the records below. */
export function withTypeCodes(records: readonly FieldRecord[]): FieldRecord[] {
  const codes = new Map<FieldRecord, string>();
  for (const record of records) {
    const path = record.keys.slice(-2).join('.');
    const identifier = path === 'type.coding' ? record.parent?.parent : undefined;
    const code = identifier === undefined ? undefined : textOf(record, 'code');
    if (identifier !== undefined && code !== undefined) codes.set(identifier, code);
  }
  return records.map((record) => {
    const code = codes.get(record);
    const definition = code === undefined ? undefined : TYPE_CODES[code];
    if (definition === undefined) return record;
    const fields = record.fields.map((field) =>
      field.keys.at(-1) === 'value' && field.defined?.kind === 'mrn'
        ? { ...field, defined: { ...field.defined, kind: definition[0], label: definition[1] } }
        : field,
    );
    return { ...record, fields };
  });
}
