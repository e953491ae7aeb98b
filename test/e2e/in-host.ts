/** Runs the suite in the embedded host, in either kind of extension host. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { editorAddress, startHost } from '../../scripts/host/server.ts';
import { root } from '../../scripts/steps.ts';
import { artifacts, emptyWorkspace } from './editor.ts';
import { loadFromWeb } from './from-web.ts';
import type { Result } from './runner.ts';
import { makeStandIns } from './stand-ins.ts';
import { bundleSuite, type ExtensionHost } from './suite-bundle.ts';

/** As long as a slow machine may take for the whole suite. */
const SUITE_TIMEOUT_MS = 300_000;

/** @param only runs the tests whose names hold the text, with the host's name in front. */
export async function runSuiteInHost(
  browser: Browser,
  extensionHost: ExtensionHost,
  only = '',
): Promise<Result[]> {
  const prefix = `${extensionHost}: `;
  const tests = await bundleSuite(extensionHost, only.startsWith(prefix) ? only.slice(prefix.length) : only);
  const workspace = await emptyWorkspace(`suite-${extensionHost.replace(' ', '-')}`);
  const host = await startHost(extensionHost === 'beside others' ? { install: await makeStandIns() } : {});
  const page = await browser.newPage();
  const output: string[] = [];
  try {
    const ended = new Promise<number>((done, failed) => {
      void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
        output.push(args.join(' '));
      });
      void page.exposeFunction('codeAutomationExit', done);
      setTimeout(() => failed(new Error('The suite did not end.')), SUITE_TIMEOUT_MS).unref();
    });
    if (extensionHost === 'web') {
      await loadFromWeb(page, host, { extension: root, tests });
      await page.goto(editorAddress(host, { workspace }));
    } else {
      await page.goto(editorAddress(host, { workspace, extension: root, tests }));
    }
    await ended;
    const results: Result[] = JSON.parse(await readFile(join(workspace, 'suite-report.json'), 'utf8'));
    return results.map((result) => ({ ...result, name: prefix + result.name }));
  } catch (error) {
    await page.screenshot({ path: join(artifacts, `suite-${extensionHost}-failed.png`) });
    await writeFile(join(artifacts, `suite-${extensionHost}-failed.log`), [...output, host.log()].join('\n'));
    throw error;
  } finally {
    await page.close();
    await host.stop();
  }
}
