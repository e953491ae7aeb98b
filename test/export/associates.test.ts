import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { associateChecks } from '../../server/src/export/checks/associates.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { BusinessAssociate, RuleSettings } from '../../server/src/rules/settings.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { cases as expired } from '../rules/business-associates/baa-expired.cases.ts';
import { cases as undocumented } from '../rules/business-associates/baa-undocumented.cases.ts';
import { checkText, TODAY } from '../support/check-text.ts';
import { unmark } from '../support/marked-text.ts';
import { type ApiObject, admits, isAskedAbout, objectsIn } from './admission.ts';

/*
 * The policies about vendors, which hang on the list of associates in the configuration, beside the rules with the same list.
 */

function verdictOf(rule: string, object: ApiObject, settings: Partial<RuleSettings>) {
  const checks = associateChecks({ ...DEFAULT_RULE_SETTINGS, ...settings }, TODAY);
  const isRefused = checks.some(
    (check) => check.rule === rule && isAskedAbout(object, check) && !admits(check, object),
  );
  const one = rules.filter(({ id }) => id === rule);
  const isFlagged = checkText(JSON.stringify(object), { rules: one, settings, isolated: true }).length > 0;
  return { isRefused, isFlagged };
}

describe.each([
  ['baa-undocumented', undocumented],
  ['baa-expired', expired],
])('%s', (rule, cases) => {
  it.each([...cases.valid, ...cases.invalid].map((one) => [one.name, one] as const))(
    '%s',
    (_, { code, settings = {} }) => {
      for (const object of objectsIn(unmark(code).text)) {
        const { isRefused, isFlagged } = verdictOf(rule, object, settings);
        expect({ object, isRefused }).toEqual({ object, isRefused: isFlagged });
      }
    },
  );
});

const LISTS: readonly (readonly BusinessAssociate[])[] = [
  [],
  [
    { name: 'datadog', baa: { evidence: 'a' } },
    { name: 'Our mail', hosts: ['*.sendgrid.net'] },
  ],
  [
    { name: 'Our disks', ids: ['ebs.csi'], baa: { evidence: 'a' } },
    { name: 'Amazon Web Services', baa: { evidence: 'b', expires: '2020-01-01' } },
    { name: 'Datadog', baa: { evidence: 'b', expires: '2030-01-01' } },
  ],
];
const TEXTS = [
  ...['https://http-intake.logs.datadoghq.com/v1', 'datadoghq.com:443,api.openai.com', 'notdatadoghq.com'],
  ...['a@datadoghq.com', 'https://user:pw@api.twilio.com?x=1', 'Host smtp.sendgrid.net', 'see datadoghq.com'],
  ...[
    '# url: https://api.openai.com',
    'url: DATADOGHQ.COM.',
    'endpoint s3.eu.amazonaws.com...',
    'type.googleapis.com',
  ],
  ...[
    'api.openai.com',
    '  api.openai.com  ',
    'x\nbroker=b-1.kafka.eu.amazonaws.com.cn:9092',
    '.openai.com',
    'com',
  ],
];
const IMAGES = [
  'x.azurecr.io/a:1',
  'X.azurecr.io/a',
  'x.azurecr.io:443/a',
  'x.azurecr.io/A',
  'gcr.io/a',
  'eu.icr.io/a@b',
];
const pod = (container: object, annotations = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'phi', annotations },
  spec: { containers: [{ name: 'a', ...container }] },
});
const OBJECTS: readonly ApiObject[] = [
  ...TEXTS.flatMap((value) => [
    pod({ env: [{ name: 'URL', value }] }),
    pod({ args: ['--to', value] }),
    pod({ command: [`--url=${value}`] }),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'phi' }, data: { a: value } },
  ]),
  ...IMAGES.map((image) => pod({ image })),
  ...['eks.amazonaws.com/role', 'amazonaws.com/role', 'ad.datadoghq.com/a'].map((key) =>
    pod({}, { [key]: 'a' }),
  ),
  ...['ebs.csi.aws.com', 'efs.csi.aws.com', 'csi.example.com'].map((provisioner) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'a' },
    provisioner,
  })),
];

describe('vendors of a list', () => {
  it.each(LISTS)(
    'are refused where the rule tells of them, and nowhere else: %j',
    (...businessAssociates) => {
      let told = 0;
      for (const rule of ['baa-undocumented', 'baa-expired'])
        for (const object of OBJECTS) {
          const { isRefused, isFlagged } = verdictOf(rule, object, { businessAssociates });
          told += Number(isFlagged);
          expect({ rule, object, isRefused }).toEqual({ rule, object, isRefused: isFlagged });
        }
      expect(told).toBeGreaterThan(20);
    },
  );

  it('are none without a list', () => {
    expect(associateChecks(DEFAULT_RULE_SETTINGS, TODAY)).toEqual([]);
  });

  it('are looked for by patterns that an API server can read, and not where that costs too much', () => {
    const settings = { ...DEFAULT_RULE_SETTINGS, businessAssociates: LISTS[2] };
    const texts = associateChecks(settings, TODAY).flatMap(({ expression, variables = [] }) => [
      expression,
      ...variables.map((variable) => variable.expression),
    ]);
    const patterns = texts.flatMap((text) =>
      [...text.matchAll(/\.(?:matches|find|findAll)\('((?:[^'\\]|\\.)*)'\)/g)].map(([, found = '']) =>
        found.replaceAll(/\\(.)/g, '$1'),
      ),
    );
    expect(patterns.length).toBeGreaterThan(20);
    for (const pattern of new Set(patterns)) expect(() => RE2JS.compile(pattern)).not.toThrow();
    const data = (text: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: { text },
    });
    const isRefused = (text: string) =>
      verdictOf('baa-undocumented', data(text), { businessAssociates: [] }).isRefused;
    expect(isRefused(`api.openai.com\n${'a'.repeat(49_000)}`)).toBe(true);
    expect(isRefused(`api.openai.com\n${'a'.repeat(50_000)}`)).toBe(false);
    expect(isRefused('api.openai.com\n'.repeat(41))).toBe(false);
  });
});
