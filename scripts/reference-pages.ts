/** Pages of docs/ that are made from the product itself. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configurationPage } from './configuration-page.ts';
import { policiesPage } from './policies-page.ts';
import { regulationPage } from './regulation-page.ts';
import { root } from './steps.ts';

const PAGES: Readonly<Record<string, () => string>> = {
  'docs/cluster-policies.md': policiesPage,
  'docs/configuration.md': configurationPage,
  'docs/hipaa.md': regulationPage,
};

/** The pages that are not as they should be. */
export async function staleReferencePages(): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, page] of Object.entries(PAGES)) {
    const present = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (present !== page()) stale.push(path);
  }
  return stale;
}

export async function writeReferencePages(): Promise<void> {
  for (const [path, page] of Object.entries(PAGES)) await writeFile(join(root, path), page());
}
