import type { AuditPolicy, AuditRule, GroupResources, Level } from './policy.ts';

/** Who acts. Groups are those that the API server would find. */
export interface Actor {
  readonly name: string;
  readonly groups: readonly string[];
}

/** A request for objects of the API. */
export interface AuditEvent {
  readonly actor: Actor;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Empty for requests that name no object. */
  readonly name?: string;
  /** Empty for objects outside namespaces. */
  readonly namespace: string;
}

/** What a policy does with an event. */
export interface Decision {
  readonly level: Level;
  /** The index of the rule that decides; undefined when none matches, which means `None`. */
  readonly rule: number | undefined;
}

/**
 * Decides as the API server does: the first rule that matches sets the level, and an event that none matches is not recorded.
 *
 * Source: kubernetes/apiserver, pkg/audit/policy/checker.go (EvaluatePolicyRule, ruleMatches, ruleMatchesResource).
 */
export function decide(policy: AuditPolicy, event: AuditEvent): Decision {
  const rule = policy.rules.findIndex((candidate) => matches(candidate, event));
  return { level: policy.rules[rule]?.level ?? 'None', rule: rule === -1 ? undefined : rule };
}

function matches(rule: AuditRule, event: AuditEvent): boolean {
  if (rule.users.length > 0 && !rule.users.includes(event.actor.name)) return false;
  if (rule.userGroups.length > 0 && !rule.userGroups.some((group) => event.actor.groups.includes(group)))
    return false;
  if (rule.verbs.length > 0 && !rule.verbs.includes(event.verb)) return false;
  if (rule.namespaces.length > 0 && !rule.namespaces.includes(event.namespace)) return false;
  if (rule.resources.length > 0)
    return rule.resources.some((resources) => matchesResources(resources, event));
  // A rule with paths and neither resources nor namespaces is about requests that are for no object.
  return rule.namespaces.length > 0 || rule.nonResourceURLs.length === 0;
}

function matchesResources({ group, resources, resourceNames }: GroupResources, event: AuditEvent): boolean {
  if (group !== event.group && group !== '*') return false;
  if (resources.length === 0) return true;
  if (resourceNames.length > 0 && !resourceNames.includes(event.name ?? '')) return false;
  return resources.some((pattern) => matchesResource(pattern, event.resource, event.subresource));
}

/** `*` is everything, `pods` the objects themselves, `pods/log` that subresource, `pods/*` pods and all theirs, and a star before `/status` that one of anything. */
function matchesResource(pattern: string, resource: string, subresource: string | undefined): boolean {
  if (pattern === '*' || pattern === (subresource === undefined ? resource : `${resource}/${subresource}`))
    return true;
  if (subresource !== undefined && pattern === `*/${subresource}`) return true;
  return pattern === `${resource}/*`;
}
