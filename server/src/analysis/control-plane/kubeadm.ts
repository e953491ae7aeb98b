import type { Resource } from '../../kubernetes/resource.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import { type Component, type ComponentSettings, type Flag, freeVolumeName, isMounted } from './settings.ts';

/** Where a ClusterConfiguration keeps the arguments of each component. */
const COMPONENTS: readonly (readonly [Component, Path])[] = [
  ['kube-apiserver', ['apiServer']],
  ['kube-controller-manager', ['controllerManager']],
  ['kube-scheduler', ['scheduler']],
  ['etcd', ['etcd', 'local']],
];

/** What a ClusterConfiguration says of an etcd of somebody else, by the flag of the API server that kubeadm makes of it. */
export const EXTERNAL_ETCD: Readonly<Record<string, string>> = {
  'etcd-servers': 'endpoints',
  'etcd-cafile': 'caFile',
  'etcd-certfile': 'certFile',
  'etcd-keyfile': 'keyFile',
};

/**
 * The components that kubeadm sets: a ClusterConfiguration those of the control plane, an InitConfiguration or JoinConfiguration the node's kubelet. Each is a document
 * of its own, or stands inside an object of the Cluster API. Extra arguments are a map in v1beta3 and a list of names and values since v1beta4.
 *
 * Source: https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
 */
export function settingsOfKubeadm(resource: Resource): ComponentSettings[] {
  const { cluster, nodes } = configurationsOf(resource);
  return [...clusterSettings(resource, cluster), ...nodes.map((node) => kubeletSettings(resource, node))];
}

interface Configurations {
  readonly cluster: Value | undefined;
  /** Of nodes that start or join a cluster. */
  readonly nodes: readonly Value[];
}

function configurationsOf({ group, kind, root, spec }: Resource): Configurations {
  if (group === 'kubeadm.k8s.io') {
    const isNode = kind === 'InitConfiguration' || kind === 'JoinConfiguration';
    return { cluster: kind === 'ClusterConfiguration' ? root : undefined, nodes: isNode ? [root] : [] };
  }
  const isOfClusterApi = /^(?:controlplane|bootstrap)\.cluster\.x-k8s\.io$/.test(group);
  if (!isOfClusterApi || !kind.startsWith('Kubeadm')) return { cluster: undefined, nodes: [] };
  const own = kind.endsWith('Template') ? root.at(['spec', 'template', 'spec']) : spec;
  const configuration = kind.startsWith('KubeadmConfig') ? own : own?.get('kubeadmConfigSpec');
  return {
    cluster: configuration?.get('clusterConfiguration'),
    nodes: ['initConfiguration', 'joinConfiguration'].flatMap((key) => configuration?.get(key) ?? []),
  };
}

function clusterSettings(resource: Resource, configuration: Value | undefined): ComponentSettings[] {
  if (configuration === undefined) return [];
  const external = configuration.at(['etcd', 'external']);
  const written = COMPONENTS.map(([, path]) => configuration.at([...path, 'extraArgs']));
  const lists = usesLists(resource, written);
  return COMPONENTS.filter(([component]) => component !== 'etcd' || external === undefined).map(
    ([component, path]) => {
      const settings = argumentSettings(component, configuration, [...path, 'extraArgs'], lists);
      return component === 'kube-apiserver' && external !== undefined
        ? { ...settings, ...externalEtcd(settings, external) }
        : settings;
    },
  );
}

function kubeletSettings(resource: Resource, configuration: Value): ComponentSettings {
  const path = ['nodeRegistration', 'kubeletExtraArgs'];
  return argumentSettings('kubelet', configuration, path, usesLists(resource, [configuration.at(path)]));
}

/** Newer versions write arguments as lists; where some are written, their form decides. */
function usesLists({ apiVersion }: Resource, written: readonly (Value | undefined)[]): boolean {
  const args = written.find((value) => value !== undefined);
  return args === undefined ? !/v1beta[1-3]$/.test(apiVersion) : args.kind === 'list';
}

/** The flags that kubeadm derives from the etcd that it is told of. */
function externalEtcd(
  settings: ComponentSettings,
  external: Value,
): Pick<ComponentSettings, 'flag' | 'set' | 'completeness'> {
  return {
    ...settings,
    flag(name) {
      const key = Object.hasOwn(EXTERNAL_ETCD, name) ? EXTERNAL_ETCD[name] : undefined;
      const at = key === undefined ? undefined : external.get(key);
      if (at === undefined || at.isNull) return settings.flag(name);
      return { name, value: at.text ?? at.items.map(({ text }) => text ?? '').join(','), at };
    },
    set(name, value) {
      const key = Object.hasOwn(EXTERNAL_ETCD, name) ? EXTERNAL_ETCD[name] : undefined;
      if (key === undefined || settings.flag(name) !== undefined) return settings.set(name, value);
      const path = [...external.path, key];
      return [set(path, key === 'endpoints' ? value.split(',') : value)];
    },
  };
}

function argumentSettings(
  component: Component,
  configuration: Value,
  path: Path,
  lists: boolean,
): ComponentSettings {
  const argsPath = [...configuration.path, ...path];
  const flags = readArguments(configuration.at(path));
  const volumes = [...path.slice(0, -1), 'extraVolumes'];
  return {
    component,
    form: 'kubeadm configuration',
    completeness: 'kubeadm',
    flag: (name) => flags.findLast((flag) => flag.name === name),
    home: { at: configuration, missing: [...path, 'flag'] },
    set(name, value) {
      const flag = flags.findLast((candidate) => candidate.name === name);
      if (flag !== undefined) return [set(flag.at.path, value)];
      return [lists ? insert(argsPath, { name, value }) : set([...argsPath, name], value)];
    },
    remove(name) {
      const flag = flags.findLast((candidate) => candidate.name === name);
      if (flag === undefined) return [];
      return [remove(lists ? flag.at.path.slice(0, -1) : flag.at.path)];
    },
    mount(file) {
      const mounted = configuration.at(volumes)?.items ?? [];
      if (isMounted(file, mounted)) return [];
      const { path: hostPath, type, readOnly } = file;
      const name = freeVolumeName(file.name, mounted);
      const volume = { name, hostPath, mountPath: hostPath, readOnly, pathType: type };
      return [insert([...configuration.path, ...volumes], volume)];
    },
  };
}

function readArguments(args: Value | undefined): Flag[] {
  const named = (args?.entries ?? []).map(({ key, value }) => ({
    name: key,
    value: value.text ?? '',
    at: value,
  }));
  const listed = (args?.items ?? []).flatMap((item) => {
    const value = item.get('value');
    return value === undefined
      ? []
      : [{ name: item.get('name')?.text ?? '', value: value.text ?? '', at: value }];
  });
  return [...named, ...listed];
}
