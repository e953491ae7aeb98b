/** A headless browser to open editors in: an installed one, or else one that this machine can get. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { root, step } from '../steps.ts';

const run = promisify(execFile);
const asRoot = process.getuid?.() === 0;

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    args: asRoot ? [...QUIET, '--no-sandbox'] : QUIET,
  });
}

/** The path of a browser, which is installed when there is none. */
export async function findBrowser(): Promise<string> {
  const found = installedBrowser();
  if (found) return found;
  await step('Installing a browser', installBrowser);
  const installed = installedBrowser();
  if (!installed)
    throw new Error('No browser was found: install Chrome, Chromium or Edge, or set CHROME_PATH to one.');
  return installed;
}

function installedBrowser(): string | undefined {
  return [process.env.CHROME_PATH, ...usualPlaces(), chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  }
  if (process.platform === 'win32') {
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return folders.flatMap((folder) => (folder ? programs.map((program) => join(folder, program)) : []));
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Playwright's own download where its network allows; else, on Debian and Ubuntu and as root, the package. */
async function installBrowser(): Promise<void> {
  try {
    await run(process.execPath, [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  } catch {
    if (!asRoot || !existsSync('/usr/bin/apt-get')) return;
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  }
}
