import type { Container, Pod } from '../../kubernetes/pods.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { type Component, type ComponentSettings, type Flag, mountOf, volumeOf } from './settings.ts';

const COMPONENTS: readonly Component[] = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
];

/** A flag on a command line: one item `--name=value`, or the two items `--name` and `value`. */
interface PlacedFlag extends Flag {
  readonly valueItem: Value | undefined;
}

/** The control-plane components that a pod runs, recognised by the program that a container starts. */
export function settingsOfPod(pod: Pod): ComponentSettings[] {
  return pod.containers.flatMap((container) => {
    const program = container.value.at(['command', 0])?.text ?? '';
    const component = COMPONENTS.find((name) => program === name || program.endsWith(`/${name}`));
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
  const command = container.value.get('command')?.items.slice(1) ?? [];
  const flags = readFlags([...command, ...(container.value.get('args')?.items ?? [])]);
  // Flags are added where the others stand.
  const listKey = command.length === 0 && container.value.has(['args']) ? 'args' : 'command';
  const list = [...container.value.path, listKey];
  return {
    component,
    form: 'static pod',
    completeness: 'whole',
    // The last one counts, as in the programs themselves.
    flag: (name) => flags.findLast((flag) => flag.name === name),
    home: { at: container.value, missing: [listKey, 'flag'] },
    set(name, value) {
      const flag = flags.findLast((candidate) => candidate.name === name);
      if (flag === undefined) return [insert(list, `--${name}=${value}`)];
      return [
        flag.valueItem === undefined
          ? set(flag.at.path, `--${name}=${value}`)
          : set(flag.valueItem.path, value),
      ];
    },
    remove: (name) =>
      flags
        .filter((flag) => flag.name === name)
        .flatMap(({ at, valueItem }) =>
          valueItem === undefined ? [remove(at.path)] : [remove(valueItem.path), remove(at.path)],
        )
        .reverse(),
    mount: (file) => [
      insert([...container.value.path, 'volumeMounts'], mountOf(file)),
      insert([...pod.spec.path, 'volumes'], volumeOf(file)),
    ],
  };
}

function readFlags(items: readonly Value[]): PlacedFlag[] {
  const flags: PlacedFlag[] = [];
  for (const [index, item] of items.entries()) {
    const match = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(item.text ?? '');
    if (match === null) continue;
    const [, name = '', inline] = match;
    const next = items[index + 1];
    const takesNext = inline === undefined && next?.text !== undefined && !next.text.startsWith('-');
    flags.push({
      name,
      value: inline ?? (takesNext ? (next.text ?? '') : 'true'),
      at: item,
      valueItem: takesNext ? next : undefined,
    });
  }
  return flags;
}
