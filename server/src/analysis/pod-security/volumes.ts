import type { Pod } from '../../kubernetes/pods.ts';
import { type DocumentOperation, remove } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';

/** A volume of a pod and where it comes from. */
export interface Volume {
  readonly value: Value;
  readonly name: string;
  /** The key that says where it comes from, such as `hostPath`; undefined for a volume without a source, which is an emptyDir. */
  readonly type: string | undefined;
}

/** Sources that Restricted allows, in the order in which the standard lists them. */
const ALLOWED_SOURCES: readonly string[] = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim'],
  ...['projected', 'secret'],
];

/** Sources that Restricted forbids. A key that is in neither list is for the schema to report. */
const FORBIDDEN_SOURCES: readonly string[] = [
  ...['hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd'],
  ...[
    'flexVolume',
    'cinder',
    'cephfs',
    'flocker',
    'fc',
    'azureFile',
    'azureDisk',
    'vsphereVolume',
    'quobyte',
  ],
  ...['portworxVolume', 'photonPersistentDisk', 'scaleIO', 'storageos'],
];

const isSet = (value: Value | undefined) => value !== undefined && !value.isNull;

/** The volumes of a pod whose source the Restricted standard forbids. */
export function forbiddenVolumesOf(pod: Pod): (Volume & { readonly type: string })[] {
  return volumesOf(pod).flatMap((volume) => {
    if (ALLOWED_SOURCES.some((source) => isSet(volume.value.get(source)))) return [];
    const type = FORBIDDEN_SOURCES.find((source) => isSet(volume.value.get(source)));
    return type === undefined ? [] : [{ ...volume, type }];
  });
}

export interface HostPathVolume extends Volume {
  readonly hostPath: Value;
  /** The path on the node, without a slash at its end; undefined when none can be read. */
  readonly path: string | undefined;
}

export function hostPathVolumesOf(pod: Pod): HostPathVolume[] {
  return volumesOf(pod).flatMap((volume) => {
    const hostPath = volume.value.get('hostPath');
    if (hostPath === undefined || hostPath.isNull) return [];
    const path = hostPath.get('path')?.string;
    return [{ ...volume, hostPath, path: path !== '/' && path?.endsWith('/') ? path.slice(0, -1) : path }];
  });
}

function volumesOf({ spec }: Pod): Volume[] {
  return (spec.get('volumes')?.items ?? [])
    .filter((value) => value.kind === 'map')
    .map((value) => ({ value, name: value.get('name')?.text ?? '', type: undefined }));
}

/** Removes a volume and everything that mounts it. */
export function removeVolume(pod: Pod, { value, name }: Volume): DocumentOperation[] {
  const mounts = pod.containers.flatMap((container) =>
    (container.value.get('volumeMounts')?.items ?? [])
      .filter((mount) => mount.get('name')?.text === name)
      .toReversed()
      .map((mount) => remove(mount.path, { pruneTo: container.value.path.length })),
  );
  return [...mounts, remove(value.path, { pruneTo: pod.spec.path.length })];
}

/** Sockets of container runtimes and the folders that hold nothing else. */
export const RUNTIME_SOCKETS =
  /^(?:\/var)?\/run\/(?:docker\.sock|cri-dockerd\.sock|dockershim\.sock|(?:k3s\/)?containerd(?:\/containerd\.sock)?|crio(?:\/crio\.sock)?|podman(?:\/podman\.sock)?|user\/\d+\/(?:docker\.sock|podman\/podman\.sock))$|^(?:\\\\\.\\pipe\\|\/\/\.\/pipe\/)(?:docker_engine|containerd-containerd)$/;

/** Whether a path of a node is the door to its container runtime. */
export function isRuntimeSocket(path: string | undefined): boolean {
  return path !== undefined && RUNTIME_SOCKETS.test(path);
}
