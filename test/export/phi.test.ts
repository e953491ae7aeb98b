import { describe, expect, it } from 'vitest';
import { phiChecks } from '../../server/src/export/checks/phi.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS, type RuleSettings } from '../../server/src/rules/settings.ts';
import { checkText } from '../support/check-text.ts';
import { type ApiObject, admits } from './admission.ts';

/** The policies about PHI beside the rules, on names and numbers of all kinds. */

const NAMES = [
  ...[
    'PATIENT_SSN',
    'ssn',
    'patient.ssn',
    'patientSsn',
    'SSN_FORMAT',
    'TEST_SSN',
    'SSN_EXAMPLE',
    'ssn-regex',
    'Ssn',
  ],
  ...[
    'HASHED_SSN',
    'SSN_MASK',
    'NO_SSN',
    'SSN_URL',
    'ssn1',
    'SSN_LAST4',
    'SESSN',
    'ASSN_ID',
    'PHONE',
    'SSN_PORT',
  ],
  ...[
    'PHONE_SSN',
    'ssn.json',
    'ssn.md',
    'version-ssn',
    'build_ssn_id',
    'SSN_PHONE',
    'ITIN_SSN',
    'ssn_example_placeholder',
  ],
];
const NUMBERS = [
  ...[
    'ssn: 536-22-8146',
    'e.g. 536-22-8146',
    'format 536-22-8146',
    '{"a": "536-22-8146"}',
    '536-22-8146 7',
    '1.536-22-8146',
  ],
  ...[
    'a-536-22-8146',
    '536-22-8146-a',
    '536-22-8146.',
    '536-22-8146.5',
    '+536-22-8146',
    '1 536-22-8146',
    'x=536-22-8146&y',
  ],
  ...[
    'https://a.example/536-22-8146/x',
    'a,b\n1,536-22-8146\n',
    '<a>536-22-8146</a>',
    '# 536-22-8146',
    '(536-22-8146)',
  ],
  ...[
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell writes it
    '${SSN:-536-22-8146}',
    '536-22-8146 123-45-6789',
    '536-22-8146,000-12-3456',
    'regex: 123-45-6789, ssn 536-22-8146',
  ],
  ...[
    'M 536-22-8146 L 10',
    '-----BEGIN CERTIFICATE-----\n536-22-8146\n-----END CERTIFICATE-----',
    'é536-22-8146',
    '536-22-8146é',
  ],
  ...[
    '536-22-8146',
    '123-45-6789',
    '000-12-3456',
    '666-12-3456',
    '900-70-1234',
    '987-65-4321',
    '078-05-1120',
  ],
  ...[
    '219-09-9999',
    '111-11-1111',
    '222-22-2222',
    '536-00-8146',
    '536-22-0000',
    ' 536-22-8146\n',
    '536228146',
  ],
  ...[
    '536-22-81460',
    'x 536-22-8146',
    '555-55-5555',
    '899-99-9999',
    '001-01-0001',
    '457-55-5462',
    '123-12-1234',
  ],
];

const CHECKS = phiChecks(DEFAULT_RULE_SETTINGS);

function compared(name: string, value: string, settings?: Partial<RuleSettings>) {
  const checks = settings === undefined ? CHECKS : phiChecks({ ...DEFAULT_RULE_SETTINGS, ...settings });
  const objects: readonly (readonly [string, ApiObject])[] = [
    [
      'phi-in-env',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', namespace: 'a' },
        ...{ spec: { containers: [{ name: 'a', env: [{ name, value }] }] } },
      },
    ],
    [
      'phi-in-args',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', namespace: 'a' },
        ...{
          spec: {
            containers: [{ name: 'a', command: ['run', `--${name}=${value}`], args: [`--${name}`, value] }],
          },
        },
      },
    ],
    [
      'phi-in-configmap',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', namespace: 'a' },
        ...{ data: { [name]: value } },
      },
    ],
    [
      'phi-in-secret',
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a', namespace: 'a' },
        ...{ data: { [name]: Buffer.from(value).toString('base64') } },
      },
    ],
    [
      'phi-in-metadata',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'a', namespace: 'a', ...{ annotations: { [name]: value } } },
      },
    ],
  ];
  return objects.map(([id, object]) => {
    const one = rules.filter((rule) => rule.id === id);
    return {
      text: `${id}: ${name}=${value}`,
      isFlagged:
        checkText(JSON.stringify(object), { rules: one, isolated: true, ...(settings && { settings }) })
          .length > 0,
      isRefused: checks.some((check) => check.rule === id && !admits(check, object)),
    };
  });
}

describe('Social Security numbers', () => {
  it.each(NAMES.map((name, at) => [name, at] as const))('under the name %s', (name, at) => {
    // All under the first names; under the others they take turns.
    const some = NUMBERS.filter((_, index) => at < 4 || index % 4 === at % 4);
    const seen = some.flatMap((number) => compared(name, number));
    expect(seen.filter(({ isFlagged, isRefused }) => isRefused && !isFlagged)).toEqual([]);
  });

  it('are refused', () => {
    const seen = ['PATIENT_SSN', 'ssn'].flatMap((name) => compared(name, '536-22-8146'));
    expect(seen.every(({ isRefused }) => isRefused)).toBe(true);
  });

  it('are let in where the configuration says so', () => {
    const { detection } = DEFAULT_RULE_SETTINGS;
    for (const phi of [
      { disabledKinds: ['ssn'] },
      { allowedKeys: ['demo_*'] },
      { severities: { ssn: 'information' } },
    ] as const) {
      const settings = { detection: { ...detection, phi: { ...detection.phi, ...phi } } };
      expect(compared('DEMO_SSN', '536-22-8146', settings).some(({ isRefused }) => isRefused)).toBe(false);
    }
  });
});
