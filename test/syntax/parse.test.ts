import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { unmark } from '../support/marked-text.ts';

const data = (text: string) => JSON.parse(JSON.stringify(parseDocument(text).root?.toJS() ?? null));

describe('values', () => {
  it.each([
    {
      name: 'YAML 1.1 booleans',
      text: 'a: yes\nb: off\nc: y\nd: tRue',
      value: { a: true, b: false, c: true, d: 'tRue' },
    },
    {
      name: 'numbers in all bases',
      text: 'a: 0644\nb: 0x1F\nc: 0b11\nd: 1_000\ne: 08\nf: 1e3',
      value: { a: 420, b: 31, c: 3, d: 1000, e: 8, f: 1000 },
    },
    {
      name: 'times and dates are texts',
      text: 'a: 12:30\nb: 2024-01-02\nc: 1.2.3',
      value: { a: '12:30', b: '2024-01-02', c: '1.2.3' },
    },
    { name: 'nulls', text: 'a:\nb: ~\nc: null', value: { a: null, b: null, c: null } },
    { name: 'quoted values are texts', text: 'a: "true"\nb: \'1\'', value: { a: 'true', b: '1' } },
    { name: 'the last of duplicate keys counts', text: 'a: 1\na: 2', value: { a: 2 } },
    { name: 'aliases', text: 'a: &x {b: 1}\nc: *x', value: { a: { b: 1 }, c: { b: 1 } } },
    {
      name: 'merge keys: own keys win, then earlier bases',
      text: 'a: &a {k: 1, m: 1}\nb: &b {k: 2, n: 2}\nc: {<<: [*a, *b], m: 3}',
      value: { a: { k: 1, m: 1 }, b: { k: 2, n: 2 }, c: { m: 3, k: 1, n: 2 } },
    },
    { name: 'an alias as a key', text: 'a: &x app\n*x : {b: 1}', value: { a: 'app', app: { b: 1 } } },
    { name: 'an anchored key', text: '&x app: 1\nb: *x', value: { app: 1, b: 'app' } },
    {
      name: 'a quoted text whose lines are no deeper than its key, as kubectl reads it',
      text: "a:\n  b: 'it''s one\n  text: of {three}\n\n  lines'\n  c: 1\nd: \"x\\\"\ny\" # end\n",
      value: { a: { b: "it's one text: of {three}\nlines", c: 1 }, d: 'x" y' },
    },
    { name: 'an explicit text tag', text: 'a: !!str 5', value: { a: '5' } },
    {
      name: 'explicit tags of data',
      text: 'a: !!bool "true"\nb: !!int \'5\'\nc: ! true',
      value: { a: true, b: 5, c: 'true' },
    },
    { name: 'JSON with tabs', text: '{\n\t"a": [1, {"b": null}]\n}', value: { a: [1, { b: null }] } },
    { name: 'a byte-order mark', text: '\uFEFFa: 1', value: { a: 1 } },
    {
      name: 'keys of the object prototype are data',
      text: 'constructor: 1\n__proto__: 2',
      value: JSON.parse('{"constructor": 1, "__proto__": 2}'),
    },
  ])('$name', ({ text, value }) => {
    expect(data(text)).toEqual(value);
  });
});

describe('problems', () => {
  it.each([
    { name: 'a tab', text: 'a:\n«\t»b: 1\n', kind: 'tab-indentation' },
    { name: 'a duplicate key', text: 'a: 1\n«a»: 2\n', kind: 'duplicate-key' },
    { name: 'an undefined alias', text: 'a: «*nowhere»\n', kind: 'undefined-alias' },
    { name: 'an alias inside its own value', text: 'a: &x\n  b: «*x»\n', kind: 'undefined-alias' },
  ])('$name', ({ text: marked, kind }) => {
    const { text, ranges } = unmark(marked);
    expect(parseDocument(text).problems.map((problem) => [problem.kind, problem.range])).toEqual([
      [kind, ranges[0]],
    ]);
  });

  it('a quote that is not closed yet swallows nothing', () => {
    const { problems, root } = parseDocument('a: "half\nb: 1\nc: "whole"\nd: 2\n');
    expect(problems.length).toBeGreaterThan(0);
    expect(root?.toJS()).toMatchObject({ b: 1, c: 'whole', d: 2 });
  });

  it('never repeats the text', () => {
    const { problems } = parseDocument('ssn: 212-34-5678\n  x: "212-34-5678\n');
    expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems) expect(message).not.toContain('212');
  });

  it('keeps what could be read', () => {
    expect(data('a: 1\nb: [1, 2\nc: 3\n')).toMatchObject({ a: 1, c: 3 });
  });

  it('bounds aliases that multiply', () => {
    const laughs = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (let level = 1; level < 9; level++) {
      const [above, here] = [String.fromCharCode(96 + level), String.fromCharCode(97 + level)];
      laughs.push(`${here}: &${here} [${Array(10).fill(`*${above}`).join(',')}]`);
    }
    expect(parseDocument(laughs.join('\n')).problems.map(({ kind }) => kind)).toEqual(['too-large']);
  });

  it('survives nesting without end', () => {
    expect(parseDocument('['.repeat(200_000)).problems.length).toBeGreaterThan(0);
  });
});

describe('comments', () => {
  it('are found wherever they stand', () => {
    const text =
      '# top\na: 1 # behind\nb:\n  # inside\n  - x # item\nc: {d: 1} # flow\ne: | # block\n  # text\nf: "#" # last';
    expect(parseDocument(text).comments.map((comment) => comment.text)).toEqual([
      '# top',
      '# behind',
      '# inside',
      '# item',
      '# flow',
      '# block',
      '# last',
    ]);
  });
});
