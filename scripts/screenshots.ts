/** Takes the README's pictures, docs/images/*.png, from a real editor with the package, on examples/clinic. */

import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './host/browser.ts';
import { testFolder } from './host/install.ts';
import { editorAddress, startHost } from './host/server.ts';
import { root } from './steps.ts';

const images = join(root, 'docs/images');
const workspace = join(testFolder, 'workspaces/clinic');
const file = join(workspace, 'manifests/api.yaml');
/** What the pictures point at. */
const FLAGGED = { key: 'privileged:', value: 'true' };

const settings = {
  'editor.hover.above': false,
  'editor.fontSize': 13,
  'editor.guides.indentation': false,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'workbench.layoutControl.enabled': false,
  'workbench.colorTheme': 'Default Light Modern',
};

await rm(workspace, { recursive: true, force: true });
await mkdir(images, { recursive: true });
await cp(join(root, 'examples/clinic'), workspace, { recursive: true });

const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const browser = await launchBrowser();
const host = await startHost({ settings, install: [join(root, `${name}-${version}.vsix`)] });
try {
  const page = await browser.newPage({ viewport: { width: 1024, height: 660 }, deviceScaleFactor: 1.25 });
  await page.goto(editorAddress(host, { workspace, file }));
  await page.locator('.squiggly-error').first().waitFor();
  await reveal(page, FLAGGED.key);
  await findings(page);
  await lightbulb(page);
  await problems(page);
} finally {
  await browser.close();
  await host.stop();
}

/** A manifest with findings, and the hover that explains one of them. */
async function findings(page: Page): Promise<void> {
  await flagged(page).hover();
  await page.locator('.monaco-hover:visible', { hasText: '45 CFR' }).waitFor();
  await take(page, 'findings');
}

async function lightbulb(page: Page): Promise<void> {
  await flagged(page).click();
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .action').first().waitFor();
  await take(page, 'lightbulb');
  await page.keyboard.press('Escape');
}

async function problems(page: Page): Promise<void> {
  await page.keyboard.press('Control+b'); // room for the messages
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
  await take(page, 'problems');
}

/** Scrolls to the first line with a text. */
async function reveal(page: Page, text: string): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  await page.keyboard.press('Control+g');
  await page.keyboard.type(`${lines.findIndex((line) => line.includes(text)) + 1}`);
  await page.keyboard.press('Enter');
  await page.locator('.view-line').filter({ hasText: text }).first().waitFor();
}

function flagged(page: Page) {
  const line = page.locator('.view-line').filter({ hasText: FLAGGED.key }).first();
  return line.getByText(FLAGGED.value, { exact: true });
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(images, `${name}.png`), animations: 'disabled', caret: 'initial' });
}
