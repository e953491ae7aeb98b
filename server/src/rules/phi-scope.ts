import { PHI_LABEL } from '../analysis/phi-label.ts';
import type { World } from '../analysis/world.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { matchesWildcard } from '../kubernetes/wildcards.ts';
import type { RuleSettings } from './settings.ts';

/** What decides scope: a resource, or a fact of one. */
export type ScopedObject = Pick<Resource, 'kind' | 'name' | 'namespace' | 'labels'>;

/**
 * Whether a resource may hold or touch PHI. The label on the object decides, then that on its namespace, then the configuration; without
 * any of them everything may.
 */
export function isInPhiScope(resource: ScopedObject, world: World, settings: RuleSettings): boolean {
  const own = labelVerdict(resource.labels);
  if (own !== undefined) return own;
  const namespace = resource.kind === 'Namespace' ? resource.name : resource.namespace;
  const namespaceLabels = world.matching('namespace', 'name', namespace ?? '')[0]?.labels;
  const inherited = namespaceLabels && labelVerdict(namespaceLabels);
  if (inherited !== undefined) return inherited;
  return isConfigured(resource.labels, namespaceLabels, namespace, settings.phi);
}

function labelVerdict(labels: ReadonlyMap<string, string>): boolean | undefined {
  const label = labels.get(PHI_LABEL);
  return label === 'true' ? true : label === 'false' ? false : undefined;
}

function isConfigured(
  labels: ReadonlyMap<string, string>,
  namespaceLabels: ReadonlyMap<string, string> | undefined,
  namespace: string | undefined,
  phi: RuleSettings['phi'],
): boolean {
  if (phi.namespaces.length === 0 && phi.label === undefined) return true;
  // Without a namespace the manifest goes wherever it is applied, which may be one that holds PHI.
  const named =
    namespace === undefined || phi.namespaces.some((pattern) => matchesWildcard(pattern, namespace));
  if (phi.namespaces.length > 0 && named) return true;
  return (
    phi.label !== undefined && [labels, namespaceLabels].some((map) => map && carries(map, phi.label ?? ''))
  );
}

function carries(labels: ReadonlyMap<string, string>, label: string): boolean {
  const [key = '', value] = label.split('=', 2);
  return labels.has(key) && (value === undefined || labels.get(key) === value);
}
