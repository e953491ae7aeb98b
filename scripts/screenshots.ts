/** Takes the pictures of the README, docs/images, and of the walkthrough, images/walkthrough, from a real editor with the package, on examples/clinic. */

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './host/browser.ts';
import { testFolder } from './host/install.ts';
import { editorAddress, startHost } from './host/server.ts';
import { smallPng } from './small-png.ts';
import { root } from './steps.ts';

const images = join(root, 'docs/images');
const walkthrough = join(root, 'images/walkthrough');
const workspace = join(testFolder, 'workspaces/clinic');
const file = join(workspace, 'manifests/api.yaml');
const values = join(workspace, 'charts/patient-portal/values.yaml');
/** What the pictures point at. */
const FLAGGED = { key: 'privileged:', value: 'true' };

/** Lines above the one that is pointed at, so that there is room for a hover below it. */
const LINES_ABOVE = 4;

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
for (const folder of [images, walkthrough]) await mkdir(folder, { recursive: true });
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
  await posture(page);
  await evidence(page);
  const chart = await browser.newPage({ viewport: { width: 1024, height: 560 }, deviceScaleFactor: 1.25 });
  await chart.goto(editorAddress(host, { workspace, file: values }));
  await inChart(chart);
  // The walkthrough is part of the package: its pictures are small.
  const small = await browser.newPage({ viewport: { width: 720, height: 450 } });
  await small.goto(editorAddress(host, { workspace, file }));
  await small.locator('.squiggly-error').first().waitFor();
  await small.keyboard.press('Control+b');
  await reveal(small, FLAGGED.key);
  await findings(small, walkthrough);
  await lightbulb(small, walkthrough);
  await newService(small);
  await configuration(small);
} finally {
  await browser.close();
  await host.stop();
}

/** A manifest with findings, and the hover that explains one of them. */
async function findings(page: Page, folder = images): Promise<void> {
  await hover(page);
  await take(page, 'findings', folder);
}

/** Again, when diagnostics that arrive late have closed the hover. */
async function hover(page: Page, place = flagged(page)): Promise<void> {
  for (let attempt = 1; attempt < 6; attempt++) {
    await page.mouse.move(0, 0);
    await place.hover();
    const shown = page.locator('.monaco-hover:visible', { hasText: '45 CFR' });
    const isThere = await shown.waitFor({ timeout: 8000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error('No hover came up.');
}

async function lightbulb(page: Page, folder = images): Promise<void> {
  await openLightbulb(page);
  await take(page, 'lightbulb', folder);
  await page.keyboard.press('Escape');
}

/** Again, when diagnostics that arrive late have closed the menu. */
async function openLightbulb(page: Page): Promise<void> {
  for (let attempt = 1; attempt < 6; attempt++) {
    await page.mouse.move(0, 0);
    await flagged(page).click();
    await page.keyboard.press('Control+.');
    const first = page.locator('.action-widget .action').first();
    const isThere = await first.waitFor({ timeout: 8000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await page.keyboard.press('Escape');
  }
  throw new Error('No menu came up.');
}

async function problems(page: Page): Promise<void> {
  await page.keyboard.press('Control+b'); // room for the messages
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
  await take(page, 'problems');
}

/** The view that the status bar opens, with a safeguard unfolded. */
async function posture(page: Page): Promise<void> {
  await page.keyboard.press('Control+j'); // room for the tree
  await page.locator('.statusbar-item[id*="kubeSafeguards.posture"]').click();
  const rows = page.locator('.pane-body .monaco-list-row');
  await rows.filter({ hasText: 'Network segmentation' }).click();
  await rows.nth(8).waitFor();
  await take(page, 'posture');
}

/** Two of the report's pictures, in the editor: coverage by namespace, and who reaches PHI. */
async function evidence(page: Page): Promise<void> {
  await page.keyboard.press('Control+b'); // room for the page
  await runCommand(page, 'Show Evidence Report');
  const report = page.frameLocator('iframe.webview').frameLocator('iframe');
  await report.getByRole('link', { name: 'Namespaces' }).click();
  await report.locator('svg .node.phi').first().waitFor();
  await take(page, 'report');
}

/** The values of a chart, with what is found in what they render. */
async function inChart(page: Page): Promise<void> {
  await page.locator('.squiggly-error').nth(3).waitFor();
  const line = page.locator('.view-line').filter({ hasText: 'allowPrivilegeEscalation' }).first();
  await hover(page, line.getByText('true', { exact: true }));
  await take(page, 'chart');
}

/** The files of a new service, before they are written. */
async function newService(page: Page): Promise<void> {
  await runCommand(page, 'New PHI Service');
  const answers = ['records-api', '', 'registry.lakeside-clinic.example/records/api:1.0.0', '', 'portal'];
  for (const [index, answer] of answers.entries()) {
    await page.locator('.quick-input-title', { hasText: `(${index + 1}/` }).waitFor();
    if (answer !== '') {
      await page.keyboard.press('Control+a');
      await page.keyboard.type(answer);
    }
    await page.keyboard.press('Enter');
  }
  await choose(page, 'PostgreSQL beside it');
  await page.locator('.quick-input-message:visible', { hasText: 'The name under which' }).waitFor();
  await page.keyboard.press('Enter');
  for (const label of ['Istio', 'Amazon Web Services', 'Manifests']) await choose(page, label);
  await page.locator('.quick-input-message:visible', { hasText: 'The folder for its files' }).waitFor();
  await page.keyboard.press('Enter');
  await choose(page, 'service/deployment.yaml');
  await page.locator('.tab', { hasText: 'deployment.yaml' }).waitFor();
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'deployment' }).waitFor();
  await take(page, 'service', walkthrough);
  await page.keyboard.press('Escape');
  await page.locator('.tab', { hasText: 'deployment.yaml' }).waitFor({ state: 'detached' });
}

/** What is proposed where there is no configuration yet. */
async function configuration(page: Page): Promise<void> {
  await rm(join(workspace, '.kube-safeguards.yaml'));
  await runCommand(page, 'Initialize Configuration');
  await page.locator('.tab.active', { hasText: '.kube-safeguards.yaml' }).waitFor();
  await page.locator('.view-line').filter({ hasText: 'namespaces:' }).first().waitFor();
  await take(page, 'configuration', walkthrough);
}

async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget').waitFor();
  await page.keyboard.type(title);
  await choose(page, title);
}

async function choose(page: Page, label: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
}

/** Scrolls to the first line with a text, and has it near the top. */
async function reveal(page: Page, text: string): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  await page.keyboard.press('Control+g');
  await page.keyboard.type(`${lines.findIndex((line) => line.includes(text)) + 1}`);
  await page.keyboard.press('Enter');
  const found = page.locator('.view-line').filter({ hasText: text }).first();
  await found.waitFor();
  const top = (await page.locator('.editor-instance').boundingBox())?.y ?? 0;
  const { y = 0, height = 1 } = (await found.boundingBox()) ?? {};
  for (let lines = Math.floor((y - top) / height) - LINES_ABOVE; lines > 0; lines--)
    await page.keyboard.press('Control+ArrowDown');
}

function flagged(page: Page) {
  const line = page.locator('.view-line').filter({ hasText: FLAGGED.key }).first();
  return line.getByText(FLAGGED.value, { exact: true });
}

async function take(page: Page, name: string, folder = images): Promise<void> {
  const picture = await page.screenshot({ animations: 'disabled', caret: 'initial' });
  await writeFile(join(folder, `${name}.png`), smallPng(picture));
}
