/** The names that package.json offers, and allows, in the setting `kubeSafeguards.rules`. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rules } from '../server/src/rules/index.ts';
import { root } from './steps.ts';

const manifest = join(root, 'package.json');

/** package.json as it should be. */
export async function manifestWithRules(): Promise<string> {
  const content = JSON.parse(await readFile(manifest, 'utf8'));
  const groups: { properties: Record<string, { propertyNames?: unknown }> }[] =
    content.contributes.configuration;
  const setting = groups.map(({ properties }) => properties['kubeSafeguards.rules']).find((found) => found);
  if (setting === undefined) throw new Error('package.json has no setting kubeSafeguards.rules.');
  setting.propertyNames = { enum: rules.map(({ id }) => id).sort() };
  return `${JSON.stringify(content, null, 2)}\n`;
}

export async function writeRuleSetting(): Promise<void> {
  await writeFile(manifest, await manifestWithRules());
}
