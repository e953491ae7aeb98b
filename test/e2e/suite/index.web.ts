/** Runs inside the extension host of a browser, where the extension is the one of vscode.dev. */

import { chartTests } from './charts.ts';
import { configurationTests } from './configuration.ts';
import { diagnosticsTests } from './diagnostics.ts';
import { evidenceTests } from './evidence.ts';
import { explainTests } from './explain.ts';
import { fixTests } from './fixes.ts';
import { postureTests } from './posture.ts';
import { runSuite } from './report.ts';
import { settingsTests } from './settings.ts';
import { virtualTests } from './virtual.ts';
import { workerTests } from './worker.ts';

/** @throws when a test fails, which the editor reports as exit code 1. */
export async function run(): Promise<void> {
  await runSuite([
    ...diagnosticsTests,
    ...fixTests,
    ...explainTests,
    ...chartTests,
    ...evidenceTests,
    ...postureTests,
    ...configurationTests,
    ...settingsTests,
    ...virtualTests,
    ...workerTests,
  ]);
}
