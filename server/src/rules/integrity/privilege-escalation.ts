import { ALLOW_PRIVILEGE_ESCALATION, PRIVILEGED } from '../../analysis/pod-security/fields.ts';
import { isWindows } from '../../analysis/pod-security/pod.ts';
import { decisionFor, pathOfField } from '../../analysis/pod-security/settings.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import type { Container, Pod } from '../../kubernetes/pods.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A container whose processes can gain privileges that they did not start with: `allowPrivilegeEscalation` is not false. Linux only.
 *
 * Source: Pod Security Standards, Restricted, "Privilege Escalation".
 */
export const privilegeEscalation = defineRule({
  id: 'privilege-escalation',
  meta: {
    title: 'Container allows privilege escalation',
    safeguard: 'integrity',
    rationale:
      'Unless it is forbidden, a process gains root through any set-user-ID program of its image. An intruder with a harmless account then has full power over the ePHI in the container.',
    remediation: 'Set allowPrivilegeEscalation: false in the securityContext of every container.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6(10)', 'CM-7'],
      benchmark: 'Pod Security Standards: Restricted, Privilege Escalation; CIS Kubernetes Benchmark 5.2.6',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      missing:
        '{subject} lets its processes gain root through set-user-ID programs, since nothing forbids it: an intruder would get full power over the ePHI in it. Set allowPrivilegeEscalation: false.',
      allowed:
        '{subject} lets its processes gain root through set-user-ID programs: an intruder would get full power over the ePHI in it. Set allowPrivilegeEscalation: false.',
    },
  },
  pod(pod, { report }) {
    if (isWindows(pod)) return;
    for (const container of pod.containers) {
      const decision = decisionFor(pod, container, ALLOW_PRIVILEGE_ESCALATION);
      const data = { subject: titleOf(container) };
      const fixes = fixesFor(pod, container);
      if (decision.by === 'default') {
        const missing = pathOfField(ALLOW_PRIVILEGE_ESCALATION);
        report({ at: container.value, missing, messageId: 'missing', data, fixes });
      } else if ('value' in decision && decision.value) {
        report({ at: decision.at, messageId: 'allowed', data, fixes });
      }
    }
  },
});

/** The API server refuses `allowPrivilegeEscalation: false` beside `privileged: true` and beside the capability `CAP_SYS_ADMIN`. */
function fixesFor(pod: Pod, container: Container): Fix[] {
  const added = container.value.at(['securityContext', 'capabilities', 'add'])?.items ?? [];
  if (added.some((capability) => capability.text === 'CAP_SYS_ADMIN')) return [];
  const privileged = decisionFor(pod, container, PRIVILEGED);
  const isPrivileged = 'value' in privileged && privileged.value;
  const operation = set([...container.value.path, ...pathOfField(ALLOW_PRIVILEGE_ESCALATION)], false);
  if (!isPrivileged) {
    return [
      { title: 'Set allowPrivilegeEscalation: false', applicability: 'review', operations: [operation] },
    ];
  }
  return [
    {
      title: 'Set allowPrivilegeEscalation and privileged to false',
      applicability: 'review',
      operations: [operation, set(privileged.at.path, false)],
    },
  ];
}
