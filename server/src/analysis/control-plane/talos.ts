import type { Resource } from '../../kubernetes/resource.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import type { Component, ComponentSettings } from './settings.ts';

const COMPONENTS: readonly (readonly [Component, string])[] = [
  ['kube-apiserver', 'apiServer'],
  ['kube-controller-manager', 'controllerManager'],
  ['kube-scheduler', 'scheduler'],
  ['etcd', 'etcd'],
];

/**
 * The components that a machine configuration of Talos Linux sets: `extraArgs` of each, on machines of the control plane.
 *
 * Source: https://docs.siderolabs.com/talos (v1alpha1 configuration reference, APIServerConfig)
 */
export function settingsOfTalos({ kind, root }: Resource): ComponentSettings[] {
  if (kind !== 'TalosMachine' || !/^(?:controlplane|init)$/.test(root.at(['machine', 'type'])?.text ?? ''))
    return [];
  return COMPONENTS.map(([component, key]) => {
    const path = [...root.path, 'cluster', key, 'extraArgs'];
    const args = root.at(['cluster', key, 'extraArgs']);
    return {
      component,
      form: 'Talos machine configuration',
      completeness: 'Talos',
      flag(name) {
        const at = args?.get(name);
        return at === undefined ? undefined : { name, value: at.text ?? '', at };
      },
      home: { at: root, missing: ['cluster', key, 'extraArgs', 'flag'] },
      set: (name, value) => [set([...path, name], value)],
      remove: (name) => (args?.has([name]) === true ? [remove([...path, name])] : []),
      mount: ({ name, path: hostPath, readOnly }) => [
        insert([...root.path, 'cluster', key, 'extraVolumes'], {
          name,
          hostPath,
          mountPath: hostPath,
          readonly: readOnly,
        }),
      ],
    };
  });
}
