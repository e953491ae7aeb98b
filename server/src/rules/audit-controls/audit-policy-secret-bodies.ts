import { type Actor, type AuditEvent, decide } from '../../analysis/audit-policy/decide.ts';
import { actorsIn } from '../../analysis/audit-policy/needed-events.ts';
import { type AuditRule, auditPolicyOf, type Level } from '../../analysis/audit-policy/policy.ts';
import { insert, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

interface SensitiveObject {
  readonly group: string;
  readonly resource: string;
  /** Where one may be; empty for objects outside namespaces. */
  readonly namespace: string;
  readonly words: string;
}

/** Objects whose bodies are credentials or may hold PHI. */
const SENSITIVE: readonly SensitiveObject[] = [
  { group: '', resource: 'secrets', namespace: 'phi', words: 'Secrets' },
  { group: '', resource: 'configmaps', namespace: 'phi', words: 'ConfigMaps' },
  { group: 'authentication.k8s.io', resource: 'tokenreviews', namespace: '', words: 'token reviews' },
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
      for (const [index, rule] of policy.rules.entries()) {
        const copied = SENSITIVE.filter((object) =>
          eventsOf(object, rule).some((event) => decide(policy, event).rule === index),
        );
        if (copied.length === 0) continue;
        report({
          at: rule.value.get('level') ?? rule.value,
          messageId: 'bodies',
          data: { level: rule.level, objects: copied.map(({ words }) => words).join(', ') },
          fixes: [metadataOnly(rule)],
        });
      }
    },
  },
});

/** Requests whose contents are copied at a level: those that write, and those whose answers hold objects. */
const COPIED: Readonly<Record<Level, readonly string[]>> = {
  None: [],
  Metadata: [],
  Request: ['create', 'update', 'patch'],
  RequestResponse: ['create', 'update', 'patch', 'get', 'list'],
};

/** Requests for an object such as the rule may be about, by whomever and wherever it names. */
function eventsOf(object: SensitiveObject, rule: AuditRule): AuditEvent[] {
  const { group, resource } = object;
  const namespaces = rule.namespaces.length > 0 ? rule.namespaces : [object.namespace];
  const names = [undefined, ...rule.resources.flatMap(({ resourceNames }) => resourceNames)];
  return namespaces.flatMap((namespace) =>
    actorsOf(rule, namespace).flatMap((actor) =>
      COPIED[rule.level].flatMap((verb) =>
        names.map((name) => ({
          group,
          resource,
          verb,
          actor,
          namespace,
          ...(name !== undefined && { name }),
        })),
      ),
    ),
  );
}

function actorsOf({ users, userGroups }: AuditRule, namespace: string): Actor[] {
  if (users.length === 0 && userGroups.length === 0) return actorsIn(namespace).map(({ actor }) => actor);
  const groups = userGroups.length > 0 ? userGroups : ['system:authenticated'];
  return (users.length > 0 ? users : ['person']).map((name) => ({ name, groups }));
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
