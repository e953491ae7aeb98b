/** A person reads the evidence. */

import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { root } from '../../../scripts/steps.ts';
import { artifacts, emptyWorkspace } from '../editor.ts';
import { choose, type PersonTests, runCommand } from './page.ts';

export const evidenceTests: PersonTests = (open, kind) => [
  {
    name: 'a person reads the evidence report in the editor, and saves it',
    run: async () => {
      const theme = kind === 'web' ? 'Dark' : 'Light';
      const workspace = await emptyWorkspace(`evidence-${theme}`);
      await cp(join(root, 'examples/clinic/manifests'), workspace, { recursive: true });
      const settings = { 'workbench.colorTheme': `Default ${theme} Modern` };
      const options = { workspace, settings };
      await open(`evidence-${theme}`, options, async (page) => {
        await runCommand(page, 'Show Evidence Report');
        const report = page.frameLocator('iframe.webview').frameLocator('iframe');
        await report.getByRole('heading', { name: 'Evidence of technical safeguards' }).waitFor();
        await report.getByRole('link', { name: 'Default-deny network policies' }).waitFor();
        await page.screenshot({ path: join(artifacts, `evidence-${theme}-1.png`) });
        // The report's own style sheet, which its policy lets in.
        const background = await backgroundOf(report);
        const wanted = theme === 'Dark' ? 'rgb(21, 24, 29)' : 'rgb(255, 255, 255)';
        if (background !== wanted) throw new Error(`The page is ${background}.`);
        await report.getByRole('link', { name: 'Reachability of PHI' }).click();
        await report.locator('svg .node.phi').first().waitFor();
        await page.screenshot({ path: join(artifacts, `evidence-${theme}-2.png`) });

        await intrude(report);
        const after = { background: await backgroundOf(report), pictures: await picturesIn(report) };
        if (after.background !== wanted || after.pictures !== 0)
          throw new Error(`The page has let something in: ${JSON.stringify(after)}.`);
        if ((await report.locator('body.ran').count()) > 0) throw new Error('The page has run a script.');

        await page.getByRole('button', { name: 'Save Evidence Report' }).click();
        await choose(page, 'OSCAL');
        await page.waitForFunction(
          `document.querySelector('.quick-input-box input')?.value.endsWith('/evidence.json')`,
        );
        await page.screenshot({ path: join(artifacts, `evidence-${theme}-3.png`) });
        await page.keyboard.press('Enter');
        await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'evidence.json' }).waitFor();
        await page.locator('[id="status.notifications"]').click();
        await page.locator('.notifications-center', { hasText: 'is written to evidence.json.' }).waitFor();
        const saved: object = JSON.parse(await readFile(join(workspace, 'evidence.json'), 'utf8'));
        assert.deepEqual(Object.keys(saved), ['assessment-results']);
      });
    },
  },
];

/** What pages have and this file's own surroundings do not. */
interface Styling {
  getComputedStyle(element: unknown): { readonly backgroundColor: string };
}

function backgroundOf(report: FrameLocator): Promise<string> {
  return report
    .locator('body')
    .evaluate((body) => (globalThis as unknown as Styling).getComputedStyle(body).backgroundColor);
}

/** Adds to a page what its policy has to refuse, and gives it the time to be taken in: a script, a style and a picture. */
async function intrude(report: FrameLocator): Promise<void> {
  await report.locator('body').evaluate(`(() => {
    const script = document.createElement('script');
    script.textContent = 'document.body.classList.add("ran")';
    const style = document.createElement('style');
    style.textContent = 'body { background: rgb(255, 0, 0) !important }';
    const picture = document.createElement('img');
    picture.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
    document.body.append(script, style, picture);
  })()`);
  await new Promise((done) => setTimeout(done, 1000));
}

/** The width of all pictures that a page shows. */
function picturesIn(report: FrameLocator): Promise<number> {
  return report
    .locator('body')
    .evaluate('[...document.images].reduce((sum, { naturalWidth }) => sum + naturalWidth, 0)');
}
