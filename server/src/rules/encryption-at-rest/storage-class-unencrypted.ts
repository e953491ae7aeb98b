import {
  encryptionOf,
  isStorageClass,
  parameterOf,
  provisionerOf,
} from '../../analysis/encryption/storage-classes.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A StorageClass whose volumes are not encrypted, by the parameters of its own provisioner. Of provisioners that are not known nothing is said.
 *
 * Source: https://kubernetes.io/docs/concepts/storage/storage-classes/ and each driver's parameters (analysis/encryption/storage-classes.ts).
 */
export const storageClassUnencrypted = defineRule({
  id: 'storage-class-unencrypted',
  meta: {
    title: 'StorageClass without encryption',
    safeguard: 'encryption-at-rest',
    rationale:
      'Every volume of the class is written in plain text. A disk that is replaced, a snapshot that is shared or a backup that is lost then discloses ePHI; encrypted, it would not even be a reportable breach.',
    remediation: "Set the provisioner's parameter for encryption, or use a provisioner that has one.",
    references: {
      hipaa: ['164.312(a)(2)(iv)'],
      nist: ['SC-28', 'SC-28(1)'],
      urls: ['https://kubernetes.io/docs/concepts/storage/storage-classes/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      off: 'Volumes of StorageClass "{name}" are not encrypted, so disks and snapshots hold ePHI in plain text. Set {parameter}: "{on}".',
      never:
        'Provisioner {provisioner} cannot encrypt, so its disks hold ePHI in plain text. Use another one for ePHI, or encrypt the disks below it.',
      elsewhere:
        'Whether these volumes are encrypted is decided by {where}, not here. Make sure that it encrypts, and keep the evidence.',
    },
  },
  resource: {
    kinds: ['StorageClass'],
    check(storageClass, { report }) {
      const at = storageClass.root.get('provisioner');
      const provisioner = provisionerOf(at?.text ?? '');
      if (!isStorageClass(storageClass) || at === undefined || provisioner === undefined) return;
      if (provisioner.encrypts === 'never') {
        report({ at, messageId: 'never', data: { provisioner: at.text ?? '' } });
      } else if (provisioner.encrypts === 'elsewhere') {
        report({ at, messageId: 'elsewhere', data: { where: provisioner.where }, severity: 'information' });
      } else if (provisioner.encrypts === 'parameter' && encryptionOf(storageClass) === 'off') {
        const { on = 'true' } = provisioner;
        const written = parameterOf(storageClass, provisioner.parameter);
        const path = written?.path ?? [...storageClass.root.path, 'parameters', provisioner.parameter];
        report({
          at: written ?? at,
          messageId: 'off',
          data: { name: storageClass.name, parameter: provisioner.parameter, on },
          // Existing volumes stay as they are; a class cannot be changed in place, only made anew.
          fixes: [
            {
              title: `Set ${provisioner.parameter}: "${on}"`,
              applicability: 'review',
              operations: [set(path, on)],
            },
          ],
        });
      }
    },
  },
});
