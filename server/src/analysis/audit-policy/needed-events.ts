import type { Actor, AuditEvent } from './decide.ts';
import type { AuditPolicy } from './policy.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** Objects whose use and change must be on record, with the words for them. */
const OBJECTS: readonly {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly words: string;
  readonly verbs: readonly string[];
  readonly clusterWide?: true;
}[] = [
  {
    group: '',
    resource: 'pods',
    words: 'Pods',
    verbs: ['create', 'update', 'patch', 'delete', 'get', 'list', 'watch'],
  },
  // Newer clients open a stream by GET, older ones by POST.
  { group: '', resource: 'pods', subresource: 'exec', words: 'exec into Pods', verbs: ['create', 'get'] },
  {
    group: '',
    resource: 'secrets',
    words: 'Secrets',
    verbs: ['create', 'update', 'patch', 'delete', 'get', 'list', 'watch'],
  },
  {
    group: '',
    resource: 'configmaps',
    words: 'ConfigMaps',
    verbs: ['create', 'update', 'patch', 'delete', 'get', 'list', 'watch'],
  },
  ...['roles', 'rolebindings'].map((resource) => ({
    group: RBAC,
    resource,
    words: resource === 'roles' ? 'Roles' : 'RoleBindings',
    verbs: ['create', 'update', 'patch', 'delete'],
  })),
  ...['clusterroles', 'clusterrolebindings'].map((resource) => ({
    group: RBAC,
    resource,
    words: resource === 'clusterroles' ? 'ClusterRoles' : 'ClusterRoleBindings',
    verbs: ['create', 'update', 'patch', 'delete'],
    clusterWide: true as const,
  })),
];

/** An event that has to be recorded, with the words for it. */
export interface NeededEvent extends AuditEvent {
  readonly objectWords: string;
  readonly actorWords: string;
}

/**
 * The events whose record 45 CFR 164.312(b) needs: who used or changed pods, their shells, Secrets, ConfigMaps and roles, by a person and by a
 * ServiceAccount.
 *
 * @param namespaces those that hold PHI; when none is known, one that the policy does not single out stands for them
 */
export function neededEvents(policy: AuditPolicy, namespaces: readonly string[]): NeededEvent[] {
  const places = namespaces.length > 0 ? namespaces : [unnamedNamespace(policy)];
  return places.flatMap((namespace) =>
    actorsIn(namespace).flatMap(({ actor, words }) =>
      OBJECTS.flatMap(({ words: objectWords, verbs, clusterWide, ...object }) =>
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

function unnamedNamespace(policy: AuditPolicy): string {
  const named = new Set(policy.rules.flatMap(({ namespaces }) => namespaces));
  let name = 'phi';
  while (named.has(name)) name += '-x';
  return name;
}

/** A person and a program such as no policy has reason to single out. */
export function actorsIn(namespace: string): { actor: Actor; words: string }[] {
  const service = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return [
    { actor: { name: 'person', groups: ['system:authenticated'] }, words: 'a person' },
    {
      actor: { name: `system:serviceaccount:${namespace}:service`, groups: service },
      words: 'a ServiceAccount',
    },
  ];
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
