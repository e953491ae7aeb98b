import { HOST_PROCESS } from '../../analysis/pod-security/fields.ts';
import { removeSetting } from '../../analysis/pod-security/operations.ts';
import { settingsOf } from '../../analysis/pod-security/settings.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { defineRule } from '../rule.ts';

/**
 * A Windows container that runs as a process of its node.
 *
 * Source: Pod Security Standards, Baseline, "HostProcess".
 */
export const windowsHostProcess = defineRule({
  id: 'windows-host-process',
  meta: {
    title: 'Windows container runs on its node itself',
    safeguard: 'integrity',
    rationale:
      'A HostProcess container is not contained: it runs on the Windows node with its users, files and network. It can read and change the ePHI of every pod there.',
    remediation: 'Remove hostProcess, and run programs that must manage nodes in a namespace without ePHI.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'SC-39'],
      benchmark: 'Pod Security Standards: Baseline, HostProcess; CIS Kubernetes Benchmark 5.2.11',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      hostProcess:
        '{subject} runs on its Windows node itself, with access to all files and ePHI there. Remove hostProcess.',
    },
  },
  pod(pod, { report }) {
    for (const setting of settingsOf(pod, HOST_PROCESS)) {
      if (!setting.value) continue;
      report({
        at: setting.at,
        messageId: 'hostProcess',
        data: { subject: titleOf(setting.container) },
        fixes: [
          {
            title: 'Remove hostProcess',
            applicability: 'review',
            operations: [removeSetting(pod, setting)],
          },
        ],
      });
    }
  },
});
