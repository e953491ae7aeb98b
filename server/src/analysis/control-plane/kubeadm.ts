import type { Resource } from '../../kubernetes/resource.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import type { Component, ComponentSettings, Flag } from './settings.ts';

/** Where a ClusterConfiguration keeps the arguments of each component. */
const COMPONENTS: readonly (readonly [Component, Path])[] = [
  ['kube-apiserver', ['apiServer']],
  ['kube-controller-manager', ['controllerManager']],
  ['kube-scheduler', ['scheduler']],
  ['etcd', ['etcd', 'local']],
];

/**
 * The components that a kubeadm ClusterConfiguration sets: a document of its own, or inside a KubeadmControlPlane of the Cluster API.
 * `extraArgs` is a map in v1beta3 and a list of names and values since v1beta4.
 *
 * Source: https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
 */
export function settingsOfKubeadm(resource: Resource): ComponentSettings[] {
  const configuration = clusterConfigurationOf(resource);
  if (configuration === undefined) return [];
  return COMPONENTS.filter(
    ([component]) => component !== 'etcd' || !configuration.has(['etcd', 'external']),
  ).map(([component, path]) =>
    componentSettings(component, configuration, path, usesLists(resource, configuration)),
  );
}

function clusterConfigurationOf(resource: Resource): Value | undefined {
  if (resource.group === 'kubeadm.k8s.io' && resource.kind === 'ClusterConfiguration') return resource.root;
  if (resource.group !== 'controlplane.cluster.x-k8s.io' || !resource.kind.startsWith('KubeadmControlPlane'))
    return undefined;
  const spec =
    resource.kind === 'KubeadmControlPlane' ? resource.spec : resource.root.at(['spec', 'template', 'spec']);
  return spec?.at(['kubeadmConfigSpec', 'clusterConfiguration']);
}

/** Newer versions write arguments as lists; where some are written, their form decides. */
function usesLists(resource: Resource, configuration: Value): boolean {
  const written = COMPONENTS.map(([, path]) => configuration.at([...path, 'extraArgs'])).find(
    (args) => args !== undefined,
  );
  return written === undefined ? !/v1beta[1-3]$/.test(resource.apiVersion) : written.kind === 'list';
}

function componentSettings(
  component: Component,
  configuration: Value,
  path: Path,
  lists: boolean,
): ComponentSettings {
  const base = configuration.at(path);
  const argsPath = [...configuration.path, ...path, 'extraArgs'];
  const flags = readArguments(base?.get('extraArgs'));
  return {
    component,
    form: 'kubeadm ClusterConfiguration',
    completeness: 'kubeadm',
    flag: (name) => flags.findLast((flag) => flag.name === name),
    home: { at: configuration, missing: [...path, 'extraArgs', 'flag'] },
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
    mount: ({ name, path: hostPath, type, readOnly }) => [
      insert([...configuration.path, ...path, 'extraVolumes'], {
        name,
        hostPath,
        mountPath: hostPath,
        readOnly,
        pathType: type,
      }),
    ],
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
