import { serviceAccountOf } from '../../kubernetes/pods.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A pod into which the ServiceAccount's token is mounted. The pod's field decides, then the ServiceAccount's; when neither says anything the
 * token is mounted.
 *
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
 */
export const serviceAccountTokenAutomount = defineRule({
  id: 'service-account-token-automount',
  meta: {
    title: 'ServiceAccount token mounted into the pod',
    safeguard: 'access-control',
    rationale:
      'A mounted token is a credential for the Kubernetes API that every process of the pod can read. Most services never call that API, and whoever breaks into one would act with its permissions.',
    remediation:
      'Set automountServiceAccountToken: false; where the API is needed, mount a projected token that expires.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(d)'],
      nist: ['AC-6', 'IA-5'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.6',
      urls: [
        'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      mounted:
        'Every process of {kind} "{name}" can read a token for the Kubernetes API. Set automountServiceAccountToken: false unless it needs one.',
    },
  },
  pod(pod, { report, world }) {
    const { spec, workload } = pod;
    const field = spec.get('automountServiceAccountToken');
    if (field !== undefined && field.boolean !== true) return;
    if (field === undefined) {
      const account = serviceAccountOf(pod)?.text ?? 'default';
      const known = world
        .matching('service-account', 'name', account)
        .find(({ namespace }) => namespace === workload.namespace);
      if (known?.automountToken === false) return;
    }
    report({
      ...(field === undefined ? { at: spec, missing: ['automountServiceAccountToken'] } : { at: field }),
      messageId: 'mounted',
      data: { kind: workload.kind, name: workload.name },
      fixes: [
        {
          title: 'Set automountServiceAccountToken: false',
          applicability: 'review',
          operations: [set([...spec.path, 'automountServiceAccountToken'], false)],
        },
      ],
    });
  },
});
