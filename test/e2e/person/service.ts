/** A person describes a new service. */

import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifacts, emptyWorkspace } from '../editor.ts';
import { asked, before, choose, fillIn, type PersonTests, runCommand } from './page.ts';

export const serviceTests: PersonTests = (open) => [
  {
    name: 'a person describes a new service, looks at a file, and has all of them written',
    run: async () => {
      const workspace = await emptyWorkspace('service');
      await mkdir(join(workspace, 'records-api'));
      await open('service', { workspace }, async (page) => {
        await runCommand(page, 'New PHI Service');
        await fillIn(page, 'The name of the service', 'records-api');
        await asked(page, 'Its namespace');
        await page.keyboard.type('default');
        await asked(page, 'a namespace of its own');
        await page.screenshot({ path: join(artifacts, 'service-1-refused.png') });
        await page.keyboard.press('Control+a');
        await fillIn(page, '', 'phi-records');
        await asked(page, 'Its image');
        // One back: the answer has stayed.
        await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
        await fillIn(page, 'Its namespace');
        await fillIn(page, 'Its image', 'registry.clinic.example/records/api:1.0.0');
        await fillIn(page, 'The port');
        await fillIn(page, 'Who calls it', 'portal');
        await choose(page, 'No database');
        await fillIn(page, 'The name under which');
        await choose(page, 'No mesh');
        await choose(page, 'Helm chart');
        await fillIn(page, 'The folder for its files');
        await asked(page, 'nothing is overwritten');
        await page.keyboard.press('Control+a');
        await fillIn(page, '', 'services/records-api');
        await choose(page, 'README.md');
        await page.locator('.tab', { hasText: 'README.md' }).waitFor();
        await page.screenshot({ path: join(artifacts, 'service-2-preview.png') });
        await choose(page, 'Write 18 files');
        await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'services' }).waitFor();
        await page.locator('.tab', { hasText: 'README.md' }).waitFor();
        assert.equal(await page.locator('.tab').count(), 1, 'the preview is gone');
        await page.screenshot({ path: join(artifacts, 'service-3-written.png') });
        const values = await readFile(join(workspace, 'services/records-api/chart/values.yaml'), 'utf8');
        assert.match(values, /- name: portal\n/);
      });
    },
  },
  {
    name: 'a person goes back through all questions about a service, for the second of two folders, and leaves',
    run: async () => {
      const folder = await emptyWorkspace('roots');
      for (const name of ['first', 'second']) await mkdir(join(folder, name));
      await writeFile(join(folder, 'second/pod.yaml'), `${before}false\n`);
      const workspace = join(folder, 'both.code-workspace');
      await writeFile(workspace, '{ "folders": [{ "path": "first" }, { "path": "second" }] }');
      await open('roots', { workspace }, async (page) => {
        await runCommand(page, 'New PHI Service');
        await choose(page, 'second');
        await fillIn(page, 'The name of the service', 'records-api');
        await fillIn(page, 'Its namespace', 'clinic');
        await fillIn(page, 'Its image'); // as the second folder has them
        await fillIn(page, 'The port');
        await fillIn(page, 'Who calls it');
        await choose(page, 'PostgreSQL beside it');
        await fillIn(page, 'The name under which', 'records.clinic.example');
        for (const label of ['Ingress of Traefik', 'Linkerd', 'Google Cloud', 'Kustomize'])
          await choose(page, label);
        await asked(page, 'The folder for its files, in second');
        await page.keyboard.press('Enter');
        await choose(page, 'base/deployment.yaml');
        await page.locator('.tab', { hasText: 'deployment.yaml' }).waitFor();
        const title = page.locator('.quick-input-title');
        for (let step = 12; step > 0; step--) {
          await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
          await title.filter({ hasText: `(${step}/13)` }).waitFor();
        }
        // What was answered is there still.
        for (let step = 1; step < 13; step++) {
          await title.filter({ hasText: `(${step}/13)` }).waitFor();
          await page.keyboard.press('Enter');
        }
        await page
          .locator('.quick-input-list .monaco-list-row', { hasText: 'base/stateful-set.yaml' })
          .first()
          .waitFor();
        await page.keyboard.press('Escape');
        await page.locator('.tab').first().waitFor({ state: 'detached' });
        assert.deepEqual(await readdir(join(folder, 'second')), ['pod.yaml']);
        assert.deepEqual(await readdir(join(folder, 'first')), []);
      });
    },
  },
];
