import {
  encryptionOf,
  isStorageClass,
  parameterOf,
  provisionerOf,
} from '../../analysis/encryption/storage-classes.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/** A StorageClass that encrypts with a key which the cloud provider holds alone. */
export const storageClassCustomerKey = defineRule({
  id: 'storage-class-customer-key',
  meta: {
    title: 'Encryption without a key of your own',
    safeguard: 'encryption-at-rest',
    rationale:
      "With the provider's default key you can neither see who decrypts ePHI nor end it. A key of your own has a policy, a log and an off switch.",
    remediation: 'Name a key that your organisation manages.',
    references: {
      hipaa: ['164.312(a)(2)(iv)'],
      nist: ['SC-12', 'SC-28(1)'],
      urls: ['https://kubernetes.io/docs/concepts/storage/storage-classes/'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      noKey:
        'StorageClass "{name}" encrypts with a key that is not yours, so access to ePHI through it can be neither logged nor revoked. Set {key}.',
    },
  },
  resource: {
    kinds: ['StorageClass'],
    check(storageClass, { report }) {
      const at = storageClass.root.get('provisioner');
      const provisioner = provisionerOf(at?.text ?? '');
      if (!isStorageClass(storageClass) || at === undefined || encryptionOf(storageClass) !== 'on') return;
      if (provisioner === undefined || !('key' in provisioner) || provisioner.key === undefined) return;
      const { key } = provisioner;
      const written = parameterOf(storageClass, key);
      if (written?.text !== undefined && written.text !== '') return;
      const path = [...storageClass.root.path, 'parameters', key];
      report({
        at,
        messageId: 'noKey',
        data: { name: storageClass.name, key },
        fixes: [
          {
            title: `Add ${key} with a placeholder`,
            applicability: 'review',
            operations: [set(path, '<your key>')],
          },
        ],
      });
    },
  },
});
