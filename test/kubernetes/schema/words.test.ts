import { describe, expect, test } from 'vitest';
import { FORMATS, isPlaceholder } from '../../../server/src/kubernetes/schema/formats.ts';
import { isSlip, nearestOf } from '../../../server/src/kubernetes/schema/nearest.ts';

describe('formats', () => {
  test.each([
    ['dns-label', ['a', 'a-1', '1a', 'a'.repeat(63)], ['A', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64)]],
    ['dns-1035-label', ['a', 'a-1'], ['1a', 'A']],
    ['dns-subdomain', ['a', 'a.b-c.d', '1.2'], ['a..b', '.a', 'a.', 'A', `${'a.'.repeat(127)}`]],
    ['path-segment', ['system:admin', 'A b', 'a.b'], ['a/b', 'a%b', '.', '..']],
    [
      'label-key',
      ['app', 'app.kubernetes.io/name', 'A_b', 'Example.com/a'],
      ['a/b/c', '/a', 'a/', '-a', 'a b'],
    ],
    ['label-value', ['a', 'A_b-c.d', '1'], ['a b', '-a', 'a/b', 'a'.repeat(64)]],
    ['config-key', ['a.b', '_A-1', '..2'], ['a b', 'a/b']],
    ['port-name', ['http', 'a-1', '1a'], ['HTTP', '80', 'a--b', 'a-name-too-long-x']],
    [
      'quantity',
      ['1', '0.5', '.5', '1.', '500m', '1Gi', '1e3', '1E-3', '+1k', '-1', '5u', '5n'],
      ['1 Gi', '1gb', 'Gi', '1K', '', '1.2.3'],
    ],
    ['date-time', ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.123456+02:00'], ['2026-01-31', 'now']],
    ['byte', ['', 'YQ==', 'YWI=', 'YWJj', 'YWJj\nYWJj\n'], ['YQ', 'a b=', '<base64>', 'YQ===']],
    [
      'cidr',
      ['10.0.0.0/8', '::/0', '2001:db8::/32', '::ffff:10.0.0.0/104'],
      ['10.0.0.0', '10/8', 'a/8', '10.0.0.0/'],
    ],
    [
      'cron',
      ['* * * * *', '0 2 * * MON-FRI', '@hourly', '*/5 0 1 1 ?'],
      ['* * * *', '* * * * * *', 'daily', '@often'],
    ],
  ])('%s', (name, right, wrong) => {
    const accepts = FORMATS[name]?.accepts ?? (() => undefined);
    expect(right.filter((text) => !accepts(text))).toEqual([]);
    expect(wrong.filter((text) => accepts(text))).toEqual([]);
  });

  test('placeholders are not judged', () => {
    const placeholders = [
      '$' + '{NAME}',
      'a-$(b)',
      '{{ .Values.a }}',
      '<name>',
      'a-<b>-c',
      'ENC[AES256_GCM,data:a=,type:str]',
      '$NAME',
      '%NAME%',
      '__NAME__',
      '@NAME@',
      '[[ a ]]',
    ];
    expect(placeholders.filter((text) => !isPlaceholder(text))).toEqual([]);
    expect(['a', 'a<b', '$', '100%', 'a@b', '_a_', '$5.00'].filter(isPlaceholder)).toEqual([]);
  });

  test('are checked in a moment, however long the text', () => {
    const texts = [
      'a-'.repeat(200_000),
      '1'.repeat(400_000),
      '::'.repeat(200_000),
      'a.'.repeat(200_000),
      '<'.repeat(400_000),
    ];
    const started = performance.now();
    for (const { accepts } of Object.values(FORMATS)) for (const text of texts) accepts(text);
    for (const text of texts) isPlaceholder(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('the nearest word', () => {
  const fields = [
    'image',
    'imagePullPolicy',
    'volumeMounts',
    'ports',
    'livenessProbe',
    'hostIPC',
    'hostPID',
    'http1',
  ];
  test.each([
    ['imagee', 'image'],
    ['imgae', 'image'],
    ['IMAGE', 'image'],
    ['port', 'ports'],
    ['volumemount', 'volumeMounts'],
    ['imagePulPolcy', 'imagePullPolicy'],
    ['hostIpc', 'hostIPC'],
    ['replicas', undefined],
    ['http2', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s is near %s', (word, nearest) => {
    expect(nearestOf(word, fields)).toBe(nearest);
  });

  test.each([
    ['moed', 'mode', true],
    ['Mode', 'mode', true],
    ['secretNmae', 'secretName', true],
    ['dataTo', 'data', false],
    ['selectors', 'selector', false],
    ['keySecretRef', 'secretRef', false],
  ])('%s is a slip for %s: %s', (word, candidate, slip) => {
    expect(isSlip(word, candidate)).toBe(slip);
  });
});
