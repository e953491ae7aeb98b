import type { Resource } from '../../kubernetes/resource.ts';
import { remove, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Component, ComponentSettings } from './settings.ts';

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
  'oidc-client-id': 'oidcClientID',
  'oidc-issuer-url': 'oidcIssuerURL',
  'tls-cert-file': 'tlsCertFile',
};

/**
 * The components that a Cluster of kOps sets: fields named after the flags.
 *
 * Source: https://kops.sigs.k8s.io/cluster_spec/#kubeapiserver; kubernetes/kops, pkg/apis/kops/componentconfig.go
 */
export function settingsOfKops({ group, kind, root }: Resource): ComponentSettings[] {
  if (group !== 'kops.k8s.io' || kind !== 'Cluster') return [];
  return COMPONENTS.map(([component, key]) => {
    const pathOf = (name: string): Path =>
      name === 'encryption-provider-config' ? ['spec', 'encryptionConfig'] : ['spec', key, fieldOf(name)];
    return {
      component,
      form: 'kOps Cluster',
      completeness: 'kOps',
      flag(name) {
        const open =
          component === 'kube-apiserver' ? root.at(['spec', 'authorization', 'alwaysAllow']) : undefined;
        if (name === 'authorization-mode' && open !== undefined)
          return { name, value: 'AlwaysAllow', at: open };
        const at = root.at(pathOf(name));
        const isOff = name === 'encryption-provider-config' && at?.text === 'false';
        return at === undefined || isOff ? undefined : { name, value: at.text ?? '', at };
      },
      home: { at: root, missing: ['spec', key, 'flag'] },
      set(name, value) {
        if (name === 'authorization-mode')
          return [set([...root.path, 'spec', 'authorization'], { rbac: {} })];
        return [
          set([...root.path, ...pathOf(name)], name === 'encryption-provider-config' ? true : typed(value)),
        ];
      },
      remove: (name) => (root.has(pathOf(name)) ? [remove([...root.path, ...pathOf(name)])] : []),
      // Files come onto the nodes by `fileAssets`, whose content only people know.
      mount: () => [],
    };
  });
}

function fieldOf(flag: string): string {
  return FIELDS[flag] ?? flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}
