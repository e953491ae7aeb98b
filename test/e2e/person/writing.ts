/** A person writes a manifest. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifacts, emptyWorkspace } from '../editor.ts';
import {
  before,
  choose,
  chooseInMenu,
  offeredFix,
  type PersonTests,
  runCommand,
  typeAtEnd,
  underlined,
} from './page.ts';

export const writingTests: PersonTests = (open) => [
  {
    name: 'a person types a violation, opens the lightbulb and takes the fix',
    run: async () => {
      const workspace = await emptyWorkspace('person');
      const file = join(workspace, 'portal.yaml');
      await writeFile(file, before);
      await open('person', { workspace, file }, async (page) => {
        await typeAtEnd(page, 'true');
        await underlined(page, 'privileged');
        await page.screenshot({ path: join(artifacts, 'person-1-typed.png') });

        const fix = await offeredFix(page, /privileged.*false/i);
        await page.screenshot({ path: join(artifacts, 'person-2-lightbulb.png') });
        await fix.click();

        await page
          .locator('.view-line')
          .filter({ hasText: /privileged:\sfalse/ })
          .waitFor();
        await page.screenshot({ path: join(artifacts, 'person-3-fixed.png') });
        await page.keyboard.press('Control+s');
        await page.locator('.tab.active:not(.dirty)').waitFor();
        const saved = await readFile(file, 'utf8');
        if (saved !== `${before}false`) throw new Error(`The file is now:\n${saved}`);
      });
    },
  },
  {
    name: 'a person completes a snippet and fills it in',
    run: async () => {
      const workspace = await emptyWorkspace('snippet');
      const file = join(workspace, 'namespace.yaml');
      await writeFile(file, '');
      await open('snippet', { workspace, file }, async (page) => {
        await typeAtEnd(page, 'hipaa-namesp');
        await page.keyboard.press('Control+Space');
        await page
          .locator('.suggest-widget .monaco-list-row.focused', { hasText: 'hipaa-namespace' })
          .waitFor();
        await page.keyboard.press('Enter');
        await page
          .locator('.view-line')
          .filter({ hasText: /kind:\sNamespace/ })
          .waitFor();
        await page.keyboard.type('records');
        await page.screenshot({ path: join(artifacts, 'snippet.png') });
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+s');
        await page.locator('.tab.active:not(.dirty)').waitFor();
        const saved = await readFile(file, 'utf8');
        if (!saved.includes('  name: records\n')) throw new Error(`The file is now:\n${saved}`);
      });
    },
  },
  {
    name: 'a person has a finding explained: picked from the file, in an empty editor, and from the tree',
    run: async () => {
      const workspace = await emptyWorkspace('explain');
      const file = join(workspace, 'portal.yaml');
      await writeFile(file, `${before}true\n`);
      await open('explain', { workspace, file }, async (page) => {
        await underlined(page, 'privileged');
        await page.keyboard.press('Control+Home'); // nothing is found on the first line
        await runCommand(page, 'Explain this finding');
        await page.locator('.quick-input-widget').getByPlaceholder('Nothing is found on this line').waitFor();
        await page.screenshot({ path: join(artifacts, 'explain-1-picked.png') });
        await page.keyboard.type('privileged-cont');
        await choose(page, 'privileged-container');
        const shown = page.frameLocator('iframe.webview').frameLocator('iframe');
        await shown.getByRole('heading', { name: 'What to do' }).waitFor();
        await page.screenshot({ path: join(artifacts, 'explain-2-page.png') });

        await page.keyboard.press('Control+k');
        await page.keyboard.press('Control+w'); // closes all editors
        await page.locator('.tab').first().waitFor({ state: 'detached' });
        await runCommand(page, 'Explain this finding');
        await page.locator('[id="status.notifications"]').click();
        await page.locator('.notifications-center', { hasText: 'put the caret on' }).waitFor();
        await page.screenshot({ path: join(artifacts, 'explain-3-empty.png') });

        await page.locator('.statusbar-item[id*="kubeSafeguards.posture"]').click();
        const rows = page.locator('.pane-body .monaco-list-row');
        await rows.filter({ hasText: 'Integrity' }).click();
        await rows.filter({ hasText: 'privileged-container' }).click();
        await chooseInMenu(page, 'Explain this finding');
        await shown.getByRole('heading', { name: 'What to do' }).waitFor();
      });
    },
  },
];
