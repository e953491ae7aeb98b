import { unsafeSysctlsOf } from '../../analysis/pod-security/sysctls.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * Kernel parameters that can disturb other pods of the node or weaken its protection.
 *
 * Source: Pod Security Standards, Baseline, "Sysctls".
 */
export const unsafeSysctls = defineRule({
  id: 'unsafe-sysctls',
  meta: {
    title: 'Pod sets an unsafe kernel parameter',
    safeguard: 'integrity',
    rationale:
      'Some kernel parameters reach beyond the pod that sets them: they can starve its neighbours or switch protections off. Systems that hold ePHI must stay available and as they were configured.',
    remediation:
      'Remove the parameter, or set it for the whole node in its configuration, where it is reviewed.',
    references: {
      hipaa: ['164.312(c)(1)', '164.312(a)(1)'],
      nist: ['CM-7', 'SC-39'],
      benchmark: 'Pod Security Standards: Baseline, Sysctls; CIS Kubernetes Benchmark 5.7.3',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      unsafe:
        'The kernel parameter "{name}" is not among the safe ones: it can disturb or weaken other pods on the node, those with ePHI included. Remove it.',
    },
  },
  pod(pod, { report }) {
    for (const { item, name } of unsafeSysctlsOf(pod)) {
      report({
        at: name,
        messageId: 'unsafe',
        data: { name: name.text ?? '' },
        fixes: [
          {
            title: `Remove ${name.text}`,
            applicability: 'review',
            operations: [remove(item.path, { pruneTo: pod.spec.path.length })],
          },
        ],
      });
    }
  },
});
