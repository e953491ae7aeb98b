import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

const NAMESPACES = [
  ['hostNetwork', 'network'],
  ['hostPID', 'processes'],
  ['hostIPC', 'memory'],
] as const;

/**
 * A pod that shares a namespace of its node: hostNetwork, hostPID or hostIPC.
 *
 * Source: Pod Security Standards, Baseline, "Host Namespaces".
 */
export const hostNamespaces = defineRule({
  id: 'host-namespaces',
  meta: {
    title: 'Pod shares namespaces of its node',
    safeguard: 'integrity',
    rationale:
      'A pod in a namespace of its node sees the traffic, the processes or the shared memory of the node and of its neighbours. No network policy and no container boundary protects their ePHI from it.',
    remediation:
      'Remove hostNetwork, hostPID and hostIPC; reach other pods through Services, and nodes through agents made for it.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-4', 'SC-39'],
      benchmark:
        'Pod Security Standards: Baseline, Host Namespaces; CIS Kubernetes Benchmark 5.2.3, 5.2.4, 5.2.5',
      urls: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      network:
        "The pod uses its node's network: it can listen to the traffic of other pods, ePHI included, and no NetworkPolicy holds for it. Remove hostNetwork.",
      processes:
        'The pod sees all processes of its node, and with them the environment and files of pods that handle ePHI. Remove hostPID.',
      memory:
        'The pod shares memory with the processes of its node, which may hold ePHI of other pods. Remove hostIPC.',
    },
  },
  pod({ spec }, { report }) {
    for (const [key, messageId] of NAMESPACES) {
      const shared = spec.get(key);
      if (shared?.boolean !== true) continue;
      report({
        at: shared,
        messageId,
        fixes: [{ title: `Remove ${key}`, applicability: 'review', operations: [remove(shared.path)] }],
      });
    }
  },
});
