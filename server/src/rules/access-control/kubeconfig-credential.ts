import { remove } from '../../syntax/edit/operations.ts';
import { MapValue } from '../../syntax/values.ts';
import { defineRule } from '../rule.ts';

/** Fields of a kubeconfig user that are credentials themselves; those that end in `-file` only point to one. */
const CREDENTIALS: ReadonlyMap<string, string> = new Map([
  ['token', 'a token'],
  ['password', 'a password'],
  ['client-key-data', 'a private key'],
]);

/** What `kubectl config view` prints in place of credentials. */
const MASKED = new Set(['', 'REDACTED', 'DATA+OMITTED']);

/**
 * A kubeconfig file with a credential in it.
 *
 * Source: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export const kubeconfigCredential = defineRule({
  id: 'kubeconfig-credential',
  meta: {
    title: 'Credential in a kubeconfig',
    safeguard: 'access-control',
    rationale:
      'Whoever can read the file becomes that user of the cluster. Access to ePHI is then no longer tied to one identified person.',
    remediation: 'Remove the credential, revoke it, and use an exec plugin or OIDC sign-in instead.',
    references: {
      hipaa: ['164.312(a)(2)(i)', '164.312(d)', '164.308(a)(5)(ii)(D)'],
      nist: ['IA-5', 'AC-2'],
      urls: [
        'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      embedded:
        'User "{user}" carries {what}: whoever reads this file reaches the cluster as that user. Remove and revoke it.',
    },
  },
  resource: {
    kinds: ['Config'],
    check(config, { report }) {
      if (config.apiVersion !== 'v1') return;
      for (const entry of config.root.get('users')?.items ?? []) {
        const user = entry.get('user');
        if (!(user instanceof MapValue)) continue;
        for (const field of user.entries) {
          const what = CREDENTIALS.get(field.key);
          const text = field.value.text ?? '';
          if (what === undefined || MASKED.has(text) || text.includes('{{') || text.startsWith('$')) continue;
          report({
            at: { key: field },
            messageId: 'embedded',
            data: { user: entry.get('name')?.text ?? '', what },
            fixes: [
              { title: `Remove ${what}`, applicability: 'review', operations: [remove(field.value.path)] },
            ],
          });
        }
      }
    },
  },
});
