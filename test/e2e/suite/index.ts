/** Runs inside the extension host of a real VS Code, which calls `run`. */

import { chartTests } from './charts.ts';
import { configurationTests } from './configuration.ts';
import { diagnosticsTests } from './diagnostics.ts';
import { evidenceTests } from './evidence.ts';
import { explainTests } from './explain.ts';
import { fixTests } from './fixes.ts';
import { postureTests } from './posture.ts';
import { runSuite } from './report.ts';
import { serverTests } from './server.ts';
import { settingsTests } from './settings.ts';
import { virtualTests } from './virtual.ts';

/** @throws when a test fails, which makes VS Code exit with 1. */
export async function run(): Promise<void> {
  await runSuite([
    ...diagnosticsTests,
    ...fixTests,
    ...explainTests,
    ...chartTests,
    ...evidenceTests,
    ...postureTests,
    ...settingsTests,
    ...virtualTests,
    ...serverTests,
    ...configurationTests,
  ]);
}
