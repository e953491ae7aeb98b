import { type AuditEvent, decide } from '../../analysis/audit-policy/decide.ts';
import { actorsIn } from '../../analysis/audit-policy/needed-events.ts';
import { type AuditRule, auditPolicyOf } from '../../analysis/audit-policy/policy.ts';
import { insert, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Objects whose bodies are credentials or may hold PHI. */
const SENSITIVE = [
  { group: '', resource: 'secrets', words: 'Secrets' },
  { group: '', resource: 'configmaps', words: 'ConfigMaps' },
  { group: 'authentication.k8s.io', resource: 'tokenreviews', words: 'token reviews' },
];

/**
 * An audit policy that copies the contents of Secrets, ConfigMaps or tokens into the log. Requests carry contents when something is written, responses also when
 * it is read.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/ (the example policy logs these at Metadata for this reason).
 */
export const auditPolicySecretBodies = defineRule({
  id: 'audit-policy-secret-bodies',
  meta: {
    title: 'Secrets copied into the audit log',
    safeguard: 'audit-controls',
    rationale:
      'At levels Request and RequestResponse the log receives the contents of the objects. Passwords and PHI then lie in plain text wherever logs are kept, for six years.',
    remediation: 'Record Secrets, ConfigMaps and token reviews at level Metadata.',
    references: {
      hipaa: ['164.312(b)', '164.312(a)(1)', '164.502(b)'],
      nist: ['AU-3', 'AU-9', 'SC-28'],
      benchmark: 'CIS Kubernetes Benchmark 3.2.2',
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      bodies:
        'Level {level} copies the contents of {objects} into the audit log, where PHI and passwords stay readable. Record these at Metadata.',
    },
  },
  resource: {
    kinds: ['Policy'],
    check(resource, { report }) {
      const policy = auditPolicyOf(resource);
      if (policy === undefined) return;
      const copying = new Map<AuditRule, Set<string>>();
      for (const { words, ...object } of SENSITIVE) {
        for (const event of eventsOf(object)) {
          const { level, rule: index } = decide(policy, event);
          const rule = index === undefined ? undefined : policy.rules[index];
          const isCopied = level === 'RequestResponse' || (level === 'Request' && event.verb !== 'get');
          if (rule !== undefined && isCopied) copying.set(rule, (copying.get(rule) ?? new Set()).add(words));
        }
      }
      for (const [rule, words] of copying) {
        report({
          at: rule.value.get('level') ?? rule.value,
          messageId: 'bodies',
          data: { level: rule.level, objects: [...words].join(', ') },
          fixes: [metadataOnly(rule)],
        });
      }
    },
  },
});

function eventsOf(object: { group: string; resource: string }): AuditEvent[] {
  const namespace = object.group === '' ? 'phi' : '';
  return actorsIn(namespace).flatMap(({ actor }) =>
    ['get', 'create', 'update'].map((verb) => ({ ...object, actor, verb, namespace })),
  );
}

/** A rule about nothing else gets the level; a wider one gets an exception above it. */
function metadataOnly(rule: AuditRule): Fix {
  const isNarrow =
    rule.resources.length > 0 &&
    rule.resources.every(
      ({ group, resources }) =>
        resources.length > 0 &&
        resources.every((name) =>
          SENSITIVE.some((object) => object.group === group && object.resource === name),
        ),
    );
  const level = [...rule.value.path, 'level'];
  const list = rule.value.path.slice(0, -1);
  const exception = {
    level: 'Metadata',
    resources: [
      { group: '', resources: ['secrets', 'configmaps'] },
      { group: 'authentication.k8s.io', resources: ['tokenreviews'] },
    ],
  };
  return {
    title: isNarrow ? 'Set level: Metadata' : 'Record them at Metadata in a rule above',
    applicability: 'safe',
    operations: [isNarrow ? set(level, 'Metadata') : insert(list, exception, Number(rule.value.path.at(-1)))],
  };
}
