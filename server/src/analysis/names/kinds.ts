import type { Resource } from '../../kubernetes/resource.ts';

/** A name that an object has or that another one uses. */
export interface ObjectName {
  readonly kind: string;
  readonly name: string;
  /** As written; undefined where none is, and for kinds that have none. */
  readonly namespace: string | undefined;
}

/** Kinds whose objects belong to no namespace. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'Namespace',
  'StorageClass',
  'PersistentVolume',
  'ClusterRole',
  'PriorityClass',
  'IngressClass',
  'GatewayClass',
  'ClusterIssuer',
  'ClusterSecretStore',
]);

/** The API groups of kinds that others have as well. */
const GROUPS: ReadonlyMap<string, RegExp> = new Map([
  ['Service', /^$/],
  ['Secret', /^$/],
  ['ConfigMap', /^$/],
  ['Namespace', /^$/],
  ['Gateway', /^gateway\.networking\.k8s\.io$/],
  ['Issuer', /^cert-?manager\./],
  ['Role', /^rbac\.authorization\.k8s\.io$/],
  ['ClusterRole', /^rbac\.authorization\.k8s\.io$/],
]);

export function isClusterScoped(kind: string): boolean {
  return CLUSTER_SCOPED.has(kind);
}

/** Whether a resource is what other resources mean by its kind: a Knative Service is no Service. */
export function isUsualKind({ kind, group }: Resource): boolean {
  return GROUPS.get(kind)?.test(group) ?? true;
}

/** Whether two names may mean the same object. A manifest without a namespace is put into one by whoever applies it. */
export function areSame(a: ObjectName, b: ObjectName): boolean {
  if (a.kind !== b.kind || a.name !== b.name) return false;
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}

/** Tells names apart, those without a namespace from those with one, too. */
export function keyOf({ kind, name, namespace = '' }: ObjectName): string {
  return `${kind} ${namespace}/${name}`;
}
