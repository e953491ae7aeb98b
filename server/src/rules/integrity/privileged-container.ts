import { titleOf } from '../../analysis/pod-security/wording.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A container with `privileged: true`: it has every capability and every device of its node, so whoever breaks out of it owns each pod that
 * runs there.
 *
 * Source: Pod Security Standards, Baseline, "Privileged Containers".
 */
export const privilegedContainer = defineRule({
  id: 'privileged-container',
  meta: {
    title: 'Privileged container',
    safeguard: 'integrity',
    rationale:
      'A privileged container can read and change everything on its node, the memory and volumes of other pods included. One compromised process then exposes all ePHI on the machine.',
    remediation: 'Set privileged to false and add only the capabilities that the program needs.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'CM-7'],
      benchmark: 'Pod Security Standards: Baseline, Privileged Containers; CIS Kubernetes Benchmark 5.2.2',
      urls: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      privileged:
        '{container} is privileged: it can reach every process and file of its node, ePHI of other pods included. Set privileged to false.',
    },
  },
  pod({ containers }, { report }) {
    for (const container of containers) {
      const privileged = container.value.at(['securityContext', 'privileged']);
      if (privileged?.boolean !== true) continue;
      report({
        at: privileged,
        messageId: 'privileged',
        data: { container: titleOf(container) },
        fixes: [
          {
            title: 'Set privileged: false',
            applicability: 'review',
            operations: [set(privileged.path, false)],
          },
        ],
      });
    }
  },
});
