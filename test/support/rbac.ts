/*
 * Documents of RBAC for tables with many of them. Names stand as Kubernetes and kubectl write them, `namespace/name` and `Kind/name`; marks
 * may stand in them.
 */

type Pair = `${string}/${string}`;

const API = 'apiVersion: rbac.authorization.k8s.io/v1';

function split(pair: Pair): [string, string] {
  const at = pair.indexOf('/');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** @param rules as `rule` and `coreRule` make them */
export const clusterRole = (name: string, ...rules: readonly string[]) => `${API}
kind: ClusterRole
metadata:
  name: ${name}
${listOf('rules', rules)}`;

/** @param rules as `rule` and `coreRule` make them */
export function role(namespaced: Pair, ...rules: readonly string[]): string {
  const [namespace, name] = split(namespaced);
  return `${API}
kind: Role
metadata:
  name: ${name}
  namespace: ${namespace}
${listOf('rules', rules)}`;
}

/** One rule of a role: its fields as they are to be written. */
export const rule = (...fields: readonly string[]) => `  - ${fields.join('\n    ')}\n`;

/** A rule on resources of the core API group, which has no name. */
export const coreRule = (...fields: readonly string[]) => rule('apiGroups: [""]', ...fields);

/** @param subjects as `group`, `user` and `account` make them */
export const clusterRoleBinding = (name: string, bound: Pair, ...subjects: readonly string[]) => `${API}
kind: ClusterRoleBinding
metadata:
  name: ${name}
${grant(bound, ...subjects)}`;

/** @param subjects as `group`, `user` and `account` make them */
export function roleBinding(namespaced: Pair, bound: Pair, ...subjects: readonly string[]): string {
  const [namespace, name] = split(namespaced);
  return `${API}
kind: RoleBinding
metadata:
  name: ${name}
  namespace: ${namespace}
${grant(bound, ...subjects)}`;
}

/** The half of a binding that says which role it grants to whom. */
export function grant(bound: Pair, ...subjects: readonly string[]): string {
  const [kind, name] = split(bound);
  return `roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${kind}
  name: ${name}
${listOf('subjects', subjects)}`;
}

const listOf = (key: string, items: readonly string[]) =>
  items.length === 0 ? `${key}: []\n` : `${key}:\n${items.join('')}`;

export const group = (name: string) => person('Group', name);

export const user = (name: string) => person('User', name);

const person = (kind: string, name: string) => `  - apiGroup: rbac.authorization.k8s.io
    kind: ${kind}
    name: ${name}
`;

export function account(namespaced: Pair): string {
  const [namespace, name] = split(namespaced);
  return `  - kind: ServiceAccount
    name: ${name}
    namespace: ${namespace}
`;
}
