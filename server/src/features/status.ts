import { type Configuration, configurationFrom, loweredRules } from '../engine/configuration.ts';
import { isActive } from '../engine/finding.ts';
import type { Rule } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { configurationProblems } from './configuration-diagnostics.ts';
import type { FindingCounts } from './finding-counts.ts';
import type { Scope, Status } from './protocol.ts';

export interface StatusContext {
  readonly indexing: boolean;
  readonly trusted: boolean;
  /** The files that are not open, where the client asked for them. */
  readonly closed: { readonly files: number; readonly counts: FindingCounts };
}

/** What the status bar says. */
export async function statusOf(
  workspace: Workspace,
  rules: readonly Rule[],
  { indexing, trusted, closed }: StatusContext,
): Promise<Status> {
  const { counts } = closed;
  let { files } = closed;
  for (const { uri } of workspace.openFiles) {
    if (workspace.holdsManifests(uri)) files++;
    const findings = workspace.check(uri)?.documents.flatMap(({ result }) => result.findings) ?? [];
    for (const finding of findings) counts.add(finding.severity, !isActive(finding));
  }
  const sources = await workspace.configurations.sources();
  const inUse = workspace.configurationsInUse;
  const known = [...inUse, ...sources.map(({ file }) => configurationFrom(file.values))];
  return {
    files,
    errors: counts.error,
    warnings: counts.warning,
    information: counts.information,
    suppressed: counts.suppressed,
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
