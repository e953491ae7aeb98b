import type { AuditRule, GroupResources } from './policy.ts';

/**
 * Whether an earlier rule takes every request that a later one could match, so that the later one is never reached. Decided condition by condition;
 * several earlier rules that only together cover the later one are not recognised.
 */
export function shadows(earlier: AuditRule, later: AuditRule): boolean {
  return (
    covers(earlier.users, later.users) &&
    covers(earlier.userGroups, later.userGroups) &&
    covers(earlier.verbs, later.verbs) &&
    coversTargets(earlier, later)
  );
}

function covers(wide: readonly string[], narrow: readonly string[]): boolean {
  if (wide.length === 0) return true;
  return narrow.length > 0 && narrow.every((word) => wide.includes(word));
}

function coversTargets(earlier: AuditRule, later: AuditRule): boolean {
  const earlierIsAboutObjects = earlier.resources.length > 0 || earlier.namespaces.length > 0;
  const laterIsAboutObjects = later.resources.length > 0 || later.namespaces.length > 0;
  if (earlierIsAboutObjects) {
    return (
      laterIsAboutObjects &&
      covers(earlier.namespaces, later.namespaces) &&
      coversResources(earlier.resources, later.resources)
    );
  }
  if (earlier.nonResourceURLs.length === 0) return true;
  return (
    !laterIsAboutObjects &&
    later.nonResourceURLs.length > 0 &&
    later.nonResourceURLs.every((url) => earlier.nonResourceURLs.some((pattern) => coversUrl(pattern, url)))
  );
}

function coversUrl(pattern: string, url: string): boolean {
  return pattern === url || (pattern.endsWith('*') && url.startsWith(pattern.slice(0, -1)));
}

function coversResources(wide: readonly GroupResources[], narrow: readonly GroupResources[]): boolean {
  if (wide.length === 0) return true;
  return (
    narrow.length > 0 &&
    narrow.flatMap(oneByOne).every((resources) => wide.some((candidate) => coversGroup(candidate, resources)))
  );
}

/** Several entries that match first may share the resources of one. */
function oneByOne(entry: GroupResources): GroupResources[] {
  if (entry.resources.length === 0) return [entry];
  return entry.resources.map((resource) => ({ ...entry, resources: [resource] }));
}

function coversGroup(wide: GroupResources, narrow: GroupResources): boolean {
  if (wide.group !== '*' && wide.group !== narrow.group) return false;
  if (wide.resources.length === 0) return true;
  const names =
    wide.resourceNames.length === 0 ||
    (narrow.resourceNames.length > 0 &&
      narrow.resourceNames.every((name) => wide.resourceNames.includes(name)));
  if (!names) return false;
  return (
    wide.resources.includes('*') ||
    (narrow.resources.length > 0 &&
      narrow.resources.every((resource) =>
        wide.resources.some((pattern) => coversResource(pattern, resource)),
      ))
  );
}

function coversResource(pattern: string, resource: string): boolean {
  if (pattern === resource) return true;
  const [type = '', subresource] = resource.split('/');
  return pattern === `${type}/*` || (subresource !== undefined && pattern === `*/${subresource}`);
}
