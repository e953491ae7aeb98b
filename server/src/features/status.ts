import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { loweredRules } from '../engine/configuration.ts';
import { isActive } from '../engine/finding.ts';
import type { Rule, Severity } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { configurationProblems } from './configuration-diagnostics.ts';
import type { Status } from './protocol.ts';

export interface StatusContext {
  readonly indexing: boolean;
  readonly trusted: boolean;
  /** The diagnostics of files that are not open, where the client asked for them. */
  readonly closed: readonly (readonly Diagnostic[])[];
}

const SEVERITIES: Partial<Record<DiagnosticSeverity, Severity>> = {
  1: 'error',
  2: 'warning',
  3: 'information',
};

/** What the status bar says. */
export async function statusOf(
  workspace: Workspace,
  rules: readonly Rule[],
  { indexing, trusted, closed }: StatusContext,
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
  for (const { severity = 1 } of closed.flat()) counts[SEVERITIES[severity] ?? 'information']++;
  const sources = await workspace.configurations.sources();
  const lowered = workspace.configurationsInUse.flatMap((configuration) =>
    loweredRules(configuration, rules),
  );
  return {
    files: files + closed.length,
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
