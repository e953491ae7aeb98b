import type { Resource } from '../../kubernetes/resource.ts';
import { type LabelSelector, labelSelectorOf } from '../../kubernetes/selectors.ts';
import type { Value } from '../../syntax/values.ts';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** One rule of a Role or ClusterRole, as data. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** A Role or ClusterRole. */
export interface Role {
  readonly kind: 'Role' | 'ClusterRole';
  readonly rules: readonly PolicyRule[];
  /** Labels of ClusterRoles whose rules the control plane adds to this one. */
  readonly aggregates: readonly LabelSelector[];
}

/** A rule together with the values it was read from. */
export interface LocatedPolicyRule extends PolicyRule {
  readonly value: Value;
}

function isRole(resource: Resource): boolean {
  return resource.group === RBAC_GROUP && (resource.kind === 'Role' || resource.kind === 'ClusterRole');
}

export function roleOf(resource: Resource): Role | undefined {
  if (!isRole(resource)) return undefined;
  const selectors = resource.root.at(['aggregationRule', 'clusterRoleSelectors'])?.items ?? [];
  return {
    kind: resource.kind === 'Role' ? 'Role' : 'ClusterRole',
    rules: policyRulesOf(resource).map(({ value: _, ...rule }) => rule),
    aggregates: selectors.map(labelSelectorOf),
  };
}

/** The rules of a Role or ClusterRole; empty for other kinds. */
export function policyRulesOf(resource: Resource): LocatedPolicyRule[] {
  if (!isRole(resource)) return [];
  return (resource.root.get('rules')?.items ?? []).map((value) => ({
    value,
    apiGroups: textsIn(value, 'apiGroups'),
    resources: textsIn(value, 'resources'),
    verbs: textsIn(value, 'verbs'),
    resourceNames: textsIn(value, 'resourceNames'),
    nonResourceURLs: textsIn(value, 'nonResourceURLs'),
  }));
}

function textsIn(rule: Value, key: string): string[] {
  return (rule.get(key)?.items ?? []).map((item) => item.text ?? '');
}

/** The item of one of a rule's lists that says a word, such as `*` among the verbs. */
export function wordIn(
  rule: LocatedPolicyRule,
  key: keyof PolicyRule,
  words: ReadonlySet<string>,
): Value | undefined {
  return rule.value.get(key)?.items.find((item) => words.has(item.text ?? ''));
}
