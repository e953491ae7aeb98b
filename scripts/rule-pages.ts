/** What docs/rules/ holds: a page for every rule, and a README that lists them. */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rulesAsMarkdown } from '../server/src/report/rule-list.ts';
import { rules } from '../server/src/rules/index.ts';
import type { RuleCases } from '../test/support/rule-cases.ts';
import { loadKubernetesSchemas } from '../test/support/schemas.ts';
import { rulePageOf } from './rule-page.ts';
import { root } from './steps.ts';

const folder = join(root, 'docs/rules');

/** The content that docs/rules/ should have, by file name. */
export async function rulePages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const schemas = await loadKubernetesSchemas();
  for (const rule of rules) {
    const casesFile = join(root, 'test/rules', rule.meta.safeguard, `${rule.id}.cases.ts`);
    const { cases } = (await import(casesFile)) as { cases: RuleCases };
    pages.set(`${rule.id}.md`, rulePageOf(rule, cases, schemas));
  }
  pages.set('README.md', overview());
  return pages;
}

/** The names of pages that are missing, out of date, or of no rule any more. */
export async function stalePages(): Promise<string[]> {
  const pages = await rulePages();
  const present = existsSync(folder) ? await readdir(folder) : [];
  const stale = present.filter((name) => !pages.has(name));
  for (const [name, content] of pages) {
    const isCurrent = present.includes(name) && (await readFile(join(folder, name), 'utf8')) === content;
    if (!isCurrent) stale.push(name);
  }
  return stale.sort();
}

/** Makes the folder anew and tells how many files it holds. */
export async function writePages(): Promise<number> {
  const pages = await rulePages();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, content] of pages) await writeFile(join(folder, name), content);
  return pages.size;
}

function overview(): string {
  return `<!-- Made by "npm run docs" from the rules and their tests. -->

# Rules

All rules, by the safeguard that they serve. The severity is the default: *error* for what a required specification asks for, or for
PHI and credentials that are exposed already; *warning* for addressable specifications (implement it, or document why not and what replaces
it, 45 CFR 164.306(d)(3)); *information* for advice. A finding is evidence about a safeguard, not a verdict of compliance.

${rulesAsMarkdown(rules, (id) => `${id}.md`)}`;
}
