import {
  additionsBreaking,
  DROP,
  dropAll,
  dropsAll,
  removeAdditions,
} from '../../analysis/pod-security/capabilities.ts';
import { isWindows } from '../../analysis/pod-security/pod.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { listOf } from '../../analysis/words.ts';
import { defineRule } from '../rule.ts';

/**
 * A container that keeps capabilities of root: it does not drop ALL, or adds one beyond NET_BIND_SERVICE. Additions beyond the Baseline list
 * are for `added-capabilities` to report. Linux only.
 *
 * Source: Pod Security Standards, Restricted, "Capabilities".
 */
export const dropCapabilities = defineRule({
  id: 'drop-capabilities',
  meta: {
    title: 'Container keeps capabilities of root',
    safeguard: 'integrity',
    rationale:
      'Container runtimes grant about a dozen pieces of root to every container, such as changing the owner of any file. A program that handles ePHI seldom needs one; an intruder uses them to alter data and to reach further.',
    remediation:
      'Set capabilities.drop: [ALL] in the securityContext of every container, and add NET_BIND_SERVICE alone where a program listens below port 1024.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'CM-7'],
      benchmark: 'Pod Security Standards: Restricted, Capabilities; CIS Kubernetes Benchmark 5.2.8, 5.2.10',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      kept: '{subject} keeps capabilities of root that its runtime grants by default, which help an intruder to alter ePHI. Set capabilities.drop: [ALL].',
      added:
        '{subject} adds {capabilities}, more of root than the Restricted standard allows and a help to alter ePHI. Remove all but NET_BIND_SERVICE.',
    },
  },
  pod(pod, { report }) {
    if (isWindows(pod)) return;
    for (const container of pod.containers) {
      if (dropsAll(container) === false) {
        report({
          at: container.value,
          missing: DROP,
          messageId: 'kept',
          data: { subject: titleOf(container) },
          fixes: [
            {
              title: 'Drop all capabilities',
              applicability: 'review',
              operations: dropAll(container),
            },
          ],
        });
      }
      const additions = additionsBreaking('restricted', container);
      const [first, ...others] = additions;
      if (first === undefined) continue;
      report({
        at: first,
        messageId: 'added',
        data: { subject: titleOf(container), capabilities: listOf(additions.map(({ text = '' }) => text)) },
        related: others.map((at) => ({ at, message: 'Added here, too.' })),
        fixes: [
          {
            title: `Remove ${listOf(additions.map(({ text = '' }) => text))}`,
            applicability: 'review',
            operations: removeAdditions(container, additions),
          },
        ],
      });
    }
  },
});
