import { defineRule } from '../rule.ts';

/**
 * A Secret that Kubernetes fills with a token that never expires.
 *
 * Source: https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
 */
export const serviceAccountTokenSecret = defineRule({
  id: 'service-account-token-secret',
  meta: {
    title: 'Long-lived ServiceAccount token',
    safeguard: 'access-control',
    rationale:
      'The token in such a Secret never expires and can be copied by whoever may read the Secret. Nobody can tell later which person or system used it to reach ePHI.',
    remediation:
      'Remove the Secret; take short-lived tokens from the TokenRequest API or a projected volume.',
    references: {
      hipaa: ['164.312(a)(2)(i)', '164.312(d)'],
      nist: ['IA-5', 'AC-2'],
      urls: ['https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      longLived:
        'Secret "{name}" holds a ServiceAccount token that never expires and cannot be traced to a user. Use short-lived tokens.',
    },
  },
  resource: {
    kinds: ['Secret'],
    check(secret, { report }) {
      const type = secret.root.get('type');
      if (secret.group !== '' || type?.text !== 'kubernetes.io/service-account-token') return;
      report({ at: type, messageId: 'longLived', data: { name: secret.name } });
    },
  },
});
