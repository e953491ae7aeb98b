import type { WorkloadFact } from '../../analysis/facts.ts';
import { describeSubject, subjectsOf } from '../../analysis/rbac/bindings.ts';
import { serviceAccountOf } from '../../kubernetes/pods.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule } from '../rule.ts';
import { ownAccount } from './default-service-account.ts';

/** Words that name a function, not a person; a name of several such words is one too: `ops-team`, `test_user2`. */
export const GENERIC_WORDS = new Set([
  'admin',
  'administrator',
  'root',
  'devops',
  'dev',
  'ops',
  'operator',
  'operations',
  'team',
  'shared',
  'test',
  'user',
  'guest',
  'support',
  'developer',
  'developers',
  'kubernetes',
  'cluster',
]);

function isGeneric(user: string): boolean {
  const name = user.toLowerCase().split('@')[0] ?? '';
  const words = name.split(/[-_.\d]/).filter((word) => word !== '');
  return words.length > 0 && words.every((word) => GENERIC_WORDS.has(word));
}

/** One name for several people, or one ServiceAccount for several workloads. */
export const sharedIdentity = defineRule({
  id: 'shared-identity',
  meta: {
    title: 'Shared identity',
    safeguard: 'access-control',
    rationale:
      'Unique user identification is a required specification: what is done with ePHI must be traceable to one person or program. A shared name makes every entry of the audit log ambiguous.',
    remediation: 'Name persons, or groups of named persons; give each workload a ServiceAccount of its own.',
    references: {
      hipaa: ['164.312(a)(2)(i)', '164.312(d)'],
      nist: ['IA-2', 'IA-4', 'AC-2'],
      urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      genericUser:
        '{subject} is a name that several people can share: what they do with ePHI cannot be traced to one. Bind named persons or a group.',
      sharedAccount:
        'ServiceAccount "{account}" is used by {count} workloads ({workloads}): the audit log cannot tell which of them touched ePHI. Give each its own.',
    },
  },
  resource: {
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    check(binding, { report }) {
      for (const subject of subjectsOf(binding)) {
        if (subject.kind !== 'User' || !isGeneric(subject.name)) continue;
        report({
          at: subject.value.get('name') ?? subject.value,
          messageId: 'genericUser',
          data: { subject: describeSubject(subject) },
        });
      }
    },
  },
  pod(pod, { report, world }) {
    const account = serviceAccountOf(pod);
    if (account?.text === undefined || account.text === 'default') return;
    const { namespace } = pod.workload;
    const users = world
      .matching('workload', 'serviceAccount', account.text)
      .filter((workload) => workload.namespace === namespace);
    const owner = users.find(({ name }) => name === account.text) ?? users[0];
    const own = users.find(({ kind, name }) => kind === pod.workload.kind && name === pod.workload.name);
    // The first of them, or the one that the account is named after, may keep it.
    if (owner === undefined || own === undefined || serviceOf(own) === serviceOf(owner)) return;
    const names = [...new Set(users.map(({ kind, name }) => `${kind} ${name}`))];
    const others = users.filter((user) => user !== own).slice(0, MOST_SHOWN);
    report({
      at: account,
      messageId: 'sharedAccount',
      data: { account: account.text, count: names.length, workloads: names.join(', ') },
      relatedObjects: others.map((other) => objectOf(other, 'It acts under the same name.')),
      fixes: ownAccount(pod, world),
    });
  },
});

/** More of the others are named, but not shown. */
const MOST_SHOWN = 4;

/** What a workload is part of: versions and jobs of one application carry its label and may share its identity. */
function serviceOf({ kind, name, podLabels }: WorkloadFact): string {
  return podLabels.get('app.kubernetes.io/name') ?? podLabels.get('app') ?? `${kind} ${name}`;
}
