import { matchesWildcard } from '../../kubernetes/wildcards.ts';
import type { Actor, AuditEvent } from './decide.ts';
import type { AuditPolicy } from './policy.ts';

const RBAC = 'rbac.authorization.k8s.io';
const AUTHENTICATED = 'system:authenticated';

/** Whoever is in this group may do everything, without asking any authorizer. */
const ADMINISTRATORS = 'system:masters';

const VERBS = ['create', 'update', 'patch', 'delete', 'get', 'list', 'watch'];

/** Objects whose use and change must be on record, with the words for them. */
const OBJECTS: readonly {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly words: string;
  readonly verbs?: readonly string[];
  readonly clusterWide?: true;
}[] = [
  { group: '', resource: 'pods', words: 'Pods' },
  // Newer clients open a stream by GET, older ones by POST.
  { group: '', resource: 'pods', subresource: 'exec', words: 'exec into Pods', verbs: ['create', 'get'] },
  { group: '', resource: 'secrets', words: 'Secrets' },
  { group: '', resource: 'configmaps', words: 'ConfigMaps' },
  { group: RBAC, resource: 'roles', words: 'Roles' },
  { group: RBAC, resource: 'rolebindings', words: 'RoleBindings' },
  { group: RBAC, resource: 'clusterroles', words: 'ClusterRoles', clusterWide: true },
  { group: RBAC, resource: 'clusterrolebindings', words: 'ClusterRoleBindings', clusterWide: true },
];

/** An event that has to be recorded, with the words for it. */
export interface NeededEvent extends AuditEvent {
  readonly objectWords: string;
  readonly actorWords: string;
}

interface KnownActor {
  readonly actor: Actor;
  readonly words: string;
}

/**
 * The events whose record 45 CFR 164.312(b) needs: who used or changed pods, their shells, Secrets, ConfigMaps and roles, by a person and by a
 * ServiceAccount.
 *
 * @param namespaces those that hold PHI, `*` standing for any characters; when none is known, one that the policy does not single out stands for them
 */
export function neededEvents(policy: AuditPolicy, namespaces: readonly string[]): NeededEvent[] {
  return placesIn(policy, namespaces).flatMap((namespace) =>
    [...actorsIn(namespace), ...singledOut(policy, namespace)].flatMap(({ actor, words }) =>
      OBJECTS.flatMap(({ words: objectWords, verbs = VERBS, clusterWide, ...object }) =>
        verbs.map((verb) => ({
          ...object,
          actor,
          verb,
          namespace: clusterWide === true ? '' : namespace,
          objectWords,
          actorWords: words,
        })),
      ),
    ),
  );
}

function placesIn(policy: AuditPolicy, patterns: readonly string[]): string[] {
  const named = new Set(policy.rules.flatMap(({ namespaces }) => namespaces));
  const exact = patterns.filter((pattern) => !pattern.includes('*'));
  const matching = patterns
    .filter((pattern) => pattern.includes('*') && pattern !== '*')
    .flatMap((pattern) => [...named].filter((name) => name !== '' && matchesWildcard(pattern, name)));
  const places = [...new Set([...exact, ...matching])];
  if (places.length > 0) return places;
  let name = 'phi';
  while (named.has(name)) name += '-x';
  return [name];
}

/** A person and a program such as no policy has reason to single out. */
export function actorsIn(namespace: string): KnownActor[] {
  return [
    { actor: { name: 'person', groups: [AUTHENTICATED] }, words: 'a person' },
    serviceAccount(namespace, 'service'),
  ];
}

/**
 * People and programs with ePHI whom rules drop by name. Parts of the control plane, nodes and programs of other namespaces do the cluster's
 * work, and may be dropped.
 */
function singledOut({ rules }: AuditPolicy, namespace: string): KnownActor[] {
  const dropping = rules.filter(({ level }) => level === 'None');
  const users = new Set(dropping.flatMap((rule) => rule.users));
  const groups = new Set(dropping.flatMap((rule) => rule.userGroups));
  const prefix = `system:serviceaccount:${namespace}:`;
  return [
    ...[...users]
      .filter((name) => !name.startsWith('system:'))
      .map((name) => ({ actor: { name, groups: [AUTHENTICATED] }, words: 'a person' })),
    ...[...users]
      .filter((name) => name.startsWith(prefix))
      .map((name) => serviceAccount(namespace, name.slice(prefix.length))),
    ...[...groups]
      .filter((group) => !group.startsWith('system:') || group === ADMINISTRATORS)
      .map((group) => ({
        actor: { name: 'person', groups: [group, AUTHENTICATED] },
        words: group === ADMINISTRATORS ? 'an administrator' : 'a person',
      })),
  ];
}

function serviceAccount(namespace: string, name: string): KnownActor {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, AUTHENTICATED];
  return {
    actor: { name: `system:serviceaccount:${namespace}:${name}`, groups },
    words: 'a ServiceAccount',
  };
}

const VERB_WORDS: Readonly<Record<string, string>> = {
  create: 'creation of',
  update: 'change of',
  patch: 'change of',
  delete: 'deletion of',
  get: 'reading of',
  list: 'listing of',
  watch: 'watching of',
};

/** An event in words: `deletion of Pods in namespace phi by a ServiceAccount`. */
export function describeEvent(event: NeededEvent): string {
  const action =
    event.subresource === undefined
      ? `${VERB_WORDS[event.verb] ?? event.verb} ${event.objectWords}`
      : event.objectWords;
  const place = event.namespace === '' ? '' : ` in namespace ${event.namespace}`;
  return `${action}${place} by ${event.actorWords}`;
}
