import type { Resource } from '../../kubernetes/resource.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import { kubeletSettings } from './kubelet.ts';
import { type Component, type ComponentSettings, freeVolumeName, isMounted } from './settings.ts';

const COMPONENTS: readonly (readonly [Component, string])[] = [
  ['kube-apiserver', 'apiServer'],
  ['kube-controller-manager', 'controllerManager'],
  ['kube-scheduler', 'scheduler'],
  ['etcd', 'etcd'],
];

/**
 * The components that a machine configuration of Talos Linux sets: `extraArgs` of each, on machines of the control plane, and the kubelet of
 * every machine, whose KubeletConfiguration `extraConfig` adds to.
 *
 * Source: https://docs.siderolabs.com/talos (v1alpha1 configuration reference, APIServerConfig, KubeletConfig)
 */
export function settingsOfTalos({ kind, root }: Resource): ComponentSettings[] {
  if (kind !== 'TalosMachine') return [];
  const kubelet = componentSettings('kubelet', root, ['machine', 'kubelet']);
  const extra = root.at(['machine', 'kubelet', 'extraConfig']);
  const own = extra === undefined ? [kubelet] : [kubelet, kubeletSettings(extra, kubelet.form)];
  if (!/^(?:controlplane|init)$/.test(root.at(['machine', 'type'])?.text ?? '')) return own;
  return [
    ...COMPONENTS.map(([component, key]) => componentSettings(component, root, ['cluster', key])),
    ...own,
  ];
}

function componentSettings(component: Component, root: Value, path: Path): ComponentSettings {
  const argsPath = [...root.path, ...path, 'extraArgs'];
  const args = root.at([...path, 'extraArgs']);
  const volumes = [...path, 'extraVolumes'];
  return {
    component,
    form: 'Talos machine configuration',
    completeness: 'Talos',
    flag(name) {
      const at = args?.get(name);
      return at === undefined ? undefined : { name, value: at.text ?? '', at };
    },
    home: { at: root, missing: [...path, 'extraArgs', 'flag'] },
    set: (name, value) => [set([...argsPath, name], value)],
    remove: (name) => (args?.has([name]) === true ? [remove([...argsPath, name])] : []),
    mount(file) {
      const mounted = root.at(volumes)?.items ?? [];
      if (isMounted(file, mounted)) return [];
      const { path: hostPath, readOnly } = file;
      const name = freeVolumeName(file.name, mounted);
      const volume = { name, hostPath, mountPath: hostPath, readonly: readOnly };
      return [insert([...root.path, ...volumes], volume)];
    },
  };
}
