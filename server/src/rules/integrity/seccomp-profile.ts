import { SECCOMP_TYPE } from '../../analysis/pod-security/fields.ts';
import { setDefault } from '../../analysis/pod-security/operations.ts';
import { isWindows } from '../../analysis/pod-security/pod.ts';
import { pathOfField, undecidedContainers } from '../../analysis/pod-security/settings.ts';
import { namesOf, placesOf } from '../../analysis/pod-security/wording.ts';
import { defineRule } from '../rule.ts';

/**
 * Containers without a seccomp profile, neither their own nor their pod's: unless the kubelet is told otherwise, they may make every system
 * call. A profile that confines nothing is for `seccomp-unconfined` to report. Linux only.
 *
 * Source: Pod Security Standards, Restricted, "Seccomp".
 */
export const seccompProfile = defineRule({
  id: 'seccomp-profile',
  meta: {
    title: 'Container without a seccomp profile',
    safeguard: 'integrity',
    rationale:
      'Most escapes from containers use system calls that ordinary programs never make. The profile of the runtime blocks these, and so keeps an intruder away from the ePHI of other pods.',
    remediation: 'Set seccompProfile.type: RuntimeDefault in the securityContext of the pod.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['CM-7', 'SC-39'],
      benchmark: 'Pod Security Standards: Restricted, Seccomp; CIS Kubernetes Benchmark 5.7.2',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tutorials/security/seccomp/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      missing:
        'Nothing limits the system calls of {containers}, the usual way out of a container and to the ePHI of others. Set seccompProfile.type: RuntimeDefault on the pod.',
    },
  },
  pod(pod, { report }) {
    if (isWindows(pod)) return;
    const undecided = undecidedContainers(pod, SECCOMP_TYPE);
    if (undecided.length === 0) return;
    report({
      at: pod.spec,
      missing: pathOfField(SECCOMP_TYPE),
      messageId: 'missing',
      data: { containers: namesOf(undecided) },
      related: placesOf(undecided, 'has no seccomp profile'),
      fixes: [
        {
          title: 'Set the seccomp profile RuntimeDefault',
          applicability: 'review',
          operations: setDefault(pod, undecided, SECCOMP_TYPE, 'RuntimeDefault'),
        },
      ],
    });
  },
});
