/** The licences of the packages inside the bundles, as they ask to be passed on. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './steps.ts';

/** @param files bundled files, relative to the project's root, with `/` as separator. */
export async function thirdPartyNotices(files: readonly string[]): Promise<string> {
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined));
  const notices = await Promise.all([...folders].sort().map(noticeOf));
  return ['Kube Safeguards includes the following packages.', ...notices].join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** `a/node_modules/@scope/name/lib/x.js` gives `a/node_modules/@scope/name`; project files give undefined. */
function packageFolder(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

async function noticeOf(folder: string): Promise<string> {
  const path = join(root, folder);
  const { name, version, license } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
  const licenseFile = (await readdir(path)).find((file) => /^licen[cs]e/i.test(file));
  const text = licenseFile ? await readFile(join(path, licenseFile), 'utf8') : '';
  return `${name} ${version} (${license})\n\n${text.trim()}`;
}
