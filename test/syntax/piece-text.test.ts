import { describe, expect, it } from 'vitest';
import { PieceText } from '../../server/src/syntax/piece-text.ts';
import { applyEdits, type TextEdit } from '../../server/src/syntax/ranges.ts';

const edit = (start: number, end: number, newText: string): TextEdit => ({ range: { start, end }, newText });

describe('PieceText', () => {
  it.each<[name: string, changes: TextEdit[][], text: string]>([
    ['nothing', [[]], 'abcdef'],
    ['edits in any order', [[edit(4, 6, 'X'), edit(0, 1, '')]], 'bcdX'],
    ['insertions at one place, in their order', [[edit(2, 2, '1'), edit(2, 2, '2')]], 'ab12cdef'],
    ['an insertion before what is replaced', [[edit(2, 3, 'C'), edit(2, 2, '1')]], 'ab1Cdef'],
    [
      'changes of changes',
      [[edit(1, 3, 'XYZ')], [edit(2, 3, '-'), edit(5, 6, '')], [edit(7, 7, '!')]],
      'aX-Zdf!',
    ],
    ['everything', [[edit(0, 6, '')], [edit(0, 0, 'new')]], 'new'],
  ])('tells the sum of %s as edits of the original', (_, changes, text) => {
    const pieces = new PieceText('abcdef');
    for (const edits of changes) pieces.apply(edits);
    expect(pieces.text).toBe(text);
    expect(applyEdits('abcdef', pieces.edits)).toBe(text);
  });

  it('takes time that grows with the text and the edits alone', () => {
    const pieces = new PieceText('abc\n'.repeat(100_000));
    const started = performance.now();
    pieces.apply(Array.from({ length: 20_000 }, (_, index) => edit(index * 8, index * 8 + 1, 'z')));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(pieces.edits).toHaveLength(20_000);
  });
});
