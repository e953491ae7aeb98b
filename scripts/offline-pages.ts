/** The pages of rules as one file for the extension: what many of them say alike is packed once. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './steps.ts';

const folder = join(root, 'docs/rules');

/** Markdown by rule, without the note for those who would edit it. */
export async function offlinePages(): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name !== 'README.md').sort();
  const pages = names.map(async (name) => {
    const text = await readFile(join(folder, name), 'utf8');
    return [name.replace(/\.md$/, ''), text.replace(/^<!--.*-->\n\n/, '')] as const;
  });
  return Object.fromEntries(await Promise.all(pages));
}
