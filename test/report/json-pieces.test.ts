import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../server/src/report/json-pieces.ts';

const frame = (items: readonly unknown[]) => ({ name: 'run', nested: { items }, end: [1, { a: 'b' }] });
const whole = (items: readonly unknown[]) => `${JSON.stringify(frame(items), undefined, 2)}\n`;

describe('jsonPieces', () => {
  it.each([
    ['nothing', []],
    ['one', [{ a: 1 }]],
    ['lists in lists', [[], [1, [2]], { a: { b: [] } }, 'text\nof "two" lines', null]],
  ])('writes %s as JSON.stringify does', (_, items) => {
    expect([...jsonPieces(frame, items)].join('')).toBe(whole(items));
  });

  it('gives long lists in pieces, each made when it is wanted', () => {
    let made = 0;
    function* items() {
      for (; made < 1000; made++) yield { text: 'x'.repeat(1000) };
    }
    const pieces = jsonPieces(frame, items());
    const first = pieces.next().value ?? '';
    expect(made).toBeLessThan(100);
    const all = first + [...pieces].join('');
    expect(all).toBe(whole(Array.from({ length: 1000 }, () => ({ text: 'x'.repeat(1000) }))));
  });
});
