import { expect, it } from 'vitest';
import { stalePages } from '../../scripts/rule-pages.ts';

// The examples on the pages are cases of the rules' own tests, which check them.
it('has an up-to-date page for every rule, and no others (npm run docs)', async () => {
  expect(await stalePages()).toEqual([]);
});
