import { PROC_MOUNT } from '../../analysis/pod-security/fields.ts';
import { removeSetting } from '../../analysis/pod-security/operations.ts';
import { settingsOf } from '../../analysis/pod-security/settings.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { defineRule } from '../rule.ts';

/**
 * A container whose `/proc` is not masked. Baseline allows it in a user namespace of its own, Restricted does not.
 *
 * Source: Pod Security Standards, Baseline and Restricted, "/proc Mount Type".
 */
export const procMount = defineRule({
  id: 'proc-mount',
  meta: {
    title: '/proc is not masked',
    safeguard: 'integrity',
    rationale:
      'Runtimes hide the parts of /proc through which a container could read kernel memory or change its node. Uncovered, they are a way to the ePHI of other pods.',
    remediation: 'Remove procMount, so that the runtime masks /proc.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'SC-39'],
      benchmark: 'Pod Security Standards: Restricted, /proc Mount Type; CIS Kubernetes Benchmark 5.7.3',
      urls: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      unmasked:
        '{subject} sees all of /proc, through which a node and the ePHI of its pods can be reached. Remove procMount.',
    },
  },
  pod(pod, { report }) {
    for (const setting of settingsOf(pod, PROC_MOUNT)) {
      if (setting.value === 'Default') continue;
      report({
        at: setting.at,
        messageId: 'unmasked',
        data: { subject: titleOf(setting.container) },
        fixes: [
          {
            title: 'Remove procMount',
            applicability: 'review',
            operations: [removeSetting(pod, setting)],
          },
        ],
      });
    }
  },
});
