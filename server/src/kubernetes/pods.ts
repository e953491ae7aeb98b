import type { Path } from '../syntax/paths.ts';
import type { Value } from '../syntax/values.ts';
import type { Resource } from './resource.ts';

export type ContainerType = 'container' | 'initContainer' | 'ephemeralContainer';

/** One container of a pod, of any type. */
export interface Container {
  readonly value: Value;
  readonly name: string;
  readonly type: ContainerType;
  readonly image: Value | undefined;
}

/** The pod that a workload runs: a Pod itself, or the pod template of everything that makes Pods. */
export interface Pod {
  readonly workload: Resource;
  /** The pod's own metadata: that of the template, not of the workload. */
  readonly metadata: Value | undefined;
  readonly spec: Value;
  readonly containers: readonly Container[];
}

const TEMPLATE: Path = ['spec', 'template'];

/** Where each kind carries its pod template: the path of the object that holds `metadata` and `spec`. Keys are `group/Kind`. */
const TEMPLATE_PATHS: ReadonlyMap<string, Path> = new Map([
  ['/Pod', []],
  ['/PodTemplate', ['template']],
  ['/ReplicationController', TEMPLATE],
  ['apps/Deployment', TEMPLATE],
  ['apps/StatefulSet', TEMPLATE],
  ['apps/DaemonSet', TEMPLATE],
  ['apps/ReplicaSet', TEMPLATE],
  // The group that Deployments and others had until 1.16; manifests still name it.
  ['extensions/Deployment', TEMPLATE],
  ['extensions/DaemonSet', TEMPLATE],
  ['extensions/ReplicaSet', TEMPLATE],
  ['batch/Job', TEMPLATE],
  ['batch/CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['argoproj.io/Rollout', TEMPLATE],
  ['serving.knative.dev/Service', TEMPLATE],
  ['serving.knative.dev/Configuration', TEMPLATE],
  ['serving.knative.dev/Revision', []],
  ['keda.sh/ScaledJob', ['spec', 'jobTargetRef', 'template']],
  ['apps.openshift.io/DeploymentConfig', TEMPLATE],
  ['/DeploymentConfig', TEMPLATE],
]);

/** Whether objects of this kind run pods. */
export function isWorkload(resource: Resource): boolean {
  return TEMPLATE_PATHS.has(`${resource.group}/${resource.kind}`);
}

/** The pod of a workload; undefined for other kinds and while the pod's `spec` is not a map yet. */
export function podOf(workload: Resource): Pod | undefined {
  const path = TEMPLATE_PATHS.get(`${workload.group}/${workload.kind}`);
  if (path === undefined) return undefined;
  const template = workload.root.at(path);
  const spec = template?.get('spec');
  if (spec?.kind !== 'map') return undefined;
  return { workload, metadata: template?.get('metadata'), spec, containers: containersOf(spec) };
}

/** The ServiceAccount that a pod names, also by the field's old name `serviceAccount`. */
export function serviceAccountOf({ spec }: Pod): Value | undefined {
  return spec.get('serviceAccountName') ?? spec.get('serviceAccount');
}

const CONTAINER_LISTS: readonly (readonly [ContainerType, string])[] = [
  ['initContainer', 'initContainers'],
  ['container', 'containers'],
  ['ephemeralContainer', 'ephemeralContainers'],
];

function containersOf(spec: Value): Container[] {
  const containers: Container[] = [];
  for (const [type, key] of CONTAINER_LISTS) {
    for (const value of spec.get(key)?.items ?? []) {
      if (value.kind !== 'map') continue;
      containers.push({ value, type, name: value.get('name')?.text ?? '', image: value.get('image') });
    }
  }
  return containers;
}
