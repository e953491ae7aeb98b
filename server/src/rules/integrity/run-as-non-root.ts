import { RUN_AS_NON_ROOT, RUN_AS_USER } from '../../analysis/pod-security/fields.ts';
import { setDefault } from '../../analysis/pod-security/operations.ts';
import { isInUserNamespace } from '../../analysis/pod-security/pod.ts';
import {
  containersUnder,
  decisionFor,
  pathOfField,
  settingsOf,
  undecidedContainers,
} from '../../analysis/pod-security/settings.ts';
import { namesOf, placesOf, titleOf } from '../../analysis/pod-security/wording.ts';
import type { Container, Pod } from '../../kubernetes/pods.ts';
import { type DocumentOperation, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * Containers that may run as root: `runAsNonRoot` is not true, neither on the container nor on its pod, or something says false. A pod with
 * a user namespace of its own may, since its root is nobody on the node.
 *
 * Source: Pod Security Standards, Restricted, "Running as Non-root" (1.35 and later for user namespaces).
 */
export const runAsNonRoot = defineRule({
  id: 'run-as-non-root',
  meta: {
    title: 'Container may run as root',
    safeguard: 'integrity',
    rationale:
      'A process that runs as root can change every file of its container and is root on the node once it escapes. There it can read and alter the ePHI of every pod on the machine.',
    remediation:
      'Set runAsNonRoot: true in the securityContext of the pod, and build images whose USER is a number other than 0.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'CM-7'],
      benchmark: 'Pod Security Standards: Restricted, Running as Non-root; CIS Kubernetes Benchmark 5.2.7',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      missing:
        'Nothing keeps {containers} from running as root, with full power over the files in the container and over the node after an escape. Set runAsNonRoot: true on the pod.',
      allowed:
        '{subject} is allowed to run as root: whoever takes it over has full power over its files, and over the ePHI on the node after an escape. Set runAsNonRoot to true.',
    },
  },
  pod(pod, { report }) {
    if (isInUserNamespace(pod)) return;
    for (const setting of settingsOf(pod, RUN_AS_NON_ROOT)) {
      if (setting.value) continue;
      const containers = containersUnder(pod, setting, RUN_AS_NON_ROOT);
      report({
        at: setting.at,
        messageId: 'allowed',
        data: { subject: titleOf(setting.container) },
        fixes: [fixFor(pod, containers, [set(setting.at.path, true)])],
      });
    }
    const undecided = undecidedContainers(pod, RUN_AS_NON_ROOT);
    if (undecided.length === 0) return;
    report({
      at: pod.spec,
      missing: pathOfField(RUN_AS_NON_ROOT),
      messageId: 'missing',
      data: { containers: namesOf(undecided) },
      related: placesOf(undecided, 'may run as root'),
      fixes: [fixFor(pod, undecided, setDefault(pod, undecided, RUN_AS_NON_ROOT, true))],
    });
  },
});

/** Images that run as root do not start any more, unless the manifest names another user anyhow. */
function fixFor(pod: Pod, containers: readonly Container[], operations: readonly DocumentOperation[]): Fix {
  const isSafe = containers.every((container) => {
    const user = decisionFor(pod, container, RUN_AS_USER);
    return 'value' in user && user.value > 0;
  });
  return { title: 'Set runAsNonRoot: true', applicability: isSafe ? 'safe' : 'review', operations };
}
