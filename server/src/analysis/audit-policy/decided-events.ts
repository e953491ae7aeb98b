import { decide } from './decide.ts';
import { type NeededEvent, neededEvents } from './needed-events.ts';
import type { AuditPolicy } from './policy.ts';

/**
 * The events that must be on record and that a rule of the policy decides: it is the first that matches them.
 *
 * @param rule its index among the policy's rules
 * @param namespaces as for `neededEvents`
 */
export function eventsDecidedBy(
  policy: AuditPolicy,
  rule: number,
  namespaces: readonly string[],
): NeededEvent[] {
  return neededEvents(policy, namespaces).filter((event) => decide(policy, event).rule === rule);
}
