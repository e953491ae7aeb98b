import type { Rule, Severity } from '../rules/rule.ts';
import type { Configuration } from './configuration.ts';

/** How grave a severity is: the graver, the higher. */
export const SEVERITY_RANK: Readonly<Record<Severity | 'off', number>> = {
  off: 0,
  information: 1,
  warning: 2,
  error: 3,
};

const LOWER: Record<Severity, Severity> = {
  error: 'warning',
  warning: 'information',
  information: 'information',
};

/**
 * The severity of a rule's finding.
 *
 * What the user says of a rule counts as said. Otherwise the report's own severity or the rule's default, raised by the profile, and one
 * lower outside PHI scope.
 *
 * @param reported the severity that the rule gave this very finding
 */
export function severityOf(
  rule: Rule,
  configuration: Configuration,
  reported?: Severity,
  inScope = true,
): Severity | 'off' {
  if (!inScope && rule.meta.phiOnly === true) return 'off';
  const configured = configuration.rules[rule.id];
  if (configured !== undefined) return configured;
  if (rule.meta.offByDefault === true) return 'off';
  const base = reported ?? rule.meta.severity;
  const raised =
    configuration.profile === 'proposed-2025' && rule.meta.requiredAsProposed === true && base === 'warning';
  const severity = raised ? 'error' : base;
  return inScope ? severity : LOWER[severity];
}
