/** What a person does at the page of an editor, and what they wait for. */

import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { EditorOptions, Host, HostOptions } from '../../../scripts/host/server.ts';
import { root } from '../../../scripts/steps.ts';
import { artifacts, withEditor } from '../editor.ts';
import type { Test } from '../runner.ts';

/** Where the extension runs: in a process beside the files, or in a worker of the browser. */
export const KINDS = ['workspace', 'web'] as const;
export type Kind = (typeof KINDS)[number];

/** Tests of either kind of extension. */
export type PersonTests = (open: OpenEditor, kind: Kind) => Test[];

/** Opens an editor with the extension and hands its page to `use`. */
export type OpenEditor = (
  name: string,
  options: Omit<EditorOptions, 'extension'> & HostOptions & { language?: string },
  use: (page: Page, host: Host) => Promise<void>,
) => Promise<void>;

export function editorsOf(kind: Kind, browser: Browser): OpenEditor {
  const runsThere = { 'remote.extensionKind': { 'kube-safeguards.kube-safeguards': [kind] } };
  return (name, options, use) => {
    const settings = { ...options.settings, ...runsThere };
    return withEditor(browser, `${name}-${kind}`, { ...options, extension: root, settings }, use);
  };
}

/** A manifest that lacks the last word. */
export const before = `apiVersion: v1
kind: Pod
metadata:
  name: portal
  namespace: clinic
spec:
  containers:
    - name: portal
      image: registry.example.com/portal:1.4.2
      securityContext:
        privileged: `;

export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.locator('[id="status.languageStatus"]').waitFor(); // the extension is active
  await page.locator('.editor-instance .view-line').last().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}

/** Runs a command, again while the editor has not yet found its extensions. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.locator('.monaco-workbench').waitFor();
  const command = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (let attempt = 1; attempt < 10; attempt++) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget').waitFor();
    await page.keyboard.type(title);
    const isThere = await command.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return command.click();
    await page.keyboard.press('Escape');
  }
  throw new Error(`There is no command ${title}.`);
}

/** Takes an entry of the menu of what has the focus, by keyboard alone; the picture shows the menu with that entry reached. */
export async function chooseInMenu(page: Page, name: string, picture?: string): Promise<void> {
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name, exact: true }).waitFor();
  const reached = page.locator('[role=menuitem]:focus', { hasText: name });
  for (let presses = 0; (await reached.count()) === 0; presses++) {
    if (presses === 5) throw new Error(`The keyboard does not reach ${name}.`);
    await page.keyboard.press('ArrowDown');
  }
  if (picture) await page.screenshot({ path: join(artifacts, picture) });
  await page.keyboard.press('Enter');
}

/** Resolves once the quick input shows a text. */
export async function asked(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-message:visible', { hasText: text }).waitFor();
}

/** Answers the question with a text; without one, with the text that it proposes. */
export async function fillIn(page: Page, question: string, text = ''): Promise<void> {
  await asked(page, question);
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

export async function choose(page: Page, label: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).click();
}

/** Resolves once something on the line with `text` is underlined as an error. */
export async function underlined(page: Page, text: string): Promise<void> {
  await page.waitForFunction(`(() => {
    const lines = [...document.querySelectorAll('.view-line')];
    const line = lines.find((line) => line.textContent.includes('${text}'))?.getBoundingClientRect();
    return [...document.querySelectorAll('.squiggly-error')].some(
      (underline) => line && Math.abs(underline.getBoundingClientRect().top - line.top) < line.height / 2,
    );
  })()`);
}

/** Opens the lightbulb's menu, again when diagnostics that arrive late have closed it. */
export async function offeredFix(page: Page, title: RegExp): Promise<Locator> {
  const fix = page.locator('.action-widget .action').filter({ hasText: title }).first();
  await page.locator('.lightBulbWidget:visible, [class*="gutter-lightbulb"]:visible').first().waitFor();
  for (let attempt = 1; attempt < 5; attempt++) {
    await page.keyboard.press('Control+.');
    const isOffered = await fix.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (isOffered) return fix;
    await page.keyboard.press('Escape');
  }
  throw new Error(`No fix is offered that reads ${title}.`);
}
