import { decide } from '../../analysis/audit-policy/decide.ts';
import { describeEvent, type NeededEvent, neededEvents } from '../../analysis/audit-policy/needed-events.ts';
import {
  type AuditPolicy,
  type AuditRule,
  auditPolicyOf,
  numberOf,
} from '../../analysis/audit-policy/policy.ts';
import { shadows } from '../../analysis/audit-policy/shadowing.ts';
import { insert, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * An audit policy that does not record an event which the Security Rule needs on record. The policy is evaluated: the first rule that matches
 * decides, and what none matches is not recorded.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy
 */
export const auditPolicyGap = defineRule({
  id: 'audit-policy-gap',
  meta: {
    title: 'Event that is not recorded',
    safeguard: 'audit-controls',
    rationale:
      'Audit controls record who used systems with ePHI and what they changed. An event that the policy drops cannot be examined after an incident, by you or by an investigator.',
    remediation: 'Record the event at level Metadata with a rule above the one that drops it.',
    references: {
      hipaa: ['164.312(b)', '164.308(a)(1)(ii)(D)'],
      nist: ['AU-2', 'AU-12'],
      benchmark: 'CIS Kubernetes Benchmark 3.2.2',
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      dropped:
        'Not recorded: {event}{more}. Rule {number} sets None for {whom}. Record it at Metadata with a rule above.',
      unmatched:
        'Not recorded: {event}{more}. No rule matches. End the policy with a rule that records everything at Metadata.',
    },
  },
  resource: {
    kinds: ['Policy'],
    check(resource, { report, settings }) {
      const policy = auditPolicyOf(resource);
      if (policy === undefined) return;
      for (const [rule, events] of droppedEvents(policy, settings.phi.namespaces)) {
        const [first] = events;
        if (first === undefined) continue;
        const data = {
          event: describeEvent(first),
          more: events.length > 1 ? ` and ${events.length - 1} more kinds of events` : '',
        };
        if (rule === undefined) {
          const rules = [...resource.root.path, 'rules'];
          const fixes = [
            {
              title: 'Record everything else at Metadata',
              applicability: 'safe' as const,
              operations: [insert(rules, { level: 'Metadata' })],
            },
          ];
          report({ at: resource.root, missing: ['rules', 'catch-all'], messageId: 'unmatched', data, fixes });
        } else {
          report({
            at: rule.value.get('level') ?? rule.value,
            messageId: 'dropped',
            data: { ...data, number: numberOf(rule), whom: describeActors(rule) },
            fixes: [recordAbove(rule, events)],
          });
        }
      }
    },
  },
});

/** Needed events that are not recorded, by the rule that drops them. */
function droppedEvents(
  policy: AuditPolicy,
  namespaces: readonly string[],
): Map<AuditRule | undefined, NeededEvent[]> {
  const dropped = new Map<AuditRule | undefined, NeededEvent[]>();
  for (const event of neededEvents(policy, namespaces)) {
    const { level, rule: index } = decide(policy, event);
    if (level !== 'None') continue;
    const rule = index === undefined ? undefined : policy.rules[index];
    const others = dropped.get(rule);
    if (others === undefined) dropped.set(rule, [event]);
    else others.push(event);
  }
  return dropped;
}

function describeActors({ users, userGroups }: AuditRule): string {
  const actors = [...users, ...userGroups];
  return actors.length === 0 ? 'everybody' : actors.join(', ');
}

/** A rule for the same requests as the one that drops them, but only for what must be recorded. */
function recordAbove(rule: AuditRule, events: readonly NeededEvent[]): Fix {
  const byGroup = new Map<string, Set<string>>();
  for (const { group, resource, subresource } of events) {
    const resources = byGroup.get(group) ?? new Set();
    byGroup.set(group, resources.add(subresource === undefined ? resource : `${resource}/${subresource}`));
  }
  const resources = [...byGroup].map(([group, names]) => ({ group, resources: [...names] }));
  const { path } = rule.value;
  const exact = { ...rule, resources: resources.map((item) => ({ ...item, resourceNames: [] })) };
  // A rule that drops nothing but these would never be reached behind the new one.
  if (shadows(exact, rule)) {
    return {
      title: 'Set level: Metadata',
      applicability: 'safe',
      operations: [set([...path, 'level'], 'Metadata')],
    };
  }
  const wanted = {
    level: 'Metadata',
    ...(rule.users.length > 0 && { users: rule.users }),
    ...(rule.userGroups.length > 0 && { userGroups: rule.userGroups }),
    ...(rule.verbs.length > 0 && { verbs: rule.verbs }),
    resources,
    ...(rule.namespaces.length > 0 && { namespaces: rule.namespaces }),
  };
  return {
    title: 'Record these events at Metadata',
    applicability: 'safe',
    operations: [insert(path.slice(0, -1), wanted, Number(path.at(-1)))],
  };
}
