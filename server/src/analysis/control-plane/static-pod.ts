import { flagsOf } from '../../kubernetes/command-line.ts';
import type { Container, Pod } from '../../kubernetes/pods.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import { type Component, type ComponentSettings, freeVolumeName, isMounted } from './settings.ts';

/** Those that a node may run from a file. */
export const PROGRAMS: readonly Component[] = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
];

/** The control-plane components that a pod runs, recognised by the program that a container starts. */
export function settingsOfPod(pod: Pod): ComponentSettings[] {
  return pod.containers.flatMap((container) => {
    const program = container.value.at(['command', 0])?.text ?? '';
    const component = PROGRAMS.find((name) => program === name || program.endsWith(`/${name}`));
    return component === undefined ? [] : [commandLineSettings(component, pod, container)];
  });
}

/**
 * Whether a pod runs a part of the control plane from a file of the node: such static pods name no ServiceAccounts and no Secrets.
 *
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/ ("cannot refer to other API objects")
 */
export function isControlPlanePod(pod: Pod): boolean {
  return pod.workload.kind === 'Pod' && settingsOfPod(pod).length > 0;
}

function commandLineSettings(component: Component, pod: Pod, container: Container): ComponentSettings {
  const flags = flagsOf(container);
  // The last one counts, as in the programs themselves.
  const last = (name: string) => flags.findLast((flag) => flag.name === name);
  // Flags are added where the others stand.
  const isBare = (container.value.get('command')?.items.length ?? 0) <= 1;
  const listKey = isBare && container.value.has(['args']) ? 'args' : 'command';
  const list = [...container.value.path, listKey];
  return {
    component,
    form: 'static pod',
    completeness: 'whole',
    flag(name) {
      const flag = last(name);
      return flag && { name, value: flag.value ?? 'true', at: flag.at };
    },
    home: { at: container.value, missing: [listKey, 'flag'] },
    set(name, value) {
      const flag = last(name);
      if (flag === undefined) return [insert(list, `--${name}=${value}`)];
      return [
        flag.valueAt === undefined ? set(flag.at.path, `--${name}=${value}`) : set(flag.valueAt.path, value),
      ];
    },
    remove: (name) =>
      flags
        .filter((flag) => flag.name === name)
        .flatMap(({ at, valueAt }) =>
          valueAt === undefined ? [remove(at.path)] : [remove(valueAt.path), remove(at.path)],
        )
        .reverse(),
    mount(file) {
      if (isMounted(file, container.value.get('volumeMounts')?.items ?? [])) return [];
      const { path, readOnly, type } = file;
      const name = freeVolumeName(file.name, pod.spec.get('volumes')?.items ?? []);
      return [
        insert([...container.value.path, 'volumeMounts'], { name, mountPath: path, readOnly }),
        insert([...pod.spec.path, 'volumes'], { name, hostPath: { path, type } }),
      ];
    },
  };
}
