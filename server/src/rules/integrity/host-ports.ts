import { titleOf } from '../../analysis/pod-security/wording.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A container that opens a port of its node.
 *
 * Source: Pod Security Standards, Baseline, "Host Ports".
 */
export const hostPorts = defineRule({
  id: 'host-ports',
  meta: {
    title: 'Container opens a port of its node',
    safeguard: 'integrity',
    rationale:
      "A port of the node is reached from the node's network, past Services and Ingresses and what these demand of callers. ePHI behind it is open to every machine that can reach the node.",
    remediation: 'Remove hostPort and put a Service in front of the pod.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'CM-7'],
      benchmark: 'Pod Security Standards: Baseline, Host Ports; CIS Kubernetes Benchmark 5.2.13',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/concepts/configuration/overview/#services',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      hostPort:
        '{subject} opens port {port} of its node, past Services and Ingresses, to whoever reaches the node: ePHI behind it loses their protection. Remove hostPort.',
    },
  },
  pod({ containers }, { report }) {
    for (const container of containers) {
      for (const port of container.value.get('ports')?.items ?? []) {
        const hostPort = port.get('hostPort');
        if (hostPort?.number === undefined || hostPort.number === 0) continue;
        report({
          at: hostPort,
          messageId: 'hostPort',
          data: { subject: titleOf(container), port: hostPort.number },
          fixes: [{ title: 'Remove hostPort', applicability: 'review', operations: [remove(hostPort.path)] }],
        });
      }
    }
  },
});
