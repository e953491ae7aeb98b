import {
  describeHolders,
  describeReach,
  describeSubjectsOf,
  type Grant,
  grantsOf,
} from '../../analysis/rbac/grants.ts';
import { type LocatedPolicyRule, policyRulesOf, RBAC_GROUP } from '../../analysis/rbac/roles.ts';
import { capitalised } from '../../analysis/words.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { holdersOf } from '../related-objects.ts';
import { defineRule, type Fix, type Operation } from '../rule.ts';

const READING = ['get', 'list', 'watch', '*'];
/** Requests that name no object, which an empty name among the resourceNames allows. */
const READING_ALL = ['list', 'watch', '*'];

/** How many Secrets a message names before it only counts them. */
const NAMED_SECRETS = 2;
/** How many namespaces a fix is offered for. */
const OFFERED_NAMESPACES = 4;
const PLACEHOLDER = 'name-of-the-secret';

/** A rule of a role that reads Secrets, and where it says so. */
interface Reading {
  readonly rule: LocatedPolicyRule;
  readonly secrets: Value;
  /** Empty when it reads all of them. */
  readonly names: readonly string[];
}

/**
 * Read access to Secrets without naming them, or to names in every namespace: resourceNames say nothing of the namespace, so a ClusterRole
 * that is bound by a ClusterRoleBinding reads whatever has that name anywhere. `list` and `watch` return the contents too.
 *
 * Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets and
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
 */
export const rbacSecretsAccess = defineRule({
  id: 'rbac-secrets-access',
  meta: {
    title: 'Role that reads every Secret',
    safeguard: 'access-control',
    rationale:
      'Secrets hold the passwords and keys of the databases where ePHI lies, and list and watch return their contents as get does. A role that names no Secret reads those of every workload, and a name that is granted in the whole cluster is a Secret of every namespace.',
    remediation:
      'Name the Secrets in resourceNames of a Role, bind it in their namespace and allow get alone; let other pods mount what they need.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)'],
      nist: ['AC-3', 'AC-6'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.2',
      urls: [
        'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets',
        'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
      ],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      readsAll:
        '{holders} can read every Secret {reach}, the keys to ePHI among them. Name the Secrets in resourceNames and allow get alone.',
      readsAllEverywhere:
        '{holders} can read every Secret of every namespace, the keys to ePHI among them. Grant the Secrets that are needed by name, with a Role in their namespace.',
      readsNamedEverywhere:
        '{holders} can read {secrets} in every namespace, not only in the one that is meant: a ClusterRoleBinding grants the name in all of them. Grant it with a Role in the namespace of the Secret.',
    },
  },
  resource: {
    kinds: ['Role', 'ClusterRole'],
    check(role, { report, world }) {
      const readings = readingsOf(role);
      if (readings.length === 0) return;
      const grants = grantsOf(role, world);
      const everywhere = grants.filter(({ namespace }) => namespace === '*');
      const holders = capitalised(
        everywhere.length > 0 ? describeSubjectsOf(everywhere) : describeHolders(role, world),
      );
      const relatedObjects = holdersOf(role, world);
      for (const { rule, secrets, names } of readings) {
        if (everywhere.length > 0) {
          report({
            at: secrets,
            messageId: names.length === 0 ? 'readsAllEverywhere' : 'readsNamedEverywhere',
            data: { holders, secrets: inWords(names) },
            relatedObjects,
            // Who holds the role in a namespace alone would lose what it grants there.
            fixes: everywhere.length === grants.length ? moves(role, readings, grants, world) : [],
          });
        } else if (names.length === 0) {
          const data = { holders, reach: describeReach(role, world) };
          report({ at: secrets, messageId: 'readsAll', data, relatedObjects, fixes: [nameSecrets(rule)] });
        }
      }
    },
  },
});

function readingsOf(role: Resource): Reading[] {
  return policyRulesOf(role).flatMap((rule) => {
    const secrets = rule.value.get('resources')?.items.find((item) => item.text === 'secrets');
    const isCore = rule.apiGroups.includes('') || rule.apiGroups.includes('*');
    const reads = rule.verbs.some((verb) => READING.includes(verb));
    if (secrets === undefined || !isCore || !reads) return [];
    const listsAll = rule.resourceNames.includes('') && rule.verbs.some((verb) => READING_ALL.includes(verb));
    return [{ rule, secrets, names: listsAll ? [] : rule.resourceNames }];
  });
}

/** Other resources of the rule keep their permissions in it; Secrets get a rule of their own. */
function nameSecrets(rule: LocatedPolicyRule): Fix {
  const { path } = rule.value;
  const named = namedRule([], rule);
  const operations =
    rule.resources.length === 1
      ? [set([...path, 'resourceNames'], named.resourceNames), set([...path, 'verbs'], named.verbs)]
      : [removeSecrets(rule), insert(path.slice(0, -1), named)];
  return { title: 'Allow get on named Secrets only', applicability: 'review', operations };
}

function namedRule(names: readonly string[], { verbs }: LocatedPolicyRule) {
  const keepsVerbs = names.length > 0 && !verbs.includes('*');
  return {
    apiGroups: [''],
    resources: ['secrets'],
    resourceNames: names.length > 0 ? [...names] : [PLACEHOLDER],
    verbs: keepsVerbs ? [...verbs] : ['get'],
  };
}

/**
 * Takes all Secrets of a ClusterRole into a Role and a RoleBinding for the same subjects: in the namespace that they come from, or else to
 * choose among those in view. Every finding of the role has the same fix.
 */
function moves(role: Resource, readings: readonly Reading[], grants: readonly Grant[], world: World): Fix[] {
  const name = `${role.name}-secrets`;
  if (world.matching('role', 'name', name).length > 0) return [];
  const homes = new Set(grants.map(({ subject }) => subject.namespace));
  const [home] = homes;
  const namespaces =
    homes.size === 1 && home !== undefined
      ? [home]
      : world.facts('namespace').map((namespace) => namespace.name);
  const removals = readings
    .map(({ rule }) => (rule.resources.length === 1 ? remove(rule.value.path) : removeSecrets(rule)))
    .reverse();
  return namespaces.slice(0, OFFERED_NAMESPACES).map((namespace) => ({
    title: `Grant the Secrets in namespace "${namespace}" only`,
    applicability: 'review',
    operations: [...removals, ...namespacedGrant({ name, namespace }, readings, grants)],
  }));
}

function namespacedGrant(
  metadata: { readonly name: string; readonly namespace: string },
  readings: readonly Reading[],
  grants: readonly Grant[],
): Operation[] {
  const subjects = new Map(grants.map(({ subject }) => [JSON.stringify(subject), subject]));
  return [
    {
      op: 'add-document',
      value: {
        apiVersion: `${RBAC_GROUP}/v1`,
        kind: 'Role',
        metadata: { ...metadata },
        rules: readings.map(({ rule, names }) => namedRule(names, rule)),
      },
    },
    {
      op: 'add-document',
      value: {
        apiVersion: `${RBAC_GROUP}/v1`,
        kind: 'RoleBinding',
        metadata: { ...metadata },
        roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name: metadata.name },
        subjects: [...subjects.values()].map(({ kind, name, namespace }) =>
          kind === 'ServiceAccount'
            ? { kind, name, ...(namespace === undefined ? {} : { namespace }) }
            : { apiGroup: RBAC_GROUP, kind, name },
        ),
      },
    },
  ];
}

function removeSecrets({ value, resources }: LocatedPolicyRule) {
  return remove([...value.path, 'resources', resources.indexOf('secrets')]);
}

function inWords(names: readonly string[]): string {
  const named = names
    .slice(0, NAMED_SECRETS)
    .map((name) => `"${name}"`)
    .join(names.length > NAMED_SECRETS ? ', ' : ' and ');
  const more = names.length - NAMED_SECRETS;
  return `${names.length > 1 ? 'Secrets' : 'Secret'} ${named}${more > 0 ? ` and ${more} more` : ''}`;
}
