import { expect, test } from 'vitest';
import { parseDocument } from '../../server/src/syntax/parse.ts';

// Tools such as yq write the tag out.
test.each(['<<: *base', '!!merge <<: *base', '<<: [*base]'])(
  '%s brings in the keys of another map',
  (merge) => {
    const { root, problems } = parseDocument(`base: &base\n  type: string\nuse:\n  ${merge}\n  own: 1\n`);
    expect(problems).toEqual([]);
    expect(root?.get('use')?.toJS()).toEqual({ own: 1, type: 'string' });
  },
);

test('what a base merges itself comes after its own keys', () => {
  const { root, problems } = parseDocument(
    'a: &a { x: 1, y: [1, { z: 2 }] }\nb: &b { <<: *a, x: 3 }\nc:\n  <<: *b\n  own: 4\n',
  );
  expect(problems).toEqual([]);
  expect(root?.get('c')?.toJS()).toEqual({ own: 4, x: 3, y: [1, { z: 2 }] });
});

test('merges of merges cannot fill the memory', () => {
  const levels = Array.from({ length: 12 }, (_, level) => {
    const bases = Array.from({ length: 9 }, () => `*a${level}`).join(', ');
    return `a${level + 1}: &a${level + 1}\n  <<: [${bases}]\n`;
  });
  const { problems } = parseDocument(`a0: &a0 { x: y }\n${levels.join('')}`);
  expect(problems.map(({ kind }) => kind)).toEqual(['too-large']);
});
