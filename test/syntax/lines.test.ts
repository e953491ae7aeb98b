import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/syntax/lines.ts';

describe('the offset of a position', () => {
  const cases = [
    { name: 'beyond a line', text: 'a: 1\nb: 2\n', at: { line: 0, character: 9 }, offset: 4 },
    {
      name: 'beyond a line that CRLF ends',
      text: 'a: 1\r\nb: 2\r\n',
      at: { line: 1, character: 9 },
      offset: 10,
    },
    { name: 'beyond a line that is empty', text: 'a: 1\r\n\nb: 2', at: { line: 1, character: 1 }, offset: 6 },
    { name: 'beyond the last line', text: 'a: 1\nb: 2', at: { line: 1, character: 9 }, offset: 9 },
    { name: 'behind the last line', text: 'a: 1\nb: 2', at: { line: 4, character: 2 }, offset: 9 },
    { name: 'within a line', text: 'a: 1\nb: 2\n', at: { line: 1, character: 3 }, offset: 8 },
  ];
  it.each(cases)('$name', ({ text, at, offset }) => {
    expect(new LineIndex(text).offsetAt(at)).toBe(offset);
  });
});
