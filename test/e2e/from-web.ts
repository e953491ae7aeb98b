/**
 * Has the page fetch an extension and its tests over HTTP, as vscode.dev does with those of the marketplace. They run in the browser then, in
 * the extension host in a worker, and all that they have of files is the editor's virtual file system.
 */

import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Host } from '../../scripts/host/server.ts';

/** In the address of what is fetched, before its path on disk. */
const FETCHED = '/fetched';

/** Where the page holds what its editor is told; changed before the editor reads it. */
const CONFIGURATION = 'vscode-workbench-web-configuration';

export async function loadFromWeb(
  page: Page,
  host: Host,
  { extension, tests }: { extension: string; tests: string },
): Promise<void> {
  await page.route(
    ({ pathname }) => pathname.startsWith(FETCHED),
    (route) => {
      const path = decodeURIComponent(new URL(route.request().url()).pathname).slice(FETCHED.length);
      return route.fulfill(existsSync(path) ? { path } : { status: 404 });
    },
  );
  const location = (path: string) => ({ scheme: 'http', authority: host.authority, path: FETCHED + path });
  const development = { extensions: [location(extension)], extensionTestsPath: location(tests) };
  await page.addInitScript(`new MutationObserver((_, observer) => {
    const element = document.getElementById('${CONFIGURATION}');
    if (element === null) return;
    observer.disconnect();
    const settings = JSON.parse(element.dataset.settings);
    Object.assign(settings.developmentOptions, ${JSON.stringify(development)});
    element.dataset.settings = JSON.stringify(settings);
  }).observe(document, { childList: true, subtree: true })`);
}
