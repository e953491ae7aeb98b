import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resplitDocuments, splitDocuments } from '../../server/src/syntax/documents.ts';

const texts = (text: string) => splitDocuments(text).map(({ document }) => document.text);

describe('splitDocuments', () => {
  it.each([
    { name: 'an empty file is one empty document', text: '', parts: [''] },
    { name: 'one document', text: 'a: 1\n', parts: ['a: 1\n'] },
    { name: 'a leading marker belongs to its document', text: '---\na: 1\n', parts: ['---\na: 1\n'] },
    {
      name: 'markers start documents',
      text: 'a: 1\n---\nb: 2\n---\n',
      parts: ['a: 1\n', '---\nb: 2\n', '---\n'],
    },
    { name: 'text on the marker line', text: 'a: 1\n--- b\n', parts: ['a: 1\n', '--- b\n'] },
    {
      name: 'dashes that are no marker',
      text: 'a: 1\n----\n ---\n---x\n',
      parts: ['a: 1\n----\n ---\n---x\n'],
    },
    { name: 'an end marker ends', text: 'a: 1\n...\nb: 2\n', parts: ['a: 1\n...\n', 'b: 2\n'] },
    {
      name: 'directives stay with their document',
      text: '%YAML 1.2\n---\na: 1\n',
      parts: ['%YAML 1.2\n---\na: 1\n'],
    },
    {
      name: 'JSON objects that follow each other',
      text: '{"a": 1}\n{\n  "b": {}\n}\n\n{}\n',
      parts: ['{"a": 1}\n', '{\n  "b": {}\n}\n\n', '{}\n'],
    },
    {
      name: 'braces that are no new object',
      text: '[\n{"a": 1},\n{"b": 2}\n]\n{{ if .x }}\n{{ end }}\n{ # text\n',
      parts: ['[\n{"a": 1},\n{"b": 2}\n]\n{{ if .x }}\n{{ end }}\n{ # text\n'],
    },
    { name: 'CRLF', text: 'a: 1\r\n---\r\nb: 2\r\n', parts: ['a: 1\r\n', '---\r\nb: 2\r\n'] },
  ])('$name', ({ text, parts }) => {
    expect(texts(text)).toEqual(parts);
  });

  it('places documents by offset and line', () => {
    const [, second] = splitDocuments('a: 1\nb: 2\n---\nc: 3\n');
    expect(second).toMatchObject({ start: 10, startLine: 2 });
  });
});

describe('resplitDocuments', () => {
  const line = fc.constantFrom(
    '---',
    '...',
    'a: 1',
    '  b: 2',
    '',
    '%YAML 1.2',
    '# c',
    '-',
    '--',
    '--- x',
    '{',
    '}',
    '{"a": {}}',
    '"b": 1',
  );
  const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));

  it('gives what splitting the new text gives, after any change', () => {
    fc.assert(
      fc.property(text, text, fc.nat(), fc.nat(), (before, inserted, a, b) => {
        const [start, end] = [a % (before.length + 1), b % (before.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const after = before.slice(0, start) + inserted + before.slice(end);
        const edit = { range: { start, end }, newText: inserted };
        const again = resplitDocuments(splitDocuments(before), edit);
        const anew = splitDocuments(after);
        expect(again.map((d) => [d.document.text, d.start, d.startLine])).toEqual(
          anew.map((d) => [d.document.text, d.start, d.startLine]),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the documents that the change does not touch', () => {
    const before = splitDocuments('a: 1\n---\nb: 2\n---\nc: 3\n');
    const after = resplitDocuments(before, { range: { start: 12, end: 13 }, newText: '22' });
    expect(after[1]?.document.text).toBe('---\nb: 22\n');
    expect(after[0]?.document).toBe(before[0]?.document);
    expect(after[1]?.document).not.toBe(before[1]?.document);
    expect(after[2]?.document).toBe(before[2]?.document);
  });
});
