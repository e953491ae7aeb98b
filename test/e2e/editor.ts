/** What tests of the page share: fresh workspaces, and waiting for what a person would look at. */

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { testFolder } from '../../scripts/host/install.ts';
import {
  type EditorOptions,
  editorAddress,
  type Host,
  type HostOptions,
  startHost,
} from '../../scripts/host/server.ts';
import { root } from '../../scripts/steps.ts';

/** Screenshots and reports; ignored by git. */
export const artifacts = join(root, 'test/artifacts');

/** A page of the size of a small window, patient enough for a busy machine. */
export async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(60_000);
  return page;
}

export async function emptyWorkspace(name: string): Promise<string> {
  const folder = join(testFolder, 'workspaces', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Opens an editor in a host of its own and hands its page to `use`; keeps a screenshot when that fails. */
export async function withEditor(
  browser: Browser,
  name: string,
  { language, ...options }: EditorOptions & HostOptions & { language?: string },
  use: (page: Page, host: Host) => Promise<void>,
): Promise<void> {
  const host = await startHost(options);
  const page = await newPage(browser);
  try {
    // As a language pack says it, which also brings the editor's own texts.
    if (language) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
    await page.goto(editorAddress(host, options));
    await use(page, host);
  } catch (error) {
    await page.screenshot({ path: join(artifacts, `${name}-failed.png`) });
    throw error;
  } finally {
    await page.close();
    await host.stop();
  }
}
