import { describe, expect, test } from 'vitest';
import { detectPhi } from '../../server/src/detect/index.ts';
import { contextOf, markPhi, unmarked } from './support.ts';

const found: [name: string, keys: string, text: string][] = [
  ['a dashed number under its key', 'env/PATIENT_SSN', '«536-22-8412»'],
  ['nine digits under a key', 'data/ssn', '«536228412»'],
  ['a dashed number without a key', 'data/note', 'seen with «536-22-8412» at intake'],
  ['a record number by key', 'data/patientMrn', '«00482913»'],
  ['a record number in running text', 'data/note', 'chart for MRN: «00482913» was moved'],
  ['a date of birth', 'data/date_of_birth', '«04/17/1962»'],
  ['a name', 'env/PATIENT_NAME', '«Maria Gonzalez»'],
  ['a name in a label', 'metadata/labels/patient-name', '«jane-doe»'],
  ['a telephone number beside a person word', 'data/patient.phone', '«(312) 867-5309»'],
  ['an e-mail address beside a person word', 'data/patientEmail', '«m.gonzalez@gmail.com»'],
  ['a member id', 'data/subscriber_id', '«XJH900184412»'],
  ['a Medicare id', 'data/medicare_id', '«1EG4-TE5-MK73»'],
  [
    'properties',
    'data/app.properties',
    'server.port=8080\npatient.name=«Maria Gonzalez»\npatient.dob=«1962-04-17»\nlog.level=info\n',
  ],
  [
    'JSON with escapes before the value',
    'data/seed.json',
    '{"patients":[{"note":"a\\"b\\n","name":"«Maria Gonzalez»","ssn":"«536-22-8412»","phone":"«312-867-5309»"}]}',
  ],
  [
    'CSV',
    'data/patients.csv',
    'id,first_name,last_name,birthdate,ssn,city\n1,«Maria»,«Gonzalez»,«1962-04-17»,«536-22-8412»,«Springfield»\n',
  ],
  [
    'HL7',
    'data/adt.hl7',
    'MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5\nPID|1||«12345»^5^M10^Memphis_Hosp^PI||«EVERYMAN^ADAM^^JR»^^^L||«19800101»|M\n',
  ],
];

describe('identifiers are found, and exactly they', () => {
  test.each(found)('%s', (_, keys, text) => {
    expect(markPhi(unmarked(text).text, contextOf(keys))).toBe(text);
  });
});

const quiet: [name: string, keys: string, text: string][] = [
  ['a template expression', 'env/PATIENT_SSN', '{{ .Values.patient.ssn }}'],
  ['a mask', 'data/ssn', '***-**-6789'],
  ['an input mask', 'data/ssn_mask', '999-99-9999'],
  ['a pattern', 'data/ssn', '^\\d{3}-\\d{2}-\\d{4}$'],
  ['a setting', 'env/MRN_LENGTH', '10'],
  ['a port', 'env/PATIENT_SERVICE_PORT', '8080'],
  ['a form label', 'data/i18n.json', '{"patientName":"Patient Name","dob":"Date of Birth"}'],
  ['a role mailbox', 'data/patient_support_email', 'patient-support@mercy.org'],
  ['a word with the letters of an identifier', 'data/className', '536228412'],
  ['a system date', 'metadata/annotations/restartedAt', '2024-01-02T03:04:05Z'],
  ['a header without rows', 'data/patients.csv', 'first_name,last_name,ssn\n'],
  ['an etcd member', 'env/ETCD_MEMBER_ID', '8e9e05c52164694d'],
  ['a path of a drawing', 'data/logo.svg', 'M10 123-45-6789-12 l4 5'],
];

describe('settings, templates and systems are quiet', () => {
  test.each(quiet)('%s', (_, keys, text) => {
    expect(markPhi(text, contextOf(keys))).toBe(text);
  });
});

test('neither the mask nor the evidence repeats the value', () => {
  const [detection] = detectPhi('536-22-8412', contextOf('env/PATIENT_SSN'));
  expect(detection).toMatchObject({ kind: 'ssn', confidence: 'high', masked: '***-**-8412' });
  expect(JSON.stringify(detection)).not.toContain('536-22');
});
