import { RUN_AS_USER } from '../../analysis/pod-security/fields.ts';
import { settingsOf } from '../../analysis/pod-security/settings.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { defineRule } from '../rule.ts';

/** Below it are the users that Linux distributions give to services and people. */
const FIRST_HIGH_USER = 10_000;

/**
 * A user id that may also be somebody's on the node. User 0 is for `run-as-user-root` to report.
 *
 * Source: the habit of scanners such as Trivy (KSV-0020) and Kubescape; no standard asks for it, so the rule is off by default.
 */
export const runAsHighUid = defineRule({
  id: 'run-as-high-uid',
  meta: {
    title: 'User id that nodes may use as well',
    safeguard: 'integrity',
    rationale:
      'A process that escapes its container acts on the node under its user id. If a service of the node has the same id, the process has its files too, and the traces in audit records name the wrong one.',
    remediation: 'Run as a user id of 10000 or above.',
    references: {
      hipaa: ['164.312(a)(1)'],
      nist: ['AC-6'],
      urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    },
    severity: 'information',
    offByDefault: true,
    scope: 'document',
    messages: {
      low: '{subject} runs as user {user}, an id that a service of the node may have as well; after an escape it has the files of that service, and records of access to ePHI name the wrong one. Use an id of 10000 or above.',
    },
  },
  pod(pod, { report }) {
    for (const { at, value, container } of settingsOf(pod, RUN_AS_USER)) {
      if (value <= 0 || value >= FIRST_HIGH_USER) continue;
      report({ at, messageId: 'low', data: { subject: titleOf(container), user: value } });
    }
  },
});
