import {
  KMS_PROVIDER,
  type Provider,
  resourceEncryptionsOf,
  sensitiveResourcesOf,
} from '../../analysis/encryption/encryption-configuration.ts';
import { insert } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

const AES_256_BYTES = 32;

/**
 * An EncryptionConfiguration that writes with something weaker than KMS v2 or AES-GCM with 256 bits.
 *
 * Source: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#providers
 */
export const encryptionConfigWeak = defineRule({
  id: 'encryption-config-weak',
  meta: {
    title: 'Weak encryption of Secrets',
    safeguard: 'encryption-at-rest',
    rationale:
      'With a local key whoever copies the control plane has both the data and the key; CBC is open to padding attacks, and KMS v1 is deprecated. A key service outside the cluster keeps the two apart.',
    remediation: 'Write with a KMS v2 provider, or with AES-GCM and a 256-bit key that is rotated.',
    references: {
      hipaa: ['164.312(a)(2)(iv)'],
      nist: ['SC-12', 'SC-13', 'SC-28(1)'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.28',
      urls: [
        'https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#providers',
        'https://kubernetes.io/docs/tasks/administer-cluster/kms-provider/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    requiredAsProposed: true,
    messages: {
      weak: '{provider} encrypts {resources} in etcd: {why}. Put a KMS v2 provider first, so that the keys to ePHI lie outside the cluster.',
    },
  },
  resource: {
    kinds: ['EncryptionConfiguration'],
    check(configuration, { report }) {
      const encryptions = resourceEncryptionsOf(configuration) ?? [];
      for (const encryption of encryptions) {
        const { value, providers, resources } = encryption;
        const sensitive = sensitiveResourcesOf(encryption, encryptions);
        const writer = providers.find(({ type }) => type !== 'identity');
        const why = writer && weaknessOf(writer);
        if (writer === undefined || why === undefined) continue;
        report({
          at: { key: writer.entry },
          messageId: 'weak',
          data: {
            resources: (sensitive.length > 0 ? sensitive : resources).join(' and '),
            provider: writer.type,
            why,
          },
          fixes: [
            {
              title: 'Add a KMS v2 provider before it',
              applicability: 'review',
              operations: [insert([...value.path, 'providers'], KMS_PROVIDER, 0)],
            },
          ],
        });
      }
    },
  },
});

function weaknessOf({ type, entry }: Provider): string | undefined {
  if (type === 'aescbc') return 'CBC is open to padding-oracle attacks, and the key lies beside the data';
  if (type === 'secretbox') return 'the key lies beside the data';
  // Version 1 is what an absent apiVersion means.
  if (type === 'kms')
    return entry.value.get('apiVersion')?.text === 'v2' ? undefined : 'KMS v1 is deprecated';
  if (type !== 'aesgcm') return undefined;
  const keys = entry.value.get('keys')?.items ?? [];
  const isShort = keys.some((key) => {
    const bytes = base64Bytes(key.get('secret')?.text ?? '');
    return bytes !== undefined && bytes !== AES_256_BYTES;
  });
  return isShort ? 'the key has fewer than 256 bits' : undefined;
}

/** The bytes that a base64 text stands for; undefined for placeholders and other texts. */
function base64Bytes(text: string): number | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  return (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
}
