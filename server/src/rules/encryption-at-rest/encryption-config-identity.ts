import {
  KMS_PROVIDER,
  resourceEncryptionsOf,
  sensitiveResourcesOf,
} from '../../analysis/encryption/encryption-configuration.ts';
import { insert, remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * An EncryptionConfiguration that writes in plain text: the first provider encrypts, and `identity` does nothing.
 *
 * Source: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#understanding-the-encryption-at-rest-configuration
 */
export const encryptionConfigIdentity = defineRule({
  id: 'encryption-config-identity',
  meta: {
    title: 'Secrets written in plain text',
    safeguard: 'encryption-at-rest',
    rationale:
      'New values are written by the first provider, and identity writes them as they come. Secrets and ConfigMaps then lie in etcd and in its backups in plain text, passwords of databases with ePHI among them.',
    remediation: 'Put a KMS v2 provider first; identity may stand last, to read what was written before.',
    references: {
      hipaa: ['164.312(a)(2)(iv)'],
      nist: ['SC-28', 'SC-28(1)'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.28',
      urls: ['https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      first:
        'identity stands first, so {resources} are written to etcd in plain text, keys to ePHI included. Put an encrypting provider first.',
    },
  },
  resource: {
    kinds: ['EncryptionConfiguration'],
    check(configuration, { report }) {
      const encryptions = resourceEncryptionsOf(configuration) ?? [];
      for (const encryption of encryptions) {
        const sensitive = sensitiveResourcesOf(encryption, encryptions);
        const [first, ...others] = encryption.providers;
        if (sensitive.length === 0 || first?.type !== 'identity') continue;
        const list = [...encryption.value.path, 'providers'];
        const fix =
          others.length === 0
            ? { title: 'Add a KMS v2 provider before it', operations: [insert(list, KMS_PROVIDER, 0)] }
            : {
                title: 'Move identity to the end',
                operations: [remove(first.value.path), insert(list, { identity: {} })],
              };
        report({
          at: { key: first.entry },
          messageId: 'first',
          data: { resources: sensitive.join(' and ') },
          fixes: [{ ...fix, applicability: 'review' }],
        });
      }
    },
  },
});
