/**
 * A real VS Code without its vendor's download: the server build inside the npm package `code-server`,
 * kept in .vscode-test/ (about 600 MB, once).
 */

import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from '../npm.ts';
import { root, step } from '../steps.ts';

/** Carries VS Code 1.139.1. */
const VERSION = '4.139.1';

/** Caches and workspaces of everything that runs in a VS Code; ignored by git. */
export const testFolder = join(root, '.vscode-test');
const folder = join(testFolder, `code-server-${VERSION}`);
const vscode = join(folder, 'node_modules/code-server/lib/vscode');
const complete = join(folder, 'installed');

/** Installs the host unless it is there. Returns the path of its server's main script. */
export async function installHost(): Promise<string> {
  if (!existsSync(complete)) await step('Installing VS Code (600 MB, once)', install);
  return join(vscode, 'out/server-main.js');
}

async function install(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  // Install scripts would compile native modules that nothing here needs. The optional packages hold the file watcher.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(['install', ...quiet, `code-server@${VERSION}`], folder);
  await npm(['install', '--omit=dev', ...quiet], vscode);
  await writeFile(complete, '');
}
