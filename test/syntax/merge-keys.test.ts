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
