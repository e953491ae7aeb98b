import { resourceEncryptionsOf } from '../../analysis/encryption/encryption-configuration.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

const PLACEHOLDER = '<base64 of 32 random bytes>';

/**
 * An encryption key written into a file that is kept and copied like any other.
 *
 * Source: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#generate-key-no-kms
 */
export const encryptionConfigInlineKey = defineRule({
  id: 'encryption-config-inline-key',
  meta: {
    title: 'Encryption key in a manifest',
    safeguard: 'encryption-at-rest',
    rationale:
      'The key decrypts every Secret of the cluster. In version control it stays readable for everyone who ever had access, long after it was taken out.',
    remediation:
      'Replace the key, rewrite all Secrets, and let a provisioning tool or a KMS provide the new one.',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.308(a)(5)(ii)(D)'],
      nist: ['SC-12', 'IA-5'],
      urls: ['https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      literal:
        'The key of provider {provider} stands here in clear text: whoever reads this file can decrypt every Secret. Replace and revoke it.',
    },
  },
  resource: {
    kinds: ['EncryptionConfiguration'],
    check(configuration, { report }) {
      const providers = (resourceEncryptionsOf(configuration) ?? []).flatMap(
        (encryption) => encryption.providers,
      );
      for (const { type, entry } of providers) {
        for (const key of entry.value.get('keys')?.items ?? []) {
          const secret = key.get('secret');
          if (secret?.text === undefined || !isLiteral(secret.text)) continue;
          const operations = [set(secret.path, PLACEHOLDER)];
          const fixes = [{ title: 'Replace by a placeholder', applicability: 'review' as const, operations }];
          report({ at: secret, messageId: 'literal', data: { provider: type }, fixes });
        }
      }
    },
  },
});

/** Base64 of a key of 128 bits or more; placeholders hold blanks, brackets or variables. */
function isLiteral(text: string): boolean {
  return /^[A-Za-z0-9+/]{22,}={0,2}$/.test(text);
}
