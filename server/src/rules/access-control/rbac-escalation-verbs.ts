import { matchesResource } from '../../analysis/rbac/authorize.ts';
import { describeHolders } from '../../analysis/rbac/grants.ts';
import { type LocatedPolicyRule, policyRulesOf, RBAC_GROUP } from '../../analysis/rbac/roles.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { holdersOf } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Verbs that grant more than they say, on resources of a group. */
export interface Escalation {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly verbs: readonly string[];
  readonly means: string;
  /** Objects outside namespaces, which a Role cannot grant. */
  readonly isClusterWide: boolean;
}

const CHANGING = ['create', 'update', 'patch'];
const ROLES = ['roles', 'clusterroles'];

/** Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
export const ESCALATIONS: readonly Escalation[] = [
  ...ROLES.map((resource) => ({
    group: RBAC_GROUP,
    resource,
    verbs: ['escalate'],
    means: 'give roles permissions that they lack themselves',
    isClusterWide: resource === 'clusterroles',
  })),
  // In a namespace, a ClusterRole can be bound as well.
  ...ROLES.map((resource) => ({
    group: RBAC_GROUP,
    resource,
    verbs: ['bind'],
    means: 'bind roles that they do not hold',
    isClusterWide: false,
  })),
  ...['users', 'groups', 'serviceaccounts'].map((resource) => ({
    group: '',
    resource,
    verbs: ['impersonate'],
    means: 'act as somebody else',
    isClusterWide: resource !== 'serviceaccounts',
  })),
  ...[...ROLES, 'rolebindings', 'clusterrolebindings'].map((resource) => ({
    group: RBAC_GROUP,
    resource,
    verbs: CHANGING,
    means: 'change who may do what',
    isClusterWide: resource.startsWith('cluster'),
  })),
  {
    group: '',
    resource: 'serviceaccounts',
    subresource: 'token',
    verbs: ['create'],
    means: 'make tokens of any ServiceAccount',
    isClusterWide: false,
  },
  ...['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'].map((resource) => ({
    group: 'admissionregistration.k8s.io',
    resource,
    verbs: CHANGING,
    means: 'read and change every object on its way into the cluster',
    isClusterWide: true,
  })),
  {
    group: 'certificates.k8s.io',
    resource: 'certificatesigningrequests',
    subresource: 'approval',
    verbs: ['update', 'patch'],
    means: 'issue client certificates for any name',
    isClusterWide: true,
  },
];

/** A role whose verbs let its holders grant themselves more. */
export const rbacEscalationVerbs = defineRule({
  id: 'rbac-escalation-verbs',
  meta: {
    title: 'Role that lets its holders escalate',
    safeguard: 'access-control',
    rationale:
      'These verbs let their holder become somebody else or hand themselves further permissions. Whatever access to ePHI was decided, they can undo the decision.',
    remediation: 'Remove the verb, or leave the task to a controller with a ServiceAccount of its own.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(3)', '164.308(a)(4)'],
      nist: ['AC-6', 'AC-6(10)'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.8, 5.1.11, 5.1.12, 5.1.13',
      urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks'],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      escalates:
        'With "{verb}" on {resource}, {holders} can {means}, and so reach any ePHI in the cluster. Remove the verb.',
    },
  },
  resource: {
    kinds: ['Role', 'ClusterRole'],
    check(role, { report, world }) {
      const possible = ESCALATIONS.filter(
        ({ isClusterWide }) => role.kind === 'ClusterRole' || !isClusterWide,
      );
      for (const rule of policyRulesOf(role)) {
        const found = possible.filter((escalation) => grants(rule, escalation));
        const verbs = new Set(found.flatMap((escalation) => escalation.verbs));
        const at = rule.value.get('verbs')?.items.find((item) => verbs.has(item.text ?? ''));
        const first = found.find((escalation) => escalation.verbs.includes(at?.text ?? ''));
        if (at === undefined || first === undefined) continue;
        const resource = [first.resource, first.subresource].filter((part) => part !== undefined).join('/');
        report({
          at,
          messageId: 'escalates',
          data: { verb: at.text ?? '', resource, holders: describeHolders(role, world), means: first.means },
          relatedObjects: holdersOf(role, world),
          fixes: [removeVerbs(rule, verbs)],
        });
      }
    },
  },
});

/** Whether a rule names one of the verbs; a star among them is another rule's finding. */
function grants(rule: LocatedPolicyRule, { group, resource, subresource, verbs }: Escalation): boolean {
  // Impersonated users and groups belong to no group of their own; manifests name the core group or authentication.k8s.io.
  const inGroup =
    verbs.includes('impersonate') || rule.apiGroups.includes(group) || rule.apiGroups.includes('*');
  return (
    inGroup &&
    matchesResource(rule.resources, resource, subresource) &&
    verbs.some((verb) => rule.verbs.includes(verb))
  );
}

function removeVerbs(rule: LocatedPolicyRule, verbs: ReadonlySet<string>): Fix {
  const { path } = rule.value;
  const indexes = rule.verbs.flatMap((verb, index) => (verbs.has(verb) ? [index] : [])).reverse();
  const nothingLeft = indexes.length === rule.verbs.length;
  return {
    title: nothingLeft ? 'Remove the rule' : 'Remove the escalating verbs',
    applicability: 'review',
    operations: nothingLeft ? [remove(path)] : indexes.map((index) => remove([...path, 'verbs', index])),
  };
}
