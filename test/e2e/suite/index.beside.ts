/** The suite beside other extensions for YAML, Kubernetes and Helm. */

import { besideTests } from './beside.ts';
import { runSuite } from './report.ts';

export async function run(): Promise<void> {
  await runSuite(besideTests);
}
