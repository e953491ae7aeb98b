/** The pages of rules as one file for the extension: what many of them say alike is packed once. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rules } from '../server/src/rules/index.ts';
import { root } from './steps.ts';

const folder = join(root, 'docs/rules');

/** Markdown by rule, without the note for those who would edit it. Rules about the same things stand beside each other, which packs best. */
export async function offlinePages(): Promise<Record<string, string>> {
  const pages = rules.map(async ({ id }) => {
    const text = await readFile(join(folder, `${id}.md`), 'utf8');
    return [id, text.replace(/^<!--.*-->\n\n/, '')] as const;
  });
  return Object.fromEntries(await Promise.all(pages));
}
