/** A person looks at the posture of a workspace. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { artifacts, emptyWorkspace } from '../editor.ts';
import { asked, before, choose, chooseInMenu, fillIn, type PersonTests, runCommand } from './page.ts';

/** Of the pod, which nothing keeps from running as root. */
const EXCEPTION = `phi: { namespaces: [clinic] }
exceptions:
  - rule: run-as-non-root
    resource: { kind: Pod, name: portal }
    reason: The image of the vendor starts as root, and drops it.
    approver: the security officer
    date: 2026-01-31
`;

export const postureTests: PersonTests = (open) => [
  {
    name: 'a person sees the posture of a workspace: status bar, tree, jump and fix',
    run: async () => {
      const workspace = await emptyWorkspace('posture');
      await writeFile(join(workspace, 'portal.yaml'), `${before}true\n`);
      await writeFile(
        join(workspace, '.kube-safeguards.yaml'),
        'phi: { namespaces: [clinic] }\nrules: { image-tag-mutable: "off" }\n',
      );
      await open('posture', { workspace }, async (page) => {
        const status = page.locator('.statusbar-item[id*="kubeSafeguards.posture"]');
        await status.filter({ hasText: /PHI:\sclinic/ }).waitFor();
        await page
          .getByLabel(/The configuration lowers or excepts: image-tag-mutable/)
          .first()
          .waitFor();
        await status.click();
        const rows = page.locator('.pane-body .monaco-list-row');
        await rows.filter({ hasText: 'Integrity' }).waitFor();
        await page.screenshot({ path: join(artifacts, 'posture-1-tree.png') });

        await rows.filter({ hasText: 'Integrity' }).click();
        const rule = rows.filter({ hasText: 'privileged-container' });
        await rule.click();
        const finding = rows.filter({ hasText: /is privileged/ });
        await finding.click();
        await page.locator('.tab.active', { hasText: 'portal.yaml' }).waitFor();
        await page.locator('.codelens-decoration', { hasText: 'fix all' }).first().waitFor();
        await page.screenshot({ path: join(artifacts, 'posture-2-jump.png') });

        await finding.hover();
        await finding.getByRole('button', { name: 'Fix' }).click();
        await page
          .locator('.view-line')
          .filter({ hasText: /privileged:\sfalse/ })
          .waitFor();
        await rule.waitFor({ state: 'detached' });
        await page.screenshot({ path: join(artifacts, 'posture-3-fixed.png') });

        await runCommand(page, 'Group Posture By');
        await choose(page, 'Namespace');
        await rows.filter({ hasText: 'clinic' }).first().waitFor();
        await page.screenshot({ path: join(artifacts, 'posture-4-namespaces.png') });
      });
    },
  },
  {
    name: 'a person filters the posture, and finds what is suppressed and excepted apart',
    run: async () => {
      const workspace = await emptyWorkspace('filter');
      const suppressed = 'true # kube-safeguards-ignore privileged-container: a network probe, reviewed';
      await writeFile(join(workspace, 'portal.yaml'), `${before}${suppressed}\n`);
      await writeFile(join(workspace, '.kube-safeguards.yaml'), EXCEPTION);
      await open('filter', { workspace }, async (page) => {
        await runCommand(page, 'Show Posture');
        const rows = page.locator('.pane-body .monaco-list-row');
        const covered = rows.filter({ hasText: 'Suppressed and excepted' });
        await covered.click();
        await rows.filter({ hasText: 'Suppressed in place' }).waitFor();
        await rows.filter({ hasText: 'Exceptions in the configuration' }).click();
        await rows.filter({ hasText: 'run-as-non-root' }).waitFor();

        const words = 'Show findings with all of these words';
        await runCommand(page, 'Filter Posture');
        await fillIn(page, words, 'seccomp');
        await covered.waitFor({ state: 'detached' });
        await rows.filter({ hasText: 'Integrity' }).waitFor();
        assert.equal(await rows.filter({ hasText: 'Network segmentation' }).count(), 0);
        await page.screenshot({ path: join(artifacts, 'filter-1.png') });
        await runCommand(page, 'Filter Posture');
        await asked(page, words);
        await page.keyboard.press('Control+a');
        await fillIn(page, words, 'nothing-like-this');
        const empty = page.locator('.pane-body .welcome-view');
        await empty.getByText('No finding has all of these words.').waitFor();
        await empty.getByRole('button', { name: 'Clear Filter' }).click();
        await covered.waitFor();
      });
    },
  },
  {
    name: 'a file is marked in the explorer by the worst of its findings, unless that is switched off',
    run: async () => {
      const workspace = await emptyWorkspace('marked');
      await writeFile(join(workspace, 'portal.yaml'), `${before}true\n`);
      const marked = (page: Page) =>
        page
          .locator('.explorer-folders-view')
          .getByLabel(/portal\.yaml .* Kube Safeguards: 5 errors, 4 warnings/);
      await open('marked', { workspace }, async (page) => {
        await marked(page).first().waitFor();
        await page.screenshot({ path: join(artifacts, 'marked.png') });
      });
      const settings = { 'kubeSafeguards.explorerDecorations': false };
      await open('unmarked', { workspace, settings }, async (page) => {
        await page.locator('.statusbar-item[id*="kubeSafeguards.posture"]', { hasText: '5' }).waitFor();
        const told = page.locator('.explorer-folders-view').getByLabel(/portal\.yaml .* 9 problems/);
        await told.first().waitFor(); // by the editor itself
        assert.equal(await marked(page).count(), 0);
      });
    },
  },
  {
    name: 'the status, the posture and the report work by keyboard and are told to screen readers',
    run: async () => {
      const workspace = await emptyWorkspace('spoken');
      await writeFile(join(workspace, 'portal.yaml'), `${before}true\n`);
      await open('spoken', { workspace }, async (page) => {
        await runCommand(page, 'Show Posture');
        await page.getByRole('button', { name: /^Kube Safeguards: 5 errors, .* in 1 manifest\./ }).waitFor();
        const item = (name: RegExp) => page.getByRole('treeitem', { name });
        await item(/^Integrity: 4 errors/).waitFor();
        await runCommand(page, 'Show Posture'); // has the focus, now that there is something
        await page.locator('.pane-body .monaco-list:focus').waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowRight');
        await item(/^privileged-container: 1 error/).waitFor();
        await page.keyboard.press('Home');
        for (let row = 0; row < 3; row++) await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowRight');
        await item(/^Error: Container "portal" is privileged.* portal\.yaml:11/).waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        // What comes up in the editor would close the menu.
        await page.locator('.codelens-decoration', { hasText: 'fix all' }).first().waitFor();
        await chooseInMenu(page, 'Fix', 'spoken-1-menu.png');
        await page
          .locator('.view-line')
          .filter({ hasText: /privileged:\sfalse/ })
          .waitFor();

        await runCommand(page, 'Show Evidence Report');
        const report = page.frameLocator('iframe.webview').frameLocator('iframe');
        await report.getByRole('main').waitFor();
        await report.getByRole('navigation', { name: 'Sections' }).waitFor();
        const focused = (text: string) => report.locator('a:focus', { hasText: text }).waitFor();
        await page.keyboard.press('Tab');
        await focused('Skip to the report');
        await page.keyboard.press('Tab');
        await focused('Summary'); // the first of the sections
        await page.keyboard.press('Enter');
        await focused('Summary');
      });
    },
  },
];
