/**
 * Runs the tests that need a real VS Code, in the embedded host: the suite inside the extension host, a person
 * at the page, and the packaged extension. `--report=FILE` writes the totals as JSON; `--only=TEXT` leaves out tests whose names do not hold
 * the text, which those of the suite begin with `node: `, `beside others: ` or `web: `.
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../../scripts/host/browser.ts';
import { interrupted } from '../../scripts/host/processes.ts';
import { root } from '../../scripts/steps.ts';
import { npmTests } from '../package/npm.ts';
import { recipeTests } from '../package/recipes.ts';
import { packageTests } from '../package/vsix.ts';
import { accessibilityTests } from './accessibility.ts';
import { artifacts } from './editor.ts';
import { runSuiteInHost } from './in-host.ts';
import { personTests } from './person/index.ts';
import { describeResult, type Result, runTests } from './runner.ts';
import { startTests } from './start.ts';

void interrupted().then(() => process.exit(130)); // leaving ends every child process

await rm(artifacts, { recursive: true, force: true });
await mkdir(artifacts, { recursive: true });

const browser = await launchBrowser();
try {
  const only = argument('only');
  const results: Result[] = [];
  for (const extensionHost of ['node', 'beside others', 'web'] as const)
    results.push(...(await runSuiteInHost(browser, extensionHost, only)));
  const others = [
    ...personTests(browser),
    ...accessibilityTests(browser),
    ...startTests(browser),
    ...packageTests(browser),
    ...npmTests(),
    ...recipeTests(),
  ];
  results.push(...(await runTests(others, only)));
  await report(results);
} finally {
  await browser.close();
}

function argument(name: string): string | undefined {
  return process.argv.find((given) => given.startsWith(`--${name}=`))?.slice(`--${name}=`.length);
}

async function report(results: readonly Result[]): Promise<void> {
  for (const result of results) console.log(describeResult(result));
  const failed = results.filter(({ error }) => error !== undefined).length;
  const totals = {
    numPassedTests: results.length - failed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  const file = argument('report');
  if (file) await writeFile(join(root, file), JSON.stringify(totals));
  console.log(`${totals.numPassedTests} passed, ${failed} failed`);
  process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
}
