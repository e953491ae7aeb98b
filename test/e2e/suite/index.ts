/** Runs inside the extension host of a real VS Code, which calls `run`. */

import { writeFile } from 'node:fs/promises';
import { describeResult, runTests } from '../runner.ts';
import { chartTests } from './charts.ts';
import { configurationTests } from './configuration.ts';
import { diagnosticsTests } from './diagnostics.ts';
import { fixTests } from './fixes.ts';
import { serverTests } from './server.ts';
import { settingsTests } from './settings.ts';

/** Where to leave the results, for the program that started VS Code. */
const reportFile = process.env.KUBE_SAFEGUARDS_E2E_REPORT;

/** @throws when a test fails, which makes VS Code exit with 1. */
export async function run(): Promise<void> {
  const results = await runTests([
    ...diagnosticsTests,
    ...fixTests,
    ...chartTests,
    ...settingsTests,
    ...serverTests,
    ...configurationTests,
  ]);
  for (const result of results) console.log(describeResult(result));
  if (reportFile) await writeFile(reportFile, JSON.stringify(results));
  const failed = results.filter(({ error }) => error !== undefined).length;
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}
