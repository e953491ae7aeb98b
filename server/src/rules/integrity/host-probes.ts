import { handlerHostsOf } from '../../analysis/pod-security/handlers.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A probe or lifecycle handler that makes the kubelet call another host than the pod.
 *
 * Source: Pod Security Standards, Baseline, "Host Probes / Lifecycle Hooks" (1.34 and later).
 */
export const hostProbes = defineRule({
  id: 'host-probes',
  meta: {
    title: 'Probe calls another host than its pod',
    safeguard: 'integrity',
    rationale:
      'The kubelet makes these calls from the network of the node, so a host named here lets the author of a manifest reach what only nodes can reach. Services that hold ePHI may trust such callers.',
    remediation:
      'Remove host, so that the pod itself is called; where a server needs a name, set it as a Host header in httpHeaders.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'AC-4'],
      benchmark: 'Pod Security Standards: Baseline, Host Probes / Lifecycle Hooks',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      host: '{subject}: {handler} makes the node call the host named here instead of the pod, from a network that services with ePHI may trust. Remove host.',
    },
  },
  pod({ containers }, { report }) {
    for (const container of containers) {
      for (const { handler, host } of handlerHostsOf(container)) {
        report({
          at: host,
          messageId: 'host',
          data: { subject: titleOf(container), handler },
          fixes: [{ title: 'Remove host', applicability: 'review', operations: [remove(host.path)] }],
        });
      }
    }
  },
});
