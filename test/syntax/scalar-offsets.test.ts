import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { sourceRangeOf } from '../../server/src/syntax/scalar-offsets.ts';
import { ScalarValue } from '../../server/src/syntax/values.ts';
import { unmark } from '../support/marked-text.ts';

describe('sourceRangeOf', () => {
  it.each([
    { name: 'plain', text: 'a: x «needle» y' },
    { name: 'plain over lines', text: 'a: x\n  y\n  «needle» z' },
    { name: 'single-quoted', text: "a: 'it''s ''a'' «needle»'" },
    { name: 'double-quoted with escapes', text: 'a: "\\t\\x41\\u00e9\\U0001F600 «needle»"' },
    { name: 'double-quoted over lines', text: 'a: "one\n\n  two \\\n  «needle»"' },
    { name: 'literal', text: 'a: |\n    one\n      two «needle»\n' },
    { name: 'literal with an indentation indicator', text: 'a: |2\n    one\n  «needle»\n' },
    { name: 'literal with CRLF', text: 'a: |\r\n  one\r\n\r\n  «needle»\r\n' },
    { name: 'folded', text: 'a: >-\n  one\n  two\n\n  three\n    four\n  «needle» six\n' },
    { name: 'nested literal', text: 'x:\n  - a: |-\n\n      one\n      «needle»\n' },
    { name: 'a needle with a quote in it', text: "a: 'x «nee''dle»'", needle: "nee'dle" },
  ])('$name', ({ text: marked, needle = 'needle' }) => {
    const { text, ranges } = unmark(marked);
    const root = parseDocument(text).root;
    const scalar = root?.get('a') ?? root?.at(['x', 0, 'a']);
    if (!(scalar instanceof ScalarValue)) throw new Error('no scalar');
    const start = scalar.decoded.indexOf(needle);
    expect(start).toBeGreaterThan(-1);
    expect(sourceRangeOf(scalar, text, { start, end: start + needle.length })).toEqual(ranges[0]);
  });

  it.each([
    { name: 'many blanks', text: `a: "needle${' '.repeat(200_000)}x"` },
    {
      name: 'many lines behind an indentation indicator',
      text: `a: |2\n  needle\n${'  x\n'.repeat(200_000)}`,
    },
  ])('reads $name once', ({ text }) => {
    const scalar = parseDocument(text).root?.get('a');
    if (!(scalar instanceof ScalarValue)) throw new Error('no scalar');
    const started = performance.now();
    const start = text.indexOf('needle');
    expect(sourceRangeOf(scalar, text, { start: 0, end: 6 })).toEqual({ start, end: start + 6 });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
