/** Runs the suite in the embedded host. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { testFolder } from '../../scripts/host/install.ts';
import { editorAddress, startHost } from '../../scripts/host/server.ts';
import { root } from '../../scripts/steps.ts';
import { artifacts, emptyWorkspace } from './editor.ts';
import type { Result } from './runner.ts';
import { bundleSuite } from './suite-bundle.ts';

/** As long as a slow machine may take for the whole suite. */
const SUITE_TIMEOUT_MS = 300_000;

export async function runSuiteInHost(browser: Browser): Promise<Result[]> {
  const tests = await bundleSuite();
  const reportFile = join(testFolder, 'suite-report.json');
  await rm(reportFile, { force: true });
  const host = await startHost({ env: { KUBE_SAFEGUARDS_E2E_REPORT: reportFile } });
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
    await page.goto(
      editorAddress(host, { workspace: await emptyWorkspace('suite'), extension: root, tests }),
    );
    await ended;
    return JSON.parse(await readFile(reportFile, 'utf8'));
  } catch (error) {
    await page.screenshot({ path: join(artifacts, 'suite-failed.png') });
    await writeFile(join(artifacts, 'suite-failed.log'), [...output, host.log()].join('\n'));
    throw error;
  } finally {
    await page.close();
    await host.stop();
  }
}
