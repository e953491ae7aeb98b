/**
 * Measures how long the extension takes to activate in a real VS Code, by VS Code's own figures: opens a manifest in a fresh extension host and
 * asks the editor for its list of running extensions. Prints the median of some rounds and fails nothing.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { emptyWorkspace, withEditor } from '../test/e2e/editor.ts';
import { launchBrowser } from './host/browser.ts';
import { root } from './steps.ts';

const ROUNDS = 5;

const privilegedPod = `apiVersion: v1
kind: Pod
metadata:
  name: portal
spec:
  containers:
    - name: portal
      image: registry.example.com/portal:1.4.2
      securityContext:
        privileged: true
`;

/** In ms; loading the code counts. */
async function activationTime(page: Page): Promise<number> {
  await page.locator('.squiggly-error').first().waitFor();
  await page.keyboard.press('F1');
  await page.keyboard.type('Show Running Extensions');
  await page
    .locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Running Extensions' })
    .waitFor();
  await page.keyboard.press('Enter');
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'kube-safeguards' });
  const text = await row.innerText();
  return Number(/Activation: (\d+)ms/.exec(text)?.[1]);
}

const browser = await launchBrowser();
try {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const workspace = await emptyWorkspace('activation');
    const file = join(workspace, 'pod.yaml');
    await writeFile(file, privilegedPod);
    await withEditor(browser, 'activation', { workspace, file, extension: root }, async (page) => {
      times.push(await activationTime(page));
    });
  }
  times.sort((a, b) => a - b);
  const [median, least, most] = [times[ROUNDS >> 1], times[0], times.at(-1)];
  console.log(`activation of the extension in VS Code: median ${median} ms (${least} to ${most} ms)`);
} finally {
  await browser.close();
}
