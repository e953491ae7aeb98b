import { SECCOMP_TYPE } from '../../analysis/pod-security/fields.ts';
import { setDefault } from '../../analysis/pod-security/operations.ts';
import { isWindows } from '../../analysis/pod-security/pod.ts';
import { seccompAnnotationsOf } from '../../analysis/pod-security/profiles.ts';
import { undecidedContainers } from '../../analysis/pod-security/settings.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';
import { unconfinedProfiles } from '../unconfined-profiles.ts';

/**
 * A seccomp profile that confines nothing: `Unconfined`, or one of no known type; or the annotation of old that asked for none, where no
 * field says otherwise.
 *
 * Source: Pod Security Standards, Baseline, "Seccomp".
 */
export const seccompUnconfined = defineRule({
  id: 'seccomp-unconfined',
  meta: {
    title: 'Seccomp is switched off',
    safeguard: 'integrity',
    rationale:
      'Without seccomp a container may make every system call, also those by which containers are escaped. One intruder then reaches the ePHI of every pod on the node.',
    remediation:
      'Set seccompProfile.type: RuntimeDefault, or Localhost with a profile of your own that allows the calls which the program needs.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['CM-7', 'SC-39'],
      benchmark: 'Pod Security Standards: Baseline, Seccomp; CIS Kubernetes Benchmark 5.7.2',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tutorials/security/seccomp/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      unconfined:
        '{subject} may make every system call, the usual way out of a container and to the ePHI of others. Set the seccomp profile RuntimeDefault.',
      annotation:
        '{subject} asks for no seccomp profile by an annotation that Kubernetes ignores since 1.27, and has none. Set seccompProfile.type: RuntimeDefault instead, to keep intruders from the ePHI of others.',
    },
  },
  pod(pod, { report }) {
    for (const unconfined of unconfinedProfiles(pod, SECCOMP_TYPE, 'seccomp profile')) report(unconfined);
    const undecided = isWindows(pod) ? [] : undecidedContainers(pod, SECCOMP_TYPE);
    for (const { entry, container } of seccompAnnotationsOf(pod)) {
      const concerned = undecided.filter((candidate) => container === undefined || candidate === container);
      if (concerned.length === 0) continue;
      report({
        at: entry.value,
        messageId: 'annotation',
        data: { subject: titleOf(container) },
        fixes: [
          {
            title: 'Set the seccomp profile RuntimeDefault',
            applicability: 'review',
            operations: [
              remove(entry.value.path, { pruneTo: pod.spec.path.length - 1 }),
              ...setDefault(pod, concerned, SECCOMP_TYPE, 'RuntimeDefault'),
            ],
          },
        ],
      });
    }
  },
});
