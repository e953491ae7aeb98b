import {
  encryptsResource,
  resourceEncryptionsOf,
  SENSITIVE_RESOURCES,
} from '../../analysis/encryption/encryption-configuration.ts';
import { insert } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * An EncryptionConfiguration that leaves out Secrets or ConfigMaps.
 *
 * Source: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
 */
export const encryptionConfigCoverage = defineRule({
  id: 'encryption-config-coverage',
  meta: {
    title: 'Resources that are not encrypted',
    safeguard: 'encryption-at-rest',
    rationale:
      'What no entry names is written to etcd in plain text. Secrets hold the keys to ePHI, and ConfigMaps of clinical services often hold more than their authors think.',
    remediation: 'Name secrets and configmaps in the resources.',
    references: {
      hipaa: ['164.312(a)(2)(iv)'],
      nist: ['SC-28', 'SC-28(1)'],
      urls: ['https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/'],
    },
    severity: 'warning',
    scope: 'document',
    requiredAsProposed: true,
    messages: {
      uncovered:
        '{resources} are not encrypted in etcd, where they can hold ePHI or the keys to it. Add them to the resources.',
    },
  },
  resource: {
    kinds: ['EncryptionConfiguration'],
    check(configuration, { report }) {
      const encryptions = resourceEncryptionsOf(configuration);
      const [first] = encryptions ?? [];
      if (encryptions === undefined || first === undefined) return;
      const uncovered = SENSITIVE_RESOURCES.filter(
        (resource) => !encryptions.some((encryption) => encryptsResource(encryption, resource)),
      );
      if (uncovered.length === 0) return;
      const list = [...first.value.path, 'resources'];
      report({
        at: first.value,
        missing: ['resources', 'uncovered'],
        messageId: 'uncovered',
        data: { resources: uncovered.join(' and ') },
        fixes: [
          {
            title: `Add ${uncovered.join(' and ')}`,
            applicability: 'review',
            operations: uncovered.map((resource) => insert(list, resource)),
          },
        ],
      });
    },
  },
});
