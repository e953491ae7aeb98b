import { describe, expect, test } from 'vitest';
import {
  type CustomIdentifier,
  customPatternProblem,
  detectCredentials,
  detectPhi,
  valueHash,
} from '../../server/src/detect/index.ts';
import { contextOf, markPhi } from './support.ts';

const ssn = contextOf('data/PATIENT_SSN');

describe('allow lists', () => {
  test('let a key pass, with a star for anything', () => {
    expect(detectPhi('536-22-8412', ssn, { allowedKeys: ['PATIENT_*'] })).toEqual([]);
    expect(detectPhi('536-22-8412', ssn, { allowedKeys: ['data/*'] })).toEqual([]);
    expect(detectPhi('536-22-8412', ssn, { allowedKeys: ['MEMBER_*'] })).toHaveLength(1);
  });

  test('let a value pass by its hash', () => {
    const allowedHashes = [valueHash('536-22-8412')];
    expect(detectPhi('536-22-8412', ssn, { allowedHashes })).toEqual([]);
    expect(detectPhi('536-22-8413', ssn, { allowedHashes })).toHaveLength(1);
    expect(
      detectCredentials('hunter22', contextOf('env/DB_PASSWORD'), { allowedHashes: [valueHash('hunter22')] }),
    ).toEqual([]);
  });

  test('reach fields inside a text', () => {
    const text = 'demo.ssn=536-22-8412\nreal.ssn=449-81-0263\n';
    const found = markPhi(text, contextOf('data/app.properties'), { allowedKeys: ['demo.*'] });
    expect(found).toBe('demo.ssn=536-22-8412\nreal.ssn=«449-81-0263»\n');
  });
});

test('a kind can be turned off', () => {
  expect(detectPhi('536-22-8412', ssn, { disabledKinds: ['ssn'] })).toEqual([]);
});

test('weaker evidence is reported on demand', () => {
  const context = contextOf('data/app.properties');
  const text = 'e.g. SSN 536-22-8412';
  expect(detectPhi(text, context)).toEqual([]);
  expect(detectPhi(text, context, { minimumConfidence: 'low' })).toMatchObject([{ confidence: 'low' }]);
});

describe('custom identifiers', () => {
  const badge: CustomIdentifier = { name: 'trial badge', pattern: 'TB-[0-9]{4}' };
  const study: CustomIdentifier = { name: 'study number', keys: ['study'] };

  test('are found by their pattern, anywhere', () => {
    expect(markPhi('x TB-4471 y', contextOf('data/note'), { customIdentifiers: [badge] })).toBe(
      'x «TB-4471» y',
    );
  });

  test('are found under their keys, also inside a text', () => {
    const text = 'study: A-7\nother: A-8\n';
    expect(markPhi(text, contextOf('data/x.yaml'), { customIdentifiers: [study] })).toBe(
      'study: «A-7»\nother: A-8\n',
    );
  });

  test('are called by their name and not repeated', () => {
    const [found] = detectPhi('TB-4471', contextOf('data/note'), { customIdentifiers: [badge] });
    expect(found).toMatchObject({ kind: 'custom', label: 'trial badge', confidence: 'high' });
    expect(JSON.stringify(found)).not.toContain('4471');
  });

  test('with a pattern that could take exponential time are explained and find nothing', () => {
    expect(customPatternProblem('(a+)+\\1')).toMatch(/RE2/);
    expect(customPatternProblem('(?<=x)y')).toMatch(/RE2/);
    expect(customPatternProblem('a*')).toMatch(/empty/);
    expect(customPatternProblem('TB-[0-9]{4}')).toBeUndefined();
    const broken: CustomIdentifier = { name: 'broken', pattern: '(' };
    expect(detectPhi('((((', contextOf('data/note'), { customIdentifiers: [broken] })).toEqual([]);
  });

  test('run in linear time even when the pattern is nested', () => {
    const nested: CustomIdentifier = { name: 'nested', pattern: '(a+)+b' };
    expect(detectPhi('a'.repeat(20_000), contextOf('data/note'), { customIdentifiers: [nested] })).toEqual(
      [],
    );
  });
});
