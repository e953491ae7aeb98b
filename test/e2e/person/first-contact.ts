/** A person meets the extension for the first time. */

import { join } from 'node:path';
import { artifacts, emptyWorkspace } from '../editor.ts';
import { asked, choose, type PersonTests, runCommand } from './page.ts';

/** Of the walkthrough, with their pictures. */
const STEPS = [
  ['See what a manifest violates', 'findings.png'],
  ['Fix it from the lightbulb', 'lightbulb.png'],
  ['Say where your PHI is', 'configuration.png'],
  ['Start a service with its safeguards in place', 'service.png'],
] as const;

export const firstContactTests: PersonTests = (open) => [
  {
    name: 'a person who is new sees what to begin with, and the walkthrough with its pictures',
    run: async () => {
      const workspace = await emptyWorkspace('new');
      await open('new', { workspace }, async (page) => {
        await runCommand(page, 'Show Posture');
        const empty = page.locator('.pane-body .welcome-view');
        await empty.getByText('No rule finds anything').waitFor();
        await page.screenshot({ path: join(artifacts, 'new-1-empty.png') });
        await empty.getByRole('button', { name: 'New PHI Service' }).click();
        await asked(page, 'The name of the service');
        await page.keyboard.press('Escape');

        await page.keyboard.press('Control+b'); // beside a side bar there is no room for pictures
        await runCommand(page, 'Open Walkthrough');
        await choose(page, 'Get Started with Kube Safeguards');
        for (const [step, picture] of STEPS) {
          await page.locator('.getting-started-step', { hasText: step }).click();
          await page.waitForFunction(`(() => {
            const image = document.querySelector('.getting-started-media img');
            return image?.srcset.includes('${picture}') && image.naturalWidth > 0;
          })()`);
        }
        await page.screenshot({ path: join(artifacts, 'new-2-walkthrough.png') });
        await page.getByRole('button', { name: 'New PHI Service' }).last().click();
        await asked(page, 'The name of the service');
      });
    },
  },
];
