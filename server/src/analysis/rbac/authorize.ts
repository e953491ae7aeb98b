import type { PolicyRule } from './roles.ts';

/** What somebody wants to do to objects of a type. */
export interface Request {
  readonly verb: string;
  /** API group; empty for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** The object's name; absent for requests that name none, such as `list` and `create`. */
  readonly name?: string;
}

/**
 * Whether a rule allows a request, as the API server's RBAC authorizer decides it: `*` stands for every verb, group or resource (with its
 * subresources), and a star in front of `/exec` for that subresource of any resource. `pods/*` is no wildcard and matches nothing. An empty name among the resourceNames is the name of requests that
 * name no object.
 *
 * Source: kubernetes/kubernetes, pkg/apis/rbac/v1/evaluation_helpers.go (VerbMatches, APIGroupMatches, ResourceMatches, ResourceNameMatches).
 */
export function allows(rule: PolicyRule, request: Request): boolean {
  return (
    matches(rule.verbs, request.verb) &&
    matches(rule.apiGroups, request.group) &&
    matchesResource(rule.resources, request.resource, request.subresource) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name ?? ''))
  );
}

function matches(words: readonly string[], wanted: string): boolean {
  return words.includes('*') || words.includes(wanted);
}

export function matchesResource(
  resources: readonly string[],
  resource: string,
  subresource?: string,
): boolean {
  if (resources.includes('*')) return true;
  if (subresource === undefined) return resources.includes(resource);
  return resources.includes(`${resource}/${subresource}`) || resources.includes(`*/${subresource}`);
}
