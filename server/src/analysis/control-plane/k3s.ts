import { isSurelyK3s } from '../../kubernetes/host-configurations.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import {
  type Component,
  type ComponentSettings,
  type Flag,
  type Installer,
  plainValueOf,
} from './settings.ts';

const COMPONENTS: readonly Component[] = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
  'kubelet',
];

/** Flags of k3s and RKE2 themselves that set flags of the API server. */
const SERVER_KEYS: Readonly<Record<string, string>> = {
  'encryption-provider-config': 'secrets-encryption',
  'audit-policy-file': 'audit-policy-file',
  'etcd-servers': 'datastore-endpoint',
  'etcd-cafile': 'datastore-cafile',
  'etcd-certfile': 'datastore-certfile',
  'etcd-keyfile': 'datastore-keyfile',
};

/**
 * The components that the configuration file of a k3s or RKE2 server sets, or that of an agent, which runs a kubelet alone: lists such as
 * `kube-apiserver-arg`, whose items are `name=value`.
 *
 * Source: https://docs.k3s.io/cli/server, https://docs.rke2.io/reference/server_config
 */
export function settingsOfK3s({ kind, root }: Resource): ComponentSettings[] {
  if (kind === 'K3sAgent') return [componentSettings('kubelet', root, 'k3s')];
  if (kind !== 'K3sServer' && kind !== 'RKE2Server') return [];
  // Where it could be either, what RKE2 sets by itself is taken as set.
  const installer = kind === 'K3sServer' && isSurelyK3s(root) ? 'k3s' : 'RKE2';
  return COMPONENTS.map((component) => componentSettings(component, root, installer));
}

function componentSettings(component: Component, root: Value, installer: Installer): ComponentSettings {
  const key = root.has([`${component}-arg+`]) ? `${component}-arg+` : `${component}-arg`;
  const args = root.get(key);
  const flags = (args?.items ?? (args === undefined ? [] : [args])).flatMap(flagOf);
  const listed = (name: string) => flags.findLast((flag) => flag.name === name);
  return {
    component,
    form: `${installer} configuration`,
    completeness: installer,
    flag: (name) => listed(name) ?? (component === 'kube-apiserver' ? serverFlag(name, root) : undefined),
    home: { at: root, missing: [key, 'flag'] },
    set(name, value) {
      const flag = listed(name);
      if (flag !== undefined) return [set(flag.at.path, `${name}=${value}`)];
      const own = component === 'kube-apiserver' ? ownFlag(name, root) : undefined;
      if (own !== undefined) return [set(own.path, plainValueOf(value))];
      if (name === 'encryption-provider-config') return [set([...root.path, 'secrets-encryption'], true)];
      if (args?.kind === 'scalar') return [set(args.path, [args.text ?? '', `${name}=${value}`])];
      return [insert([...root.path, key], `${name}=${value}`)];
    },
    remove(name) {
      const flag = listed(name);
      return flag === undefined ? [] : [remove(flag.at.path)];
    },
    // k3s runs the API server on the node itself; RKE2 mounts the folders of the files that its flags name.
    mount: () => [],
  };
}

function flagOf(item: Value): Flag[] {
  const match = /^-{0,2}([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(item.text ?? '');
  return match === null ? [] : [{ name: match[1] ?? '', value: match[2] ?? 'true', at: item }];
}

/** What the server's own flags set. The profile `cis` of RKE2 turns the audit log on, and so does a policy of one's own. */
function serverFlag(name: string, root: Value): Flag | undefined {
  const own = ownFlag(name, root);
  if (own !== undefined && own.text !== undefined && own.text !== 'false')
    return { name, value: own.text, at: own };
  if (name !== 'audit-policy-file' && name !== 'audit-log-path') return undefined;
  const profile = root.get('profile');
  const source = profile?.text?.startsWith('cis') === true ? profile : root.get('audit-policy-file');
  return source === undefined ? undefined : { name, value: source.text ?? '', at: source };
}

function ownFlag(name: string, root: Value): Value | undefined {
  return Object.hasOwn(SERVER_KEYS, name) ? root.get(SERVER_KEYS[name] ?? '') : undefined;
}
