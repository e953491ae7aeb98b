/** A person who reads German. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifacts, emptyWorkspace } from '../editor.ts';
import { asked, before, type PersonTests, runCommand, underlined } from './page.ts';

export const germanTests: PersonTests = (open) => [
  {
    name: 'a person who reads German is spoken to in German',
    run: async () => {
      const workspace = await emptyWorkspace('german');
      const file = join(workspace, 'portal.yaml');
      await writeFile(file, `${before}true\n`);
      const options = { workspace, file, language: 'de' };
      await open('german', options, async (page) => {
        await underlined(page, 'privileged');
        await page.locator('.statusbar-item', { hasText: /PHI:\süberall/ }).waitFor();
        await page.locator('.statusbar-item[id*="kubeSafeguards.posture"]').click();
        await page.locator('.composite.title', { hasText: 'Sicherheitslage' }).waitFor();
        await page
          .locator('.pane-body .monaco-list-row', { hasText: /\d Fehler/ })
          .first()
          .waitFor();
        await page.locator('.codelens-decoration', { hasText: 'alle beheben' }).waitFor();
        await page.screenshot({ path: join(artifacts, 'german-1-posture.png') });
        await runCommand(page, 'Neuer PHI-Dienst');
        await asked(page, 'Der Name des Dienstes');
        await page.keyboard.type('Portal');
        await page.keyboard.press('Enter');
        await asked(page, 'Der Name besteht aus Kleinbuchstaben');
        await page.screenshot({ path: join(artifacts, 'german-2-service.png') });
      });
    },
  },
];
