import type { Resource } from '../../kubernetes/resource.ts';
import { remove, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import { type ComponentSettings, plainValueOf } from './settings.ts';

/** Flags of the kubelet and the fields that have taken their place. */
const FIELDS: Readonly<Record<string, Path>> = {
  'anonymous-auth': ['authentication', 'anonymous', 'enabled'],
  'authorization-mode': ['authorization', 'mode'],
  'client-ca-file': ['authentication', 'x509', 'clientCAFile'],
  'streaming-connection-idle-timeout': ['streamingConnectionIdleTimeout'],
  'tls-cipher-suites': ['tlsCipherSuites'],
  'tls-min-version': ['tlsMinVersion'],
};

/** The kubelet that a KubeletConfiguration sets. */
export function settingsOfKubeletConfiguration({ group, kind, root }: Resource): ComponentSettings[] {
  if (group !== 'kubelet.config.k8s.io' || kind !== 'KubeletConfiguration') return [];
  return [kubeletSettings(root, 'KubeletConfiguration')];
}

/**
 * The kubelet that the fields of a KubeletConfiguration set.
 *
 * Source: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
 */
export function kubeletSettings(configuration: Value, form: string): ComponentSettings {
  const pathOf = (name: string): Path => FIELDS[name] ?? [name];
  return {
    component: 'kubelet',
    form,
    completeness: 'fields',
    flag(name) {
      const at = Object.hasOwn(FIELDS, name) ? configuration.at(pathOf(name)) : undefined;
      return at === undefined ? undefined : { name, value: at.text ?? '', at };
    },
    home: { at: configuration, missing: ['flag'] },
    set: (name, value) => [set([...configuration.path, ...pathOf(name)], plainValueOf(value))],
    remove: (name) => [remove([...configuration.path, ...pathOf(name)])],
    mount: () => [],
  };
}
