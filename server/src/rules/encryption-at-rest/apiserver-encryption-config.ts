import { CONTROL_PLANE_KINDS, lacks, settingsOf } from '../../analysis/control-plane/index.ts';
import { defineRule } from '../rule.ts';

const CONFIGURATION_FILE = '/etc/kubernetes/encryption-configuration.yaml';

/**
 * An API server that writes Secrets to etcd as they are.
 *
 * Source: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
 */
export const apiserverEncryptionConfig = defineRule({
  id: 'apiserver-encryption-config',
  meta: {
    title: 'API server without encryption at rest',
    safeguard: 'encryption-at-rest',
    rationale:
      'Without --encryption-provider-config the API server writes Secrets to etcd in plain text. A copy of its disk or of a backup then holds the keys to ePHI.',
    remediation: 'Write an EncryptionConfiguration with a KMS v2 provider, mount it and name it in the flag.',
    references: {
      hipaa: ['164.312(a)(2)(iv)'],
      nist: ['SC-28', 'SC-28(1)'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.27',
      urls: ['https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/'],
    },
    severity: 'warning',
    scope: 'document',
    requiredAsProposed: true,
    messages: {
      missing:
        'The API server writes Secrets to etcd in plain text, keys to ePHI included. Set --encryption-provider-config and mount the file.',
    },
  },
  resource: {
    kinds: CONTROL_PLANE_KINDS,
    check(resource, { report }) {
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver === undefined || !lacks(apiserver, 'encryption-provider-config')) return;
      report({
        ...apiserver.home,
        messageId: 'missing',
        fixes: [
          {
            title: `Set --encryption-provider-config=${CONFIGURATION_FILE} and mount it`,
            applicability: 'review',
            operations: [
              ...apiserver.set('encryption-provider-config', CONFIGURATION_FILE),
              ...apiserver.mount({
                name: 'encryption-configuration',
                path: CONFIGURATION_FILE,
                type: 'File',
                readOnly: true,
              }),
            ],
          },
        ],
      });
    },
  },
});
