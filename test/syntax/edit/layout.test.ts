import { expect, it } from 'vitest';
import { layoutOf } from '../../../server/src/syntax/edit/layout.ts';
import { parseDocument } from '../../../server/src/syntax/parse.ts';

it('reads the layout of a document once, whoever asks: a large one has thousands of fixes', () => {
  for (const text of ['{ "kind": "List", "items": [{ "a": 1 }] }', 'a:\n    b: 1\n']) {
    const document = parseDocument(text);
    expect(layoutOf(document)).toBe(layoutOf(document));
    expect(layoutOf(parseDocument(text))).toEqual(layoutOf(document));
  }
});
