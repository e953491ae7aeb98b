import type { Finding } from '../engine/finding.ts';
import type { Text } from '../l10n/say.ts';
import type { Fix } from '../rules/rule.ts';

export const REDACT_FILE_TITLE: Text = 'Redact all PHI and credentials in this file';

/** Rules that point at PHI or at a credential in the text, besides those whose fixes say so. */
const SENSITIVE_RULES: ReadonlySet<string> = new Set([
  'secret-manifest-plaintext',
  'kubeconfig-credential',
  'encryption-config-inline-key',
]);

/**
 * The fix that takes PHI or a credential out of the text, and leaves as much as it can of everything else. Undefined for findings about other
 * things.
 */
export function redactionOf({ fixes, rule }: Finding): Fix | undefined {
  return fixes.find(({ redacts }) => redacts === true) ?? (SENSITIVE_RULES.has(rule) ? fixes[0] : undefined);
}
