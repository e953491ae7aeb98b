import type { Container } from '../../kubernetes/pods.ts';
import { type DocumentOperation, remove, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';

/**
 * What the Baseline standard lets a container add: the set that runtimes grant by themselves, without NET_RAW. Names are compared exactly,
 * as the kernel's names without `CAP_`.
 *
 * Source: Pod Security Standards, Baseline, "Capabilities".
 */
export const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'],
  ...['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);

/** What the Restricted standard lets a container add. */
export const RESTRICTED_CAPABILITY = 'NET_BIND_SERVICE';

export type CapabilityStandard = 'baseline' | 'restricted';

/** The strictest standard that an added capability breaks: only those beyond the Baseline list break Baseline. */
function brokenBy(capability: string): CapabilityStandard | undefined {
  if (capability === RESTRICTED_CAPABILITY) return undefined;
  return BASELINE_CAPABILITIES.has(capability) ? 'restricted' : 'baseline';
}

/** The capabilities that a container adds against one standard and no other, as they are written. */
export function additionsBreaking(standard: CapabilityStandard, container: Container): Value[] {
  const added = container.value.at(['securityContext', 'capabilities', 'add'])?.items ?? [];
  return added.filter((item) => item.string !== undefined && brokenBy(item.string) === standard);
}

/** Removes some of the capabilities that a container adds, and the list when none is left. */
export function removeAdditions(container: Container, additions: readonly Value[]): DocumentOperation[] {
  const list = container.value.at(['securityContext', 'capabilities', 'add']);
  if (list === undefined) return [];
  if (additions.length === list.items.length)
    return [remove(list.path, { pruneTo: container.value.path.length })];
  return additions.toReversed().map((item) => remove(item.path));
}

/** Below a container. */
export const DROP: Path = ['securityContext', 'capabilities', 'drop'];
const ALL = 'ALL';

/** Whether a container drops every capability that it could start with; undefined when that cannot be read. */
export function dropsAll(container: Container): boolean | undefined {
  let at = container.value;
  for (const key of DROP) {
    if (at.kind !== 'map') return undefined;
    const next = at.get(key);
    if (next === undefined || next.isNull) return false;
    at = next;
  }
  return at.kind === 'list' ? at.items.some((item) => item.string === ALL) : undefined;
}

/** Makes a container drop ALL, and nothing besides, since nothing is left. */
export function dropAll(container: Container): DocumentOperation[] {
  const path = [...container.value.path, ...DROP];
  const [first, ...others] = container.value.at(DROP)?.items ?? [];
  if (first === undefined) return [set(path, [ALL])];
  return [...others.toReversed().map((item) => remove(item.path)), set(first.path, ALL)];
}
