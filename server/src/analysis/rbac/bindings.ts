import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { RBAC_GROUP } from './roles.ts';

export interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** A RoleBinding or ClusterRoleBinding, as data. */
export interface Binding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly roleKind: string;
  readonly roleName: string;
  readonly subjects: readonly Subject[];
}

export interface LocatedSubject extends Subject {
  readonly value: Value;
}

export function bindingOf(resource: Resource): Binding | undefined {
  if (resource.group !== RBAC_GROUP) return undefined;
  if (resource.kind !== 'RoleBinding' && resource.kind !== 'ClusterRoleBinding') return undefined;
  return {
    kind: resource.kind,
    roleKind: resource.root.at(['roleRef', 'kind'])?.text ?? '',
    roleName: resource.root.at(['roleRef', 'name'])?.text ?? '',
    subjects: subjectsOf(resource).map(({ value: _, ...subject }) => subject),
  };
}

export function subjectsOf(binding: Resource): LocatedSubject[] {
  return (binding.root.get('subjects')?.items ?? []).map((value) => ({
    value,
    kind: value.get('kind')?.text ?? '',
    name: value.get('name')?.text ?? '',
    namespace: value.get('namespace')?.text,
  }));
}

/** A subject in words: `group clinic-devs`, `ServiceAccount phi/api`. */
export function describeSubject({ kind, name, namespace }: Subject): string {
  if (kind === 'ServiceAccount')
    return `ServiceAccount ${namespace === undefined ? name : `${namespace}/${name}`}`;
  return `${kind.toLowerCase()} ${name}`;
}
