import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Finding, ResourceName } from '../engine/finding.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { filesFixed } from './file-edits.ts';
import type { FixTarget, NamedResource } from './protocol.ts';
import { type EditCapabilities, workspaceEdit } from './workspace-edits.ts';

/** Repairs findings of an open file; undefined when there is nothing to do. */
export function fixFindings(
  workspace: Workspace,
  target: FixTarget,
  capabilities: EditCapabilities,
): WorkspaceEdit | undefined {
  const open = workspace.file(target.uri);
  const fixed = workspace.fixAll(target.uri, target.level, (finding) => isMeant(target, finding));
  if (open === undefined || fixed === undefined || fixed.applied === 0) return undefined;
  return workspaceEdit(filesFixed(open, fixed), capabilities);
}

/** A target as somebody else has sent it; undefined when it is none. */
export function fixTargetFrom(argument: unknown): FixTarget | undefined {
  const target = argument as Partial<FixTarget> | undefined | null;
  return typeof target?.uri === 'string' && (target.level === 'safe' || target.level === 'all')
    ? (target as FixTarget)
    : undefined;
}

function isMeant({ resource, rule, message }: FixTarget, finding: Finding): boolean {
  if (rule !== undefined && finding.rule !== rule) return false;
  if (message !== undefined && finding.message !== message) return false;
  return resource === undefined || (finding.resource !== undefined && isResource(resource, finding.resource));
}

function isResource(wanted: NamedResource, { kind, name, namespace }: ResourceName): boolean {
  return wanted.kind === kind && wanted.name === name && wanted.namespace === namespace;
}

export function namedResource({ kind, name, namespace }: ResourceName): NamedResource {
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
