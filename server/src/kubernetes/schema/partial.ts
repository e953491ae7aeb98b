/**
 * Whether an object can only be a part of one, to be merged into another: a workload whose pods run no image. Files of
 * Kustomize patches look so, and nothing may be said about what they leave out.
 */
export function isPartial(object: Record<string, unknown>): boolean {
  if (Object.hasOwn(object, '$patch')) return true;
  const spec = mapAt(object, 'spec');
  if (!spec || !WORKLOADS.has(String(object.kind))) return false;
  const template = mapAt(mapAt(mapAt(spec, 'jobTemplate'), 'spec') ?? spec, 'template');
  const pod = object.kind === 'Pod' ? spec : mapAt(template, 'spec');
  const containers = pod?.containers;
  if (!Array.isArray(containers) || containers.length === 0) return true;
  return !containers.every((container) => isMap(container) && Boolean(container.image));
}

const WORKLOADS: ReadonlySet<string> = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Rollout',
]);

function mapAt(
  object: Record<string, unknown> | undefined,
  key: string,
): Record<string, unknown> | undefined {
  const value = object && Object.hasOwn(object, key) ? object[key] : undefined;
  return isMap(value) ? value : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
