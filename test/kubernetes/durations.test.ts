import { describe, expect, it } from 'vitest';
import { secondsOf } from '../../server/src/kubernetes/durations.ts';
import { matchesWildcard } from '../../server/src/kubernetes/wildcards.ts';

describe('secondsOf', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['1h30m', 5400],
    ['1.5h', 5400],
    ['250ms', 0.25],
    ['15d', 1_296_000],
    ['6y', 189_216_000],
    ['P6Y', 189_216_000],
    ['PT12H', 43_200],
    ['30', undefined],
    ['P', undefined],
    ['tomorrow', undefined],
  ])('%s is %s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });
});

describe('matchesWildcard', () => {
  it.each([
    ['a*', 'abc', true],
    ['*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*a', 'a', false],
    ['abc', 'abcd', false],
    ['*', '', true],
    ['a**b', 'ab', true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });
});
