import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseFully } from '../../server/src/syntax/parse.ts';
import { readPlainBlocks } from '../../server/src/syntax/plain/blocks.ts';
import { ListValue, MapValue, ScalarValue, type Value } from '../../server/src/syntax/values.ts';

const root = join(import.meta.dirname, '../..');

/** Everything that readers of a value can see. */
function described(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  const { kind, segment, range, via, anchor } = value;
  const common = { kind, segment, range, via, anchor };
  if (value instanceof ScalarValue) {
    const { data, decoded, style } = value;
    return { ...common, data, decoded, style };
  }
  if (value instanceof ListValue) return { ...common, style: value.style, items: value.items.map(described) };
  if (!(value instanceof MapValue)) return common;
  const entries = value.entries.map((entry) => [
    entry.key,
    described(entry.keyValue),
    described(entry.value),
  ]);
  return { ...common, style: value.style, merges: value.merges, entries };
}

/** Whether the fast reader reads a text; if so, exactly as the full parser does. */
function isReadAlike(text: string): boolean {
  const plain = readPlainBlocks(text);
  if (plain === undefined) return false;
  const full = parseFully(text);
  expect({ problems: full.problems, anchors: full.anchors }).toEqual({ problems: [], anchors: [] });
  expect(plain.comments).toEqual(full.comments);
  expect(described(plain.root)).toEqual(described(full.root));
  return true;
}

function manifests(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ya?ml|json)$/.test(file) && !file.includes('templates'))
    .flatMap((file) => splitDocuments(readFileSync(join(root, folder, file), 'utf8')))
    .map(({ document }) => document.text)
    .filter((text) => text.trim() !== '');
}

const examples = manifests('examples');

describe('the fast reader', () => {
  it.each([
    ['maps and lists', 'a:\n  b: 1\n  c:\n    - x\n    - y: 2\n      z: 3\n'],
    ['lists as far left as their key', 'a:\n- x\n- y: 2\n  z:\n  - 3\nb: 4\n'],
    ['lists in lists', '- - a\n  - b\n- - c\n'],
    ['nothing', 'a:\nb:\n  -\n  - c\nd: \n'],
    ['comments', '# first\n---\n# second\na: 1 # third\n# fourth\nb: # fifth\n  # sixth\n  c: 2\n# last\n'],
    [
      'comments below values',
      'a:\n  b: 1\n    # deep\n\n    # deeper\n  # b\nc:\n  d: {}\n  # e: 1\n  #   f: 2\ng: 3\n',
    ],
    [
      'comments below collections',
      'a:\n  b:\n    c:\n      d: 1\n      # c\n # none\n\n  e:\n  - f: 1\n    # f\n  # e\ng: 2\n    # end\n',
    ],
    ['comments instead of values', 'a:\n  b:\n    # c: 1\n\n  d: # e\n  # f\ng: 1\n'],
    ['braces on the next line', 'a:\n  {}\n  # b: 1\nc:\n  - d:\n      # e\n      []\nf:\n  "g"\n'],
    ['texts that are empty', 'a: |\nb: |-\n\n\nc:\n  d: >\n\n  # e\n  f: |\n'],
    ['quotes', `"a b": 'it''s'\nc: "tab\\t\\"quoted\\" \\\\"\n'd': ''\n`],
    [
      'quotes over several lines',
      `a: 'one\n  two  \n\n\n   three''s'\nb:\n- "one \\\n  two\\\n  \\ three  \n\n   four\\n\\\n\n  five \\"x\\" "\n- c: '\n    x\n\n    '\n  d: "\n\n    y\\ \n    " # e\n`,
    ],
    ['plain text on several lines', 'a: one\n  two\n\n  three\nb: http://x:80/#y\nc: -x ?y :z\n'],
    ['literal texts', 'a: |\n  one\n\n    two\n  three: # four\nb: |-\n  x\n\nc:\n  - |\n    y\n'],
    [
      'literal texts that state their indentation',
      'a:\n  b: |2-\n        x\n      y\n\n    z\n  c: |2\n     one\n',
    ],
    ['plain text on the next line', 'a:\n  one\n  two\nb:\n  - c: \n      ^$|x\n    d:\n\n      e\n'],
    ['folded texts', 'a: >\n  one\n  two\n\n\n  three\nb: >-\n  x\n'],
    ['flow collections', 'a: {}\nb: [x, "y", {c: d, "e":f}, []] # g\n'],
    ['JSON', '{\n\t"a": [1, true, null, "x"],\n  "b": {"c": {}}\n}\n'],
    ['words that YAML 1.1 reads as something else', 'a: yes\nb: 0o17\nc: ~\nd: 1_000\ne: .inf\nf: 1e3\n'],
    ['a text without a last line break', 'a:\n  - b: c # d'],
    ['many keys', Array.from({ length: 40 }, (_, index) => `key${index}: ${index}\n`).join('')],
  ])('reads %s', (_, text) => {
    expect(isReadAlike(text)).toBe(true);
  });

  it.each([
    ['anchors', 'a: &x 1\nb: *x\n'],
    ['merge keys', 'a:\n  <<: {b: 1}\n'],
    ['tags', 'a: !!str 1\n'],
    ['explicit keys', '? a\n: b\n'],
    ['repeated keys', 'a: 1\na: 2\n'],
    ['tabs', 'a:\n\tb: 1\n'],
    ['line breaks of other systems', 'a: 1\r\nb: 2\r\n'],
    ['a quote that is not closed', 'a: "b\nc: d\n'],
    ['a quote whose lines stand too far left', `a:\n  b: 'c\n  d'\n`],
    ['a key over several lines', `'a\n  b': c\n`],
    ['a map in the place of a text', 'a: b: c\n'],
    ['lines that are indented anew', 'a:\n    b: 1\n  c: 2\n'],
    ['nothing but comments', '# a\n'],
    ['no document', ''],
    ['several documents', 'a: 1\n---\nb: 2\n'],
  ])('leaves %s to the full parser', (_, text) => {
    expect(readPlainBlocks(text)).toBeUndefined();
  });

  it('reads nearly all examples, as the full parser does', () => {
    const read = examples.filter(isReadAlike);
    expect(read.length).toBeGreaterThan(0.9 * examples.length);
  });

  it('reads what an edit leaves as the full parser does, or not at all', () => {
    const pieces = [
      ...[
        '\n',
        ' ',
        '  ',
        '\t',
        ':',
        ': ',
        '- ',
        '-',
        '#',
        ' # x',
        "'",
        '"',
        '|',
        '>',
        '|-\n',
        '{',
        '}',
        '[',
        ']',
        ',',
      ],
      ...[
        '*a',
        '&a ',
        '!t ',
        '? ',
        '%',
        '@',
        '\\',
        '\n\n',
        '---\n',
        '...\n',
        " 'x\n        y'",
        ' "x \\\n        y\n\n        z"',
        '~',
        '<<: ',
        '{}',
        '[a, b]',
        '\n      # x\n',
      ],
    ];
    const edit = fc.record({
      at: fc.nat(100_000),
      removed: fc.constantFrom(0, 0, 1, 2, 30),
      inserted: fc.constantFrom('', ...pieces),
    });
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
    const small = examples.filter(({ length }) => length < 2000);
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom(...small), edits, (example, changes) => {
        const text = changes.reduce(
          (before, { at, removed, inserted }) => {
            const start = at % (before.length + 1);
            return before.slice(0, start) + inserted + before.slice(start + removed);
          },
          example.slice(0, 1500),
        );
        if (splitDocuments(text).length === 1 && isReadAlike(text)) read++;
      }),
      { numRuns: 2000, seed: 20261122 },
    );
    expect(read).toBeGreaterThan(400);
  });

  it('takes time in proportion to the text', () => {
    const time = (text: string) => {
      const started = performance.now();
      readPlainBlocks(text);
      return performance.now() - started;
    };
    const hostile = [
      (length: number) => `a: ${'x '.repeat(length)}`,
      (length: number) => `a: "${'\\\\'.repeat(length)}`,
      (length: number) => `a: '${'x\n  '.repeat(length)}'`,
      (length: number) => `a: "x\n${' '.repeat(length)}y${' '.repeat(length)}x\n  "`,
      (length: number) => `a: |\n${' \n'.repeat(length)}`,
      (length: number) => `${'- '.repeat(length)}`,
      (length: number) => `a: ${'['.repeat(length)}`,
      (length: number) => '# c\n'.repeat(length),
      (length: number) => `a: x\n${'  y\n'.repeat(length)}`,
    ];
    for (const text of hostile) {
      time(text(1000));
      const [short, long] = [time(text(20_000)), time(text(200_000))];
      expect(long).toBeLessThan(Math.max(60 * short, 250));
    }
  });
});
