import { loweredRules } from '../engine/configuration.ts';
import { isActive } from '../engine/finding.ts';
import type { Rule, Severity } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { configurationProblems } from './configuration-diagnostics.ts';
import type { Status } from './protocol.ts';

/** What the status bar says of the open files. */
export async function statusOf(
  workspace: Workspace,
  rules: readonly Rule[],
  { indexing, trusted }: { indexing: boolean; trusted: boolean },
): Promise<Status> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };
  let files = 0;
  let suppressed = 0;
  for (const { uri } of workspace.openFiles) {
    const findings = workspace.check(uri)?.documents.flatMap(({ result }) => result.findings) ?? [];
    if (workspace.holdsManifests(uri)) files++;
    for (const finding of findings) {
      if (isActive(finding)) counts[finding.severity]++;
      else suppressed++;
    }
  }
  const sources = await workspace.configurations.sources();
  const lowered = workspace.configurationsInUse.flatMap((configuration) =>
    loweredRules(configuration, rules),
  );
  return {
    files,
    errors: counts.error,
    warnings: counts.warning,
    information: counts.information,
    suppressed,
    indexing,
    skipped: [...workspace.skipped].map(([uri, reason]) => ({ uri, reason })),
    configurationProblems: sources.flatMap(configurationProblems),
    loweredRules: trusted ? [] : [...new Set(lowered)],
  };
}
