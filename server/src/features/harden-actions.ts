import type { Finding, ResourceName } from '../engine/finding.ts';
import type { Text } from '../l10n/say.ts';
import { HARDENING_RULES, POD_SECURITY_RULES } from '../rules/pod-security-standards.ts';

/** What a hardening action is about: one workload, or all of the file. Goes to the client and back until the action is resolved. */
export interface HardenTarget {
  readonly uri: string;
  readonly resource?: { readonly kind: string; readonly name: string; readonly namespace?: string };
}

export const HARDEN_POD_TITLE: Text = 'Make this pod pass Restricted (Pod Security Standards)';
export const HARDEN_FILE_TITLE: Text = 'Harden all workloads in this file';

/** Whether hardening a target repairs a finding. Its fixes may change what runs, so a person asks for them. */
export function isHardenedBy({ resource }: HardenTarget, finding: Finding): boolean {
  if (resource === undefined) return HARDENING_RULES.has(finding.rule);
  return (
    POD_SECURITY_RULES.has(finding.rule) &&
    finding.resource !== undefined &&
    isSame(resource, finding.resource)
  );
}

export function targetOf(uri: string, { kind, name, namespace }: ResourceName): HardenTarget {
  return { uri, resource: { kind, name, ...(namespace === undefined ? {} : { namespace }) } };
}

function isSame(
  wanted: NonNullable<HardenTarget['resource']>,
  { kind, name, namespace }: ResourceName,
): boolean {
  return wanted.kind === kind && wanted.name === name && wanted.namespace === namespace;
}
