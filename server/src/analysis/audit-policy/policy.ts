import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';

export type Level = 'None' | 'Metadata' | 'Request' | 'RequestResponse';

const LEVELS: readonly string[] = ['None', 'Metadata', 'Request', 'RequestResponse'];

/** Resources of one API group that a rule matches. */
export interface GroupResources {
  /** `*` for every group, which newer API servers know. */
  readonly group: string;
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}

/** One rule of an audit policy. Empty lists match everything. */
export interface AuditRule {
  readonly value: Value;
  readonly level: Level;
  readonly users: readonly string[];
  readonly userGroups: readonly string[];
  readonly verbs: readonly string[];
  readonly resources: readonly GroupResources[];
  readonly namespaces: readonly string[];
  readonly nonResourceURLs: readonly string[];
  readonly omitStages: readonly Value[];
}

/** An audit policy (audit.k8s.io). */
export interface AuditPolicy {
  readonly root: Value;
  readonly rules: readonly AuditRule[];
  readonly omitStages: readonly Value[];
}

export function auditPolicyOf(resource: Resource): AuditPolicy | undefined {
  if (resource.group !== 'audit.k8s.io' || resource.kind !== 'Policy') return undefined;
  const rules = (resource.root.get('rules')?.items ?? []).filter((value) =>
    LEVELS.includes(value.get('level')?.text ?? ''),
  );
  return {
    root: resource.root,
    rules: rules.map(ruleOf),
    omitStages: resource.root.get('omitStages')?.items ?? [],
  };
}

function ruleOf(value: Value): AuditRule {
  return {
    value,
    level: value.get('level')?.text as Level,
    users: textsIn(value, 'users'),
    userGroups: textsIn(value, 'userGroups'),
    verbs: textsIn(value, 'verbs'),
    resources: (value.get('resources')?.items ?? []).map((item) => ({
      group: item.get('group')?.text ?? '',
      resources: textsIn(item, 'resources'),
      resourceNames: textsIn(item, 'resourceNames'),
    })),
    namespaces: textsIn(value, 'namespaces'),
    nonResourceURLs: textsIn(value, 'nonResourceURLs'),
    omitStages: value.get('omitStages')?.items ?? [],
  };
}

function textsIn(value: Value, key: string): string[] {
  return (value.get(key)?.items ?? []).map((item) => item.text ?? '');
}

/** What people call a rule: its place in the list, from 1. */
export function numberOf({ value }: AuditRule): number {
  return Number(value.path.at(-1)) + 1;
}

/** Whether a rule matches every request. */
export function matchesEverything(rule: AuditRule): boolean {
  return isForEverybody(rule) && [rule.resources, rule.namespaces, rule.nonResourceURLs].every(isEmpty);
}

/** Whether rules match every request together: one those for objects of any group, another those for any path. */
export function coverEverything(rules: readonly AuditRule[]): boolean {
  const open = rules.filter(isForEverybody);
  const objects = open.some(
    ({ resources, namespaces }) => isEmpty(namespaces) && resources.some(matchesEveryObject),
  );
  return objects && open.some(({ nonResourceURLs }) => nonResourceURLs.some((url) => /^\/?\*$/.test(url)));
}

function isForEverybody({ users, userGroups, verbs }: AuditRule): boolean {
  return [users, userGroups, verbs].every(isEmpty);
}

function matchesEveryObject({ group, resources, resourceNames }: GroupResources): boolean {
  return group === '*' && isEmpty(resourceNames) && (isEmpty(resources) || resources.includes('*'));
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}
