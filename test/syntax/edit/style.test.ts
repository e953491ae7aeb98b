import { describe, expect, it } from 'vitest';
import { type DocumentOperation, replaceText, set } from '../../../server/src/syntax/edit/operations.ts';
import { planOperation } from '../../../server/src/syntax/edit/plan.ts';
import { parseDocument } from '../../../server/src/syntax/parse.ts';
import { applyEdits } from '../../../server/src/syntax/ranges.ts';

const ORDER = ['first', 'second', 'third'];

function after(text: string, operation: DocumentOperation): string {
  const plan = planOperation(parseDocument(text), operation, () => ORDER);
  return 'refused' in plan ? plan.refused : applyEdits(text, plan.edits);
}

describe('new keys in the style of their neighbours', () => {
  it.each([
    {
      name: 'YAML in braces quotes only what needs quotes',
      text: '{a: {b: 1}}\n',
      operation: set(['a', 'c'], { d: ['x', 'true'] }),
      result: '{a: {b: 1, c: {d: [x, "true"]}}}\n',
    },
    {
      name: 'JSON',
      text: '{"a": {"b": 1}}\n',
      operation: set(['a', 'c'], { d: ['x'] }),
      result: '{"a": {"b": 1, "c": {"d": ["x"]}}}\n',
    },
    {
      name: 'between its neighbours on one line',
      text: 'a: {first: 1, third: 3, other: 4}\n',
      operation: set(['a', 'second'], 2),
      result: 'a: {first: 1, second: 2, third: 3, other: 4}\n',
    },
    {
      name: 'before the key that usually follows',
      text: 'a: { other: 0, second: 2 }\n',
      operation: set(['a', 'first'], 1),
      result: 'a: { other: 0, first: 1, second: 2 }\n',
    },
    {
      name: 'on a line of its own, CRLF',
      text: '{\r\n  "first": 1,\r\n  "third": 3\r\n}\r\n',
      operation: set(['second'], 2),
      result: '{\r\n  "first": 1,\r\n  "second": 2,\r\n  "third": 3\r\n}\r\n',
    },
    {
      name: 'at the end, behind a trailing comma',
      text: '{\n  "first": 1,\n}\n',
      operation: set(['third'], 3),
      result: '{\n  "first": 1,\n  "third": 3\n}\n',
    },
    {
      name: 'blanks within braces as around them',
      text: 'a: [{ b: 1 }]\n',
      operation: set(['a', 1], { c: { d: 2 } }),
      result: 'a: [{ b: 1 }, { c: { d: 2 } }]\n',
    },
    {
      name: 'quoted where all keys are',
      text: '"a":\n  "b": "1"\nc: 2\n',
      operation: set(['a', 'd'], { e: ['x', true], f: 1 }),
      result: '"a":\n  "b": "1"\n  "d":\n    "e":\n    - "x"\n    - true\n    "f": 1\nc: 2\n',
    },
    {
      name: 'in single quotes where all keys have them',
      text: "a:\n  'b': '1'\n",
      operation: set(['a', 'c'], 'x'),
      result: "a:\n  'b': '1'\n  'c': 'x'\n",
    },
    {
      name: 'JSON without blanks',
      text: '{"a":{"b":1}}',
      operation: set(['a', 'c'], { d: ['x', 1] }),
      result: '{"a":{"b":1,"c":{"d":["x",1]}}}',
    },
    {
      name: 'JSON on lines, with tabs',
      text: '{\n\t"a": {\n\t\t"b": 1\n\t},\n\t"c": {}\n}\n',
      operation: set(['c'], { d: ['x'] }),
      result: '{\n\t"a": {\n\t\t"b": 1\n\t},\n\t"c": {\n\t\t"d": [\n\t\t\t"x"\n\t\t]\n\t}\n}\n',
    },
    {
      name: 'JSON on lines that hold collections on one',
      text: '{\n  "a": {"b": 1}\n}\n',
      operation: set(['c'], { d: ['x'] }),
      result: '{\n  "a": {"b": 1},\n  "c": { "d": ["x"] }\n}\n',
    },
    {
      name: 'a list on one line, quoted as before',
      text: 'a: ["get", "list"] # b\n',
      operation: set(['a'], ['get']),
      result: 'a: ["get"] # b\n',
    },
    {
      name: 'above the comment of the key that follows',
      text: 'a:\n  # second\n  second: 2\n',
      operation: set(['a', 'first'], 1),
      result: 'a:\n  first: 1\n  # second\n  second: 2\n',
    },
    {
      name: 'below the comment of the whole document',
      text: '# all\nsecond: 2\n',
      operation: set(['first'], 1),
      result: '# all\nfirst: 1\nsecond: 2\n',
    },
  ])('$name', ({ text, operation, result }) => {
    expect(after(text, operation)).toBe(result);
  });
});

describe('items that become something else', () => {
  it.each([
    {
      name: 'keep a comment with dashes behind their dash',
      text: 'a:\n  - # one-two\n    x\n  - y\n',
      operation: set(['a', 0], { k: 'v' }),
      result: 'a:\n  - # one-two\n    k: v\n  - y\n',
    },
    {
      name: 'keep such a comment on one line',
      text: 'a:\n  - # one-two\n    b: c\n',
      operation: set(['a', 0], 'x'),
      result: 'a:\n  - x # one-two\n',
    },
    {
      name: 'keep an anchor with a dash in it',
      text: 'a:\n  - &one-two\n    b: c\n',
      operation: set(['a', 0], 'x'),
      result: 'a:\n  - &one-two x\n',
    },
    {
      name: 'stay as they are where the anchor would be lost',
      text: 'a:\n  - &one-two x\n',
      operation: set(['a', 0], { k: 'v' }),
      result: 'The value carries an anchor.',
    },
  ])('$name', ({ text, operation, result }) => {
    expect(after(text, operation)).toBe(result);
  });
});

describe('lines added inside a block scalar', () => {
  const insertion = (at: number, newText: string) => replaceText(['a'], { start: at, end: at }, newText);
  it.each([
    {
      name: 'take its indentation',
      text: 'a: |\n    [x]\n      y 1\nb: 2\n',
      operation: insertion('[x]\n  y 1'.length, '\n  z 2'),
      result: 'a: |\n    [x]\n      y 1\n      z 2\nb: 2\n',
    },
    {
      name: 'and its line ends',
      text: 'a: |-\r\n  x\r\n',
      operation: insertion(1, '\ny'),
      result: 'a: |-\r\n  x\r\n  y\r\n',
    },
    {
      name: 'count from the first line that is not empty',
      text: 'a: |\n\n  x\n',
      operation: insertion(2, '\ny'),
      result: 'a: |\n\n  x\n  y\n',
    },
    {
      name: 'are refused where lines are folded',
      text: 'a: >\n  x\n',
      operation: insertion(1, '\ny'),
      result: 'The text cannot be written in this block.',
    },
  ])('$name', ({ text, operation, result }) => {
    expect(after(text, operation)).toBe(result);
  });
});

it('replaces a value at the end of a long line in no time', { timeout: 5000 }, () => {
  const before = `{ a: ${'-!'.repeat(100_000)}, b: `;
  expect(after(`${before}1 }\n`, set(['b'], 2))).toBe(`${before}2 }\n`);
});
