import { RUN_AS_USER } from '../../analysis/pod-security/fields.ts';
import { removeSetting } from '../../analysis/pod-security/operations.ts';
import { isInUserNamespace } from '../../analysis/pod-security/pod.ts';
import { settingsOf } from '../../analysis/pod-security/settings.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/** A user id that no image gives to root, above those that nodes use for people and services. */
const UNPRIVILEGED_USER = 10001;

/**
 * `runAsUser: 0` on a pod or a container, except in a user namespace of its own, whose root is nobody on the node.
 *
 * Source: Pod Security Standards, Restricted, "Running as Non-root user" (1.35 and later for user namespaces).
 */
export const runAsUserRoot = defineRule({
  id: 'run-as-user-root',
  meta: {
    title: 'Container runs as root',
    safeguard: 'integrity',
    rationale:
      'User 0 is root in the container and, after an escape, on the node. Root can alter or destroy every file that it reaches, ePHI and the traces of its own doings among them.',
    remediation: 'Remove runAsUser, so that the user of the image counts, or name a user other than 0.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'CM-7'],
      benchmark:
        'Pod Security Standards: Restricted, Running as Non-root user; CIS Kubernetes Benchmark 5.2.7',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      root: '{subject} runs as root (user 0), which can alter or destroy any ePHI within its reach. Leave the user to the image, or name one other than 0.',
    },
  },
  pod(pod, { report }) {
    if (isInUserNamespace(pod)) return;
    for (const setting of settingsOf(pod, RUN_AS_USER)) {
      if (setting.value !== 0) continue;
      report({
        at: setting.at,
        messageId: 'root',
        data: { subject: titleOf(setting.container) },
        fixes: [
          {
            title: 'Remove runAsUser: 0',
            applicability: 'review',
            operations: [removeSetting(pod, setting)],
          },
          {
            title: `Set runAsUser: ${UNPRIVILEGED_USER}`,
            applicability: 'review',
            operations: [set(setting.at.path, UNPRIVILEGED_USER)],
          },
        ],
      });
    }
  },
});
