import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A kubelet that lets pods use swap: memory then goes to disk, as it is.
 *
 * Source: https://kubernetes.io/docs/concepts/cluster-administration/swap-memory-management/ (`swapBehavior` is NoSwap unless set).
 */
export const swapUnencrypted = defineRule({
  id: 'swap-unencrypted',
  meta: {
    title: 'Memory of pods on disk',
    safeguard: 'encryption-at-rest',
    rationale:
      'Swap writes the memory of programs to the disk of the node: decrypted ePHI, passwords and mounted Secrets. Unless that disk is encrypted, they stay there after the pod is gone.',
    remediation: 'Leave swapBehavior at NoSwap, or encrypt the swap device.',
    references: {
      hipaa: ['164.312(a)(2)(iv)'],
      nist: ['SC-28'],
      urls: ['https://kubernetes.io/docs/concepts/cluster-administration/swap-memory-management/'],
    },
    severity: 'information',
    scope: 'document',
    messages: {
      swap: 'Pods may swap their memory to disk, decrypted ePHI included. Set NoSwap, or make sure that the swap device is encrypted.',
    },
  },
  resource: {
    kinds: ['KubeletConfiguration'],
    check({ root }, { report }) {
      const behavior = root.at(['memorySwap', 'swapBehavior']);
      if (behavior?.text === undefined || behavior.text === '' || behavior.text === 'NoSwap') return;
      const fixes = [
        { title: 'Set NoSwap', applicability: 'review' as const, operations: [set(behavior.path, 'NoSwap')] },
      ];
      report({ at: behavior, messageId: 'swap', fixes });
    },
  },
});
