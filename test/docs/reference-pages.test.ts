import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { staleReferencePages } from '../../scripts/reference-pages.ts';
import { rules } from '../../server/src/rules/index.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the references', () => {
  it('are up to date (npm run docs)', async () => {
    expect(await staleReferencePages()).toEqual([]);
  });

  it('map every rule to its provisions, and every provision to its rules', () => {
    const [, toRules = '', , toProvisions = ''] = read('docs/hipaa.md').split(/^## /m);
    for (const { id, meta } of rules) {
      expect(toProvisions).toContain(`[${id}](rules/${id}.md) | ${meta.references.hipaa.join(', ')} |`);
      if (meta.references.hipaa.length > 0) expect(toRules).toContain(`(rules/${id}.md)`);
    }
  });
});

describe('pages', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  it.each(pages)('%s links to files that are there', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)/g)].map(([, target]) => target ?? '');
    const missing = targets.filter(
      (target) => !/^\w+:/.test(target) && !existsSync(join(root, dirname(page), target)),
    );
    expect(missing).toEqual([]);
  });
});
