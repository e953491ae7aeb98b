import { DEFAULT_CONFIGURATION } from '../engine/configuration.ts';
import { exportList, exportListAsText } from '../export/export-list.ts';
import { manifestOf } from '../export/manifest.ts';
import { clusterPolicies } from '../export/policies.ts';
import type { RunProblem } from '../report/run.ts';
import type { ExportArguments } from './arguments.ts';
import type { CheckHost } from './check.ts';
import { checkersFor } from './configurations.ts';

/**
 * Policies for the cluster, or what becomes of each rule, by the configuration that counts in the working folder. With problems in it there are none: half a configuration
 * would refuse other things than was decided.
 */
export async function runExport(
  { action, config, list }: ExportArguments,
  { workingFolder, rules, schemas, today }: CheckHost,
): Promise<{ text: string; problems: readonly RunProblem[] }> {
  const problems: RunProblem[] = [];
  const onProblem = (problem: RunProblem) => problems.push(problem);
  const options = { workingFolder, rules, schemas, today, config, kubeVersion: undefined, onProblem };
  const checkers = await checkersFor([workingFolder], options);
  const configuration = checkers.get(workingFolder)?.configuration ?? DEFAULT_CONFIGURATION;
  const text = list
    ? exportListAsText(exportList(rules, configuration, today))
    : manifestOf(clusterPolicies(rules, { action, configuration, today }));
  return { text, problems };
}
