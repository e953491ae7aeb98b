import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { settingsOfK3s } from './k3s.ts';
import { settingsOfKops } from './kops.ts';
import { settingsOfKubeadm } from './kubeadm.ts';
import { settingsOfKubeletConfiguration } from './kubelet.ts';
import type { Component, ComponentSettings } from './settings.ts';
import { settingsOfPod } from './static-pod.ts';
import { settingsOfTalos } from './talos.ts';

export {
  booleanOf,
  type Component,
  type ComponentSettings,
  type Flag,
  type HostFile,
  lacks,
} from './settings.ts';

/** Kinds that can carry control-plane settings. */
export const CONTROL_PLANE_KINDS = [
  'Pod',
  'ClusterConfiguration',
  'KubeadmControlPlane',
  'KubeadmControlPlaneTemplate',
  'KubeadmConfig',
  'KubeadmConfigTemplate',
  'InitConfiguration',
  'JoinConfiguration',
  'InstanceGroup',
  'KubeletConfiguration',
  'Cluster',
  'K3sServer',
  'RKE2Server',
  'K3sAgent',
  'TalosMachine',
];

const READERS = [
  settingsOfKubeadm,
  settingsOfKubeletConfiguration,
  settingsOfK3s,
  settingsOfTalos,
  settingsOfKops,
];

/** The control-plane components that a resource configures, in every form that is known. */
export function controlPlaneSettingsOf(resource: Resource): ComponentSettings[] {
  const pod = resource.kind === 'Pod' ? podOf(resource) : undefined;
  if (pod !== undefined) return settingsOfPod(pod);
  return READERS.flatMap((read) => read(resource));
}

/** The settings of one component; undefined when the resource does not configure it. */
export function settingsOf(component: Component, resource: Resource): ComponentSettings | undefined {
  return controlPlaneSettingsOf(resource).find((settings) => settings.component === component);
}

/** The kubelets that a resource configures: of one node, or of those that start a cluster and those that join it. */
export function kubeletsOf(resource: Resource): ComponentSettings[] {
  return controlPlaneSettingsOf(resource).filter(({ component }) => component === 'kubelet');
}
