import type { Resource } from '../../kubernetes/resource.ts';
import { remove, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import { type Component, type ComponentSettings, plainValueOf } from './settings.ts';

const COMPONENTS: readonly (readonly [Component, string])[] = [
  ['kube-apiserver', 'kubeAPIServer'],
  ['kube-controller-manager', 'kubeControllerManager'],
  ['kube-scheduler', 'kubeScheduler'],
];

/** Fields whose names are not the flag's in camel case. */
const FIELDS: Readonly<Record<string, string>> = {
  'audit-log-maxage': 'auditLogMaxAge',
  'audit-log-maxbackup': 'auditLogMaxBackups',
  'audit-log-maxsize': 'auditLogMaxSize',
  'authentication-config': 'authenticationConfigFile',
  'client-ca-file': 'clientCAFile',
  'etcd-cafile': 'etcdCaFile',
  'etcd-certfile': 'etcdCertFile',
  'etcd-keyfile': 'etcdKeyFile',
  'oidc-client-id': 'oidcClientID',
  'oidc-issuer-url': 'oidcIssuerURL',
  'tls-cert-file': 'tlsCertFile',
};

/** Where a Cluster and an InstanceGroup keep the settings of kubelets. */
const KUBELETS = ['kubelet', 'masterKubelet', 'controlPlaneKubelet'];

/** What a Cluster says beside the fields of the API server, by the flag that kOps makes of it. */
const CLUSTER_FIELDS: Readonly<Record<string, readonly Path[]>> = {
  'encryption-provider-config': [['spec', 'encryptionConfig']],
  'oidc-issuer-url': [['spec', 'authentication', 'oidc', 'issuerURL']],
  'authentication-token-webhook-config-file': [
    ['spec', 'authentication', 'aws'],
    ['spec', 'authentication', 'kopeio'],
  ],
};

/**
 * The components that a Cluster of kOps sets, and the kubelets that it or an InstanceGroup does: fields named after the flags.
 *
 * Source: https://kops.sigs.k8s.io/cluster_spec/#kubeapiserver, https://kops.sigs.k8s.io/authentication/; kubernetes/kops,
 * pkg/apis/kops/componentconfig.go
 */
export function settingsOfKops({ group, kind, root }: Resource): ComponentSettings[] {
  if (group !== 'kops.k8s.io') return [];
  const kubelets = KUBELETS.filter((key) => root.has(['spec', key])).map((key) =>
    componentSettings('kubelet', root, ['spec', key]),
  );
  if (kind === 'InstanceGroup') return kubelets;
  if (kind !== 'Cluster') return [];
  const components = COMPONENTS.map(([component, key]) => componentSettings(component, root, ['spec', key]));
  return [...components.map((settings) => withCluster(settings, root)), ...kubelets];
}

function componentSettings(component: Component, root: Value, holder: Path): ComponentSettings {
  const pathOf = (name: string): Path => [...holder, fieldOf(name)];
  return {
    component,
    form: 'kOps Cluster',
    completeness: 'kOps',
    flag(name) {
      const at = root.at(pathOf(name));
      return at === undefined ? undefined : { name, value: at.text ?? '', at };
    },
    home: { at: root, missing: [...holder, 'flag'] },
    set: (name, value) => [set([...root.path, ...pathOf(name)], plainValueOf(value))],
    remove: (name) => (root.has(pathOf(name)) ? [remove([...root.path, ...pathOf(name)])] : []),
    // Files come onto the nodes by `fileAssets`, whose content only people know.
    mount: () => [],
  };
}

/** The API server with what the Cluster says of it elsewhere. */
function withCluster(settings: ComponentSettings, root: Value): ComponentSettings {
  if (settings.component !== 'kube-apiserver') return settings;
  return {
    ...settings,
    flag(name) {
      const open = root.at(['spec', 'authorization', 'alwaysAllow']);
      if (name === 'authorization-mode' && open !== undefined)
        return { name, value: 'AlwaysAllow', at: open };
      const paths = Object.hasOwn(CLUSTER_FIELDS, name) ? (CLUSTER_FIELDS[name] ?? []) : [];
      const at = paths.map((path) => root.at(path)).find((value) => value !== undefined);
      return at === undefined || at.boolean === false
        ? settings.flag(name)
        : { name, value: at.text ?? '', at };
    },
    set(name, value) {
      if (name === 'authorization-mode' && !settings.flag(name))
        return [set([...root.path, 'spec', 'authorization'], { rbac: {} })];
      if (name === 'encryption-provider-config')
        return [set([...root.path, 'spec', 'encryptionConfig'], true)];
      return settings.set(name, value);
    },
  };
}

function fieldOf(flag: string): string {
  return FIELDS[flag] ?? flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
