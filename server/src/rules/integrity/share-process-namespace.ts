import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A pod whose containers see each other's processes.
 *
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/.
 */
export const shareProcessNamespace = defineRule({
  id: 'share-process-namespace',
  meta: {
    title: 'Containers share their processes',
    safeguard: 'integrity',
    rationale:
      'With a shared process namespace each container sees the environment, the open files and the root file system of the others in its pod. A flaw in one sidecar then exposes the ePHI and credentials of the main program.',
    remediation:
      'Remove shareProcessNamespace; to look into a running pod, use an ephemeral container with a target.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'SC-39'],
      urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      shared:
        "The containers of this pod see each other's environment and files, so a flaw in one exposes the ePHI of all. Remove shareProcessNamespace.",
    },
  },
  pod({ spec }, { report }) {
    const shared = spec.get('shareProcessNamespace');
    if (shared?.boolean !== true) return;
    report({
      at: shared,
      messageId: 'shared',
      fixes: [
        {
          title: 'Remove shareProcessNamespace',
          applicability: 'review',
          operations: [remove(shared.path)],
        },
      ],
    });
  },
});
