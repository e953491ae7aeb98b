import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { manifestWithRules } from '../../scripts/rule-setting.ts';

it('package.json offers every rule in the setting kubeSafeguards.rules, and no others (npm run docs)', async () => {
  expect(await readFile('package.json', 'utf8')).toBe(await manifestWithRules());
});
