import { type Configuration, configurationFrom, loweredRules } from '../engine/configuration.ts';
import { isActive } from '../engine/finding.ts';
import type { Rule, Severity } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { configurationProblems } from './configuration-diagnostics.ts';
import type { PostureFinding, Scope, Status } from './protocol.ts';

export interface StatusContext {
  readonly indexing: boolean;
  readonly trusted: boolean;
  /** The findings of files that are not open, where the client asked for them. */
  readonly closed: readonly (readonly PostureFinding[])[];
}

/** What the status bar says. */
export async function statusOf(
  workspace: Workspace,
  rules: readonly Rule[],
  { indexing, trusted, closed }: StatusContext,
): Promise<Status> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };
  let files = 0;
  let suppressed = 0;
  const count = (severity: Severity, isCovered: boolean) => {
    if (isCovered) suppressed++;
    else counts[severity]++;
  };
  for (const { uri } of workspace.openFiles) {
    if (workspace.holdsManifests(uri)) files++;
    const findings = workspace.check(uri)?.documents.flatMap(({ result }) => result.findings) ?? [];
    for (const finding of findings) count(finding.severity, !isActive(finding));
  }
  for (const { severity, covered } of closed.flat()) count(severity, covered !== undefined);
  const sources = await workspace.configurations.sources();
  const inUse = workspace.configurationsInUse;
  const known = [...inUse, ...sources.map(({ file }) => configurationFrom(file.values))];
  return {
    files: files + closed.length,
    errors: counts.error,
    warnings: counts.warning,
    information: counts.information,
    suppressed,
    indexing,
    skipped: [...workspace.skipped].map(([uri, reason]) => ({ uri, reason })),
    configurationProblems: sources.flatMap(configurationProblems),
    loweredRules: trusted ? [] : lowered(inUse, rules),
    configuredRules: lowered(known, rules),
    scope: scopeOf(known),
  };
}

function lowered(configurations: readonly Configuration[], rules: readonly Rule[]): string[] {
  return [...new Set(configurations.flatMap((configuration) => loweredRules(configuration, rules)))];
}

function scopeOf(configurations: readonly Configuration[]): Scope {
  const phi = configurations.map(({ settings }) => settings.phi);
  return {
    namespaces: [...new Set(phi.flatMap(({ namespaces }) => namespaces))],
    labels: [...new Set(phi.flatMap(({ label }) => label ?? []))],
  };
}
