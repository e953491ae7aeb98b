import { describe, expect, it } from 'vitest';
import { detectPhi } from '../../server/src/detect/index.ts';
import type { AdmissionCheck } from '../../server/src/export/checks/check.ts';
import { phiChecks } from '../../server/src/export/checks/phi.ts';
import type { DetectorSettings } from '../../server/src/rules/detection.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { type ApiObject, admits } from './admission.ts';
import { KINDS } from './phi-kinds.ts';

/** The policies about PHI beside the detector, for each kind of identifier. */

const checksWith = (phi: Partial<DetectorSettings> = {}) => {
  const { detection } = DEFAULT_RULE_SETTINGS;
  return phiChecks({
    ...DEFAULT_RULE_SETTINGS,
    detection: { ...detection, phi: { ...detection.phi, ...phi } },
  });
};
const CHECKS = checksWith();
const isRefusedBy = (checks: readonly AdmissionCheck[], rule: string, object: ApiObject) =>
  checks.some((check) => check.rule === rule && !admits(check, object));

const metadata = { name: 'a', namespace: 'a' };
const pod = (container: object): ApiObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { containers: [{ name: 'a', ...container }] },
  }) as ApiObject;
const podWith = (name: string, value: string) => pod({ env: [{ name, value }] });
const configMap = (data: Readonly<Record<string, string>>): ApiObject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data }) as ApiObject;

const found = (name: string, value: string, disabledKinds: readonly string[] = []) =>
  detectPhi(value, { keys: ['env', name], place: 'env', siblings: [] }, { disabledKinds });
const isRefused = (name: string, value: string, checks: readonly AdmissionCheck[] = CHECKS) =>
  isRefusedBy(checks, 'phi-in-env', podWith(name, value));

/** How much of what the detector finds under the names of a kind is refused at the least; measured, and rounded down. */
const LEAST: Readonly<Record<string, number>> = {
  ...{
    ssn: 1,
    mrn: 0.9,
    mbi: 1,
    'member-id': 1,
    account: 1,
    license: 1,
    npi: 1,
    dea: 1,
    vehicle: 1,
    device: 1,
  },
  ...{
    name: 0.5,
    'birth-date': 0.9,
    date: 0.9,
    age: 1,
    phone: 0.8,
    fax: 1,
    email: 1,
    address: 0.7,
    city: 1,
    zip: 1,
  },
  'other-id': 1,
};

/** The same in files, whatever the kind. */
const LEAST_IN_FILES: Readonly<Record<string, number>> = {
  ...{ table: 0.85, 'table with CRLF': 0.85, settings: 0.6, 'quoted settings': 0.6, variables: 0.7 },
  ...{ command: 0.8, query: 0.8, block: 0.7, definition: 0.7 },
};

describe.each(Object.entries(KINDS))('%s', (_, { names, values }) => {
  const others = Object.values(KINDS).flatMap((other) => other.values);

  it('is never refused where the detector finds nothing', () => {
    const wrong = names.flatMap((name, at) =>
      // The values of all other kinds take turns.
      [...values, ...others.filter((_, index) => index % (3 * names.length) === at)]
        .filter((value) => isRefused(name, value) && found(name, value).length === 0)
        .map((value) => `${name}=${value}`),
    );
    expect(wrong).toEqual([]);
  });
});

const READ = Object.entries(KINDS).filter(([kind]) => kind in LEAST);

describe.each(READ)('%s', (kind, { names, values }) => {
  it('is refused where the detector finds it', () => {
    const flagged = names.flatMap((name) =>
      values.filter((value) => found(name, value).length > 0).map((value) => ({ name, value })),
    );
    const refused = flagged.filter(({ name, value }) => isRefused(name, value));
    expect(flagged.length).toBeGreaterThan(0);
    expect(refused.length / flagged.length).toBeGreaterThanOrEqual(LEAST[kind] ?? 1);
  });

  it('is let in where the configuration switches it off', () => {
    for (const phi of [
      { disabledKinds: [kind] },
      { severities: { [kind]: 'information' } },
      { allowedKeys: ['*'] },
    ] as const) {
      const checks = checksWith(phi);
      const left =
        'allowedKeys' in phi ? () => 0 : (name: string, value: string) => found(name, value, [kind]).length;
      const wrong = names.flatMap((name) =>
        values.filter((value) => left(name, value) === 0 && isRefused(name, value, checks)),
      );
      expect(wrong).toEqual([]);
    }
  });
});

describe('in running text', () => {
  const TEXTS = [
    ...[
      'Patient MRN: 00482913',
      'mrn 00482913, seen today',
      'ssn 536228146',
      '{"dob": "1974-05-12"}',
      'date of birth 05/12/1974',
    ],
    ...[
      'MBI 1EG4TE5MK73',
      'Medicare 1EG4-TE5-MK73 on file',
      'serial (01)51022222233336(21)1234',
      'NPI: 1234567893',
      'DEA# AP5836727',
      'vin=1M8GDM9AXKP042788',
    ],
    ...[
      'a 94-year-old woman',
      'GET /patients/00482913 HTTP',
      'member id W123456789',
      'log --patient_mrn=00482913',
      'medical record number is 48291377',
    ],
  ];
  const NONE = [
    ...[
      'e.g. MRN: 00482913',
      'MRN: $(MRN)',
      'mrn: required',
      'ssn 000123456',
      'NPI: 1234567890',
      'DEA# AP5836728',
      'vin=1M8GDM9A1KP042788',
      'dob: YYYY-MM-DD',
      'dob 1900-01-01',
    ],
    ...[
      'build 1EG4-TE5-MK73',
      'a 94-year-old company',
      '/patients/0048.html',
      '/inpatients-0048291',
      'framed 00482913',
      'serial (01)51022222233337(21)1234',
      'idea AP5836727',
      'patients/00482913.json',
    ],
  ];
  const places: readonly (readonly [string, (text: string) => ApiObject])[] = [
    ['phi-in-env', (text) => podWith('NOTE', text)],
    ['phi-in-args', (text) => pod({ args: [text] })],
    ['phi-in-args', (text) => pod({ livenessProbe: { exec: { command: ['log', text] } } })],
    ['phi-in-configmap', (text) => configMap({ 'notes.txt': `some notes\n${text}\nand more` })],
    [
      'phi-in-metadata',
      (text) =>
        ({
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { ...metadata, annotations: { note: text } },
        }) as ApiObject,
    ],
    [
      'phi-in-secret',
      (text) => ({ apiVersion: 'v1', kind: 'Secret', metadata, data: { note: btoa(text) } }) as ApiObject,
    ],
    [
      'phi-in-configmap',
      (text) =>
        ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, binaryData: { note: btoa(text) } }) as ApiObject,
    ],
  ];

  it.each(TEXTS)('refuses %s', (text) => {
    expect(
      places.filter(([rule, object]) => !isRefusedBy(CHECKS, rule, object(text))).map(([rule]) => rule),
    ).toEqual([]);
  });

  it.each(NONE)('lets in %s', (text) => {
    expect(detectPhi(text, { keys: ['data', 'note'], place: 'configmap' })).toEqual([]);
    expect(
      places.filter(([rule, object]) => isRefusedBy(CHECKS, rule, object(text))).map(([rule]) => rule),
    ).toEqual([]);
  });

  it('takes words of a command for texts of their own', () => {
    expect(isRefusedBy(CHECKS, 'phi-in-args', pod({ args: ['mrn', '00482913'] }))).toBe(false);
    expect(isRefusedBy(CHECKS, 'phi-in-args', pod({ args: ['patient', '1EG4-TE5-MK73'] }))).toBe(false);
    expect(isRefusedBy(CHECKS, 'phi-in-args', pod({ args: ['--mrn', '00482913'] }))).toBe(true);
  });
});

describe('files', () => {
  const FORMATS: Readonly<Record<string, (name: string, value: string) => string>> = {
    table: (name, value) => `id,${name},note\n1,${value},a\n2,,b\n`,
    'table with CRLF': (name, value) => `${name},note\r\n${value},a\r\n`,
    'uneven table': (name, value) => `id,${name}\n1\n2,a,b,c\n3,${value}\n`,
    settings: (name, value) => `# settings\nlog: info\n${name}: ${value}\n`,
    'quoted settings': (name, value) => `- "${name}": "${value}"\n- a: b\n`,
    variables: (name, value) => `export LOG=info\nexport ${name}=${value}\n`,
    command: (name, value) => `run --${name} ${value} --out=log\n`,
    query: (name, value) => `GET /api?${name}=${value}&n=1`,
    block: (name, value) => `text: |\n  ${name}: ${value}\n`,
    definition: (name, value) => `resourceType: Questionnaire\n${name}: ${value}\n`,
    XML: (name, value) => `<a>\n<${name}>${value}</${name}>\n</a>`,
    JSON: (name, value) => `{\n  "${name}": "${value}",\n  "a": 1\n}`,
  };

  it.each(Object.entries(FORMATS))('%s: never refused where the detector finds nothing', (format, write) => {
    const seen = Object.values(KINDS).flatMap(({ names, values }) =>
      // Names and values take turns.
      values.flatMap((value, at) =>
        [at, at + 1].map((turn) => ({ name: names[turn % names.length] ?? '', value })),
      ),
    );
    const compared = seen.map(({ name, value }) => {
      const text = write(name, value);
      const isFlagged = detectPhi(text, { keys: ['data', 'a.txt'], place: 'configmap' }).length > 0;
      return {
        text,
        isFlagged,
        isRefused: isRefusedBy(CHECKS, 'phi-in-configmap', configMap({ 'a.txt': text })),
      };
    });
    expect(compared.filter(({ isFlagged, isRefused }) => isRefused && !isFlagged)).toEqual([]);
    const flagged = compared.filter(({ isFlagged }) => isFlagged);
    const share = flagged.filter(({ isRefused }) => isRefused).length / flagged.length;
    expect(share).toBeGreaterThanOrEqual(LEAST_IN_FILES[format] ?? 0);
  });
});

describe('names and paths', () => {
  const named = (name: string) =>
    ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'a' } }) as ApiObject;

  it.each([
    ['export-patient-jane-doe', true],
    ['patient-00482913', true],
    ['patient-api-gateway', false],
    ['patient-jane-service', false],
    ['impatient-jane-doe', false],
  ])('%s', (name, isOne) => {
    expect(detectPhi(name, { keys: ['name'], place: 'metadata' }).length > 0).toBe(isOne);
    expect(isRefusedBy(CHECKS, 'phi-in-metadata', named(name))).toBe(isOne);
  });
});

describe('cost', () => {
  // As the API server counts: https://github.com/kubernetes/apiserver/blob/master/pkg/cel/library/cost.go and .../pkg/apis/cel/config.go
  const PER_EXPRESSION = 1_000_000;
  const PER_POLICY = 10_000_000;
  const MOST = 40_000;
  const costOf = (expression: string, text: string) =>
    [...expression.split(`${text}.findAll('`).slice(1), ...expression.split(`${text}.matches('`).slice(1)]
      .map((rest) => Math.ceil((/^(?:[^'\\]|\\.)*/.exec(rest)?.[0].length ?? 0) / 4) * Math.ceil(MOST / 10))
      .reduce((sum, cost) => sum + cost, 0);

  it.each([
    ['phi-in-env', 'e.value'],
    ['phi-in-args', 't'],
    ['phi-in-configmap', 'object.data[k]'],
    ['phi-in-metadata', 'object.metadata.annotations[k]'],
  ])('%s looks through all texts within what an API server allows', (rule, text) => {
    const { also = [] } = CHECKS.find((check) => check.rule === rule) ?? {};
    const costs = also.map((expression) => costOf(expression, text));
    expect(costs.filter((cost) => cost > 0).length).toBeGreaterThan(10);
    expect(Math.max(...costs)).toBeLessThan(PER_EXPRESSION);
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeLessThan(PER_POLICY / 2);
  });

  it('leaves what is longer', () => {
    const long = 'setting of it\n'.repeat(MOST / 10);
    expect(isRefusedBy(CHECKS, 'phi-in-configmap', configMap({ a: `mrn: 00482913\n${long}` }))).toBe(false);
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`patient_mrn_${at}`, '00482913']));
    expect(isRefusedBy(CHECKS, 'phi-in-configmap', configMap(many))).toBe(false);
    expect(isRefusedBy(CHECKS, 'phi-in-configmap', configMap({ patient_mrn_1: '00482913' }))).toBe(true);
  });
});
