import { selects } from '../../kubernetes/selectors.ts';
import type { BindingFact } from '../facts.ts';
import type { World } from '../world.ts';
import { describeSubject, type Subject } from './bindings.ts';
import type { PolicyRule, Role } from './roles.ts';

/** Where a role's permissions hold for a subject. */
export interface Grant {
  readonly subject: Subject;
  /** `*`: in every namespace, and for objects outside namespaces. Undefined: in one that the manifest does not name. */
  readonly namespace: string | undefined;
}

/** A role as bindings name it. */
export interface RoleName {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * Who holds a role, by the bindings in view, also of the ClusterRoles that aggregate it. A ClusterRole bound by a RoleBinding counts in that
 * binding's namespace alone.
 */
export function grantsOf(role: RoleName, world: World): Grant[] {
  return bindingsOf(role, world).flatMap(({ binding, namespace }) =>
    binding.subjects.map((subject) => ({
      subject,
      namespace: binding.kind === 'RoleBinding' ? namespace : '*',
    })),
  );
}

/** The bindings in view that grant a role, or a ClusterRole that aggregates it. */
export function bindingsOf(role: RoleName, world: World): BindingFact[] {
  const names = new Set([role.name, ...aggregatorsOf(role, world)]);
  return world
    .facts('binding')
    .filter(({ binding }) => binding.roleKind === role.kind && names.has(binding.roleName))
    .filter(({ namespace }) => role.kind === 'ClusterRole' || namespace === role.namespace);
}

/** Which of the ClusterRoles that every cluster has take in other roles, by the labels of those. */
const AGGREGATE_TO = 'rbac.authorization.k8s.io/aggregate-to-';
const AGGREGATING = ['admin', 'edit', 'view'];

/** The names of the ClusterRoles into which the control plane aggregates a role's rules. */
function aggregatorsOf({ kind, labels }: RoleName, world: World): string[] {
  if (kind !== 'ClusterRole' || labels.size === 0) return [];
  const selecting = world
    .facts('role')
    .filter(({ role }) => role.aggregates.some((selector) => selects(selector, labels)));
  return [
    ...selecting.map(({ name }) => name),
    ...AGGREGATING.filter((name) => labels.get(AGGREGATE_TO + name) === 'true'),
  ];
}

/** The rules of a role, those that aggregation adds included. */
export function effectiveRules(role: Role, world: World): PolicyRule[] {
  const aggregated = world
    .facts('role')
    .filter(
      (fact) =>
        fact.role.kind === 'ClusterRole' &&
        role.aggregates.some((selector) => selects(selector, fact.labels)),
    )
    .flatMap((fact) => fact.role.rules);
  return [...role.rules, ...aggregated];
}

/** How many holders a message names before it only counts them. */
const NAMED_HOLDERS = 2;

/** The holders of a role in words, for messages: `group clinic-devs and 3 others`; what the role itself can say when nobody is in view. */
export function describeHolders(role: RoleName, world: World): string {
  const grants = grantsOf(role, world);
  return grants.length === 0 ? `whoever holds ${role.kind} "${role.name}"` : describeSubjectsOf(grants);
}

/** The subjects of grants in words: `group clinic-devs, user ana and 3 more`. */
export function describeSubjectsOf(grants: readonly Grant[]): string {
  const holders = [...new Set(grants.map(({ subject }) => describeSubject(subject)))];
  const named = holders.slice(0, NAMED_HOLDERS).join(' and ');
  const more = holders.length - NAMED_HOLDERS;
  return more > 0 ? `${holders.slice(0, NAMED_HOLDERS).join(', ')} and ${more} more` : named;
}

/** Where the permissions of a role reach, in words. */
export function describeReach(role: RoleName, world: World): string {
  const granted = grantsOf(role, world).map(({ namespace }) => namespace);
  const namespaces = [...new Set(role.kind === 'Role' ? [role.namespace] : granted)];
  const [only] = namespaces;
  if (namespaces.length === 0) return 'wherever it is bound';
  if (namespaces.includes('*')) return 'of every namespace';
  if (namespaces.length > 1) return `of ${namespaces.length} namespaces`;
  return only === undefined ? 'of its namespace' : `of namespace "${only}"`;
}
