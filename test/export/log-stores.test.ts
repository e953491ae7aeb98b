import { describe, expect, it } from 'vitest';
import { LOG_STORE_CHECKS } from '../../server/src/export/checks/log-stores.ts';
import { rules } from '../../server/src/rules/index.ts';
import { checkText } from '../support/check-text.ts';
import { type ApiObject, admits, isAskedAbout } from './admission.ts';

/** The policies about where logs are kept beside their rules, on periods in all notations. */

const PERIODS = [
  ...[30, 2189, 2190, 0, -1, '30', '7d', '2189d', '2190d', '52w', '313w', '6y', '5y', '744h', '52560h'],
  ...['0s', '1h30m', 'P30D', 'P6Y', '90.5d', '1.5', '', 'forever', '30D', '72', '73', 189_215_999_999],
  ...[189_216_000_000, '999999999', '99999999999', '9999999y', '100ms', true],
];
const FIELDS: readonly (readonly [apiVersion: string, kind: string, spec: (period: unknown) => object])[] = [
  ['cloudwatchlogs.services.k8s.aws/v1alpha1', 'LogGroup', (retentionDays) => ({ retentionDays })],
  [
    'cloudwatchlogs.aws.m.upbound.io/v1beta1',
    'Group',
    (period) => ({ forProvider: { retentionInDays: period } }),
  ],
  ['kafka.strimzi.io/v1beta2', 'KafkaTopic', (period) => ({ config: { 'retention.ms': period } })],
  ['operator.victoriametrics.com/v1', 'VLSingle', (retentionPeriod) => ({ retentionPeriod })],
  [
    'stackconfigpolicy.k8s.elastic.co/v1alpha1',
    'StackConfigPolicy',
    (period) => ({
      elasticsearch: { indexLifecyclePolicies: { audit: { phases: { delete: { min_age: period } } } } },
    }),
  ],
];

function compared(object: ApiObject) {
  const id = 'log-retention-too-short';
  const one = rules.filter((rule) => rule.id === id);
  return {
    text: JSON.stringify(object),
    isFlagged: checkText(JSON.stringify(object), { rules: one, isolated: true }).length > 0,
    isRefused: LOG_STORE_CHECKS.some(
      (check) => check.rule === id && isAskedAbout(object, check) && !admits(check, object),
    ),
  };
}
/** Of several units, or with a fraction. */
const isLeftOut = (period: unknown) => /^(?:1h30m|P30D|90\.5d|1\.5|100ms)$/.test(String(period));

describe('how long logs are kept', () => {
  it.each(FIELDS)('in %s %s', (apiVersion, kind, specFor) => {
    for (const period of PERIODS) {
      const seen = ['audit', 'web', 'phi-access', 'philadelphia'].map((name) =>
        compared({ apiVersion, kind, metadata: { name, namespace: 'a' }, ...{ spec: specFor(period) } }),
      );
      expect(seen.filter(({ isFlagged, isRefused }) => isRefused && !isFlagged)).toEqual([]);
      if (isLeftOut(period)) continue;
      expect(seen.filter(({ isFlagged, isRefused }) => isFlagged && !isRefused)).toEqual([]);
    }
  });

  it('by flags and properties', () => {
    const seen = PERIODS.flatMap((period) => [
      ...['-retentionPeriod', '--retentionPeriod', '--storage.tsdb.retention.time'].flatMap((flag) =>
        [[`${flag}=${period}`], [flag, String(period)]].map((args) =>
          compared({
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'audit', namespace: 'a' },
            ...{ spec: { containers: [{ name: 'a', image: 'victoriametrics/victoria-logs', args }] } },
          }),
        ),
      ),
      ...[
        'log.retention.hours',
        'log.retention.minutes',
        'log.retention.ms',
        'retention.ms',
        '# retention.ms',
      ].map((key) =>
        compared({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'audit', namespace: 'a' },
          ...{ data: { a: `a=b\n${key}=${period}\n` } },
        }),
      ),
    ]);
    expect(seen.filter(({ isFlagged, isRefused }) => isRefused && !isFlagged)).toEqual([]);
    expect(seen.filter(({ isRefused }) => isRefused).length).toBeGreaterThan(40);
  });
});
