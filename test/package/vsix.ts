/** Tests of the packaged extension: what is in it, and that it works once installed. */

import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Browser } from 'playwright-core';
import { root } from '../../scripts/steps.ts';
import { artifacts, emptyWorkspace, withEditor } from '../e2e/editor.ts';
import type { Test } from '../e2e/runner.ts';

const MAX_BYTES = 1_500_000;

const ALLOWED = [
  /^dist\/(client|core|server|server-main)\.js$/,
  /^dist\/schemas\/[\w.-]+\.json$/,
  /^dist\/web\/(client\.cjs|server\.js)$/,
  /^dist\/(package\.json|rule-pages\.json|THIRD-PARTY-NOTICES\.txt)$/,
  /^l10n\/bundle\.l10n\.de\.json$/,
  /^snippets\/[\w-]+\.json$/,
  /^images\/(icon|walkthrough\/[\w-]+)\.png$/,
  /^(package\.json|package\.nls(\.de)?\.json|readme\.md|changelog\.md|LICENSE\.txt|\.vsixmanifest)$/i,
];

export function packageTests(browser: Browser): Test[] {
  return [
    {
      name: 'the package is small, holds only what runs, installs and works',
      run: async () => {
        const vsix = await vsixFile();
        const { size } = await stat(vsix);
        assert.ok(size < MAX_BYTES, `${size} bytes`);
        const workspace = await emptyWorkspace('package');
        const file = join(workspace, 'portal.yaml');
        await writeFile(file, privilegedPod);
        await withEditor(browser, 'package', { workspace, file, install: [vsix] }, async (page, host) => {
          const files = await installedFiles(host.extensions);
          assert.deepEqual(
            files.filter((path) => !ALLOWED.some((pattern) => pattern.test(path))),
            [],
          );
          await page.locator('.squiggly-error').first().waitFor();
          await page.screenshot({ path: join(artifacts, 'package-installed.png') });
        });
      },
    },
  ];
}

/** The files of the one installed extension, relative to its folder. */
async function installedFiles(extensions: string): Promise<string[]> {
  const folder = (await readdir(extensions)).find((name) => name.startsWith('kube-safeguards.'));
  assert.ok(folder, 'the extension is installed');
  const entries = await readdir(join(extensions, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(join(extensions, folder), join(entry.parentPath, entry.name)).replaceAll('\\', '/'),
    );
}

async function vsixFile(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(root, `${name}-${version}.vsix`);
}

const privilegedPod = `apiVersion: v1
kind: Pod
metadata: { name: portal, namespace: clinic }
spec:
  containers:
    - name: portal
      image: registry.example.com/portal:1.4.2
      securityContext: { privileged: true }
`;
