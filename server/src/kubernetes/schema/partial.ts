import { isRecord } from '../../syntax/records.ts';

/**
 * Whether an object can only be a part of one, so that nothing may be said about what it leaves out: a workload whose
 * pods run no image, as in Kustomize patches, or have neither labels nor a selector, which Kustomize then adds.
 */
export function isPartial(object: Record<string, unknown>): boolean {
  if (Object.hasOwn(object, '$patch')) return true;
  const spec = mapAt(object, 'spec');
  if (!spec || !WORKLOADS.has(String(object.kind))) return false;
  const template = mapAt(mapAt(mapAt(spec, 'jobTemplate'), 'spec') ?? spec, 'template');
  if (SELECTING.has(String(object.kind)) && !spec.selector && !mapAt(mapAt(template, 'metadata'), 'labels'))
    return true;
  const pod = object.kind === 'Pod' ? spec : mapAt(template, 'spec');
  const containers = pod?.containers;
  if (!Array.isArray(containers) || containers.length === 0) return true;
  return !containers.every((container) => isRecord(container) && Boolean(container.image));
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

/** Kinds that find their pods by labels. */
const SELECTING: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
]);

function mapAt(
  object: Record<string, unknown> | undefined,
  key: string,
): Record<string, unknown> | undefined {
  const value = object && Object.hasOwn(object, key) ? object[key] : undefined;
  return isRecord(value) ? value : undefined;
}
