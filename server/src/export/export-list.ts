import type { Configuration } from '../engine/configuration.ts';
import { severityOf } from '../engine/severity.ts';
import type { Rule } from '../rules/rule.ts';
import { admissionChecks } from './checks.ts';
import { KYVERNO_POLICIES } from './kyverno.ts';
import { NOT_EXPORTED } from './not-exported.ts';

/** What becomes of a rule in the cluster. */
export interface ExportedRule {
  readonly rule: string;
  /** Empty where there is no policy. */
  readonly as: readonly ('ValidatingAdmissionPolicy' | 'Kyverno')[];
  /** Why there is none, or what the policy leaves to the editor. */
  readonly note: string | undefined;
}

/**
 * Every rule, in the order of the catalogue.
 *
 * @param today `YYYY-MM-DD`, as for `admissionChecks`
 */
export function exportList(rules: readonly Rule[], configuration: Configuration, today = ''): ExportedRule[] {
  // The first of several checks says what none of them does.
  const inOrder = admissionChecks(configuration.settings, today).toReversed();
  const checks = new Map(inOrder.map((check) => [check.rule, check]));
  const native = new Set(inOrder.filter(({ looksUp }) => !looksUp).map(({ rule }) => rule));
  const lookups = new Set(inOrder.filter(({ looksUp }) => looksUp).map(({ rule }) => rule));
  const made = new Map(KYVERNO_POLICIES.map((policy) => [policy.rule, policy]));
  return rules.map((rule): ExportedRule => {
    const check = checks.get(rule.id);
    const as: ExportedRule['as'] = [
      ...(native.has(rule.id) ? (['ValidatingAdmissionPolicy'] as const) : []),
      ...(lookups.has(rule.id) || made.has(rule.id) ? (['Kyverno'] as const) : []),
    ];
    if (as.length === 0) return { rule: rule.id, as, note: NOT_EXPORTED[rule.id] };
    if (severityOf(rule, configuration) === 'off') return { rule: rule.id, as: [], note: 'is off' };
    const beyond = check?.beyond ?? made.get(rule.id)?.beyond;
    return { rule: rule.id, as, note: beyond && `without ${beyond}` };
  });
}

export function exportListAsText(list: readonly ExportedRule[]): string {
  const width = Math.max(0, ...list.map(({ rule }) => rule.length));
  const lines = list.map(({ rule, as, note }) => {
    const how = as.length === 0 ? 'no policy' : as.join(' and ');
    return `${rule.padEnd(width)}  ${how}${note === undefined ? '' : `: ${note}`}`;
  });
  const exported = list.filter(({ as }) => as.length > 0).length;
  return `${lines.join('\n')}\n\n${exported} of ${list.length} rules as policies.\n`;
}
