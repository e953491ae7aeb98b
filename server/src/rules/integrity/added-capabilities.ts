import { additionsBreaking, removeAdditions } from '../../analysis/pod-security/capabilities.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { listOf } from '../../analysis/words.ts';
import { defineRule } from '../rule.ts';

/**
 * A container that adds capabilities beyond those that runtimes grant by themselves.
 *
 * Source: Pod Security Standards, Baseline, "Capabilities".
 */
export const addedCapabilities = defineRule({
  id: 'added-capabilities',
  meta: {
    title: 'Container adds powerful capabilities',
    safeguard: 'integrity',
    rationale:
      'Capabilities such as SYS_ADMIN, SYS_PTRACE or NET_RAW let a container read the memory of others, forge traffic or take over its node. Each of them is a way to the ePHI of other pods.',
    remediation:
      'Remove the capability; if a program truly needs it, run that program in a namespace without ePHI.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'CM-7'],
      benchmark: 'Pod Security Standards: Baseline, Capabilities; CIS Kubernetes Benchmark 5.2.8, 5.2.9',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://man7.org/linux/man-pages/man7/capabilities.7.html',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      added:
        '{subject} adds {capabilities}, beyond what any runtime grants by itself: whoever takes it over can reach other pods and their ePHI. Remove it.',
    },
  },
  pod(pod, { report }) {
    for (const container of pod.containers) {
      const additions = additionsBreaking('baseline', container);
      const [first, ...others] = additions;
      if (first === undefined) continue;
      const capabilities = listOf(additions.map(({ text = '' }) => text));
      report({
        at: first,
        messageId: 'added',
        data: { subject: titleOf(container), capabilities },
        related: others.map((at) => ({ at, message: 'Added here, too.' })),
        fixes: [
          {
            title: `Remove ${capabilities}`,
            applicability: 'review',
            operations: removeAdditions(container, additions),
          },
        ],
      });
    }
  },
});
