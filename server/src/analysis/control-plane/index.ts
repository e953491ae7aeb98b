import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { settingsOfK3s } from './k3s.ts';
import { settingsOfKops } from './kops.ts';
import { settingsOfKubeadm } from './kubeadm.ts';
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
  'Cluster',
  'K3sServer',
  'RKE2Server',
  'TalosMachine',
];

/** The control-plane components that a resource configures, in every form that is known. */
export function controlPlaneSettingsOf(resource: Resource): ComponentSettings[] {
  const pod = resource.kind === 'Pod' ? podOf(resource) : undefined;
  if (pod !== undefined) return settingsOfPod(pod);
  return [settingsOfKubeadm, settingsOfK3s, settingsOfTalos, settingsOfKops].flatMap((read) =>
    read(resource),
  );
}

/** The settings of one component; undefined when the resource does not configure it. */
export function settingsOf(component: Component, resource: Resource): ComponentSettings | undefined {
  return controlPlaneSettingsOf(resource).find((settings) => settings.component === component);
}
