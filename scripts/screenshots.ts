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
const file = join(workspace, 'manifests/portal.yaml');
/** What the pictures point at. */
const FLAGGED = { key: 'privileged:', value: 'true' };

const settings = {
  'editor.hover.above': false,
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
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
  const page = await browser.newPage({ viewport: { width: 1100, height: 680 }, deviceScaleFactor: 1.5 });
  await page.goto(editorAddress(host, { workspace, file }));
  await page.locator('.squiggly-error').first().waitFor();
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
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
  await take(page, 'problems');
}

function flagged(page: Page) {
  const line = page.locator('.view-line').filter({ hasText: FLAGGED.key }).first();
  return line.getByText(FLAGGED.value, { exact: true });
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(images, `${name}.png`), animations: 'disabled', caret: 'initial' });
}
