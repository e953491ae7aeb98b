import { isControlPlanePod } from '../../analysis/control-plane/static-pod.ts';
import { subjectsOf } from '../../analysis/rbac/bindings.ts';
import type { World } from '../../analysis/world.ts';
import { type Pod, serviceAccountOf } from '../../kubernetes/pods.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix, type Operation } from '../rule.ts';

/**
 * A workload that runs as the ServiceAccount `default` of its namespace, or a binding to it.
 *
 * Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export const defaultServiceAccount = defineRule({
  id: 'default-service-account',
  meta: {
    title: 'Default ServiceAccount',
    safeguard: 'access-control',
    rationale:
      'All pods that name no ServiceAccount share the identity "default", so what one of them may do all may, and the audit log cannot tell them apart. Each service that touches ePHI needs an identity of its own.',
    remediation: 'Give the workload a ServiceAccount of its own and bind roles to that.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(a)(2)(i)', '164.312(d)'],
      nist: ['AC-6', 'IA-9'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.5',
      urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/'],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      workload:
        '{kind} "{name}" runs as the ServiceAccount "default", which it shares with others: access to ePHI cannot be told apart. Give it one of its own.',
      binding:
        'Every pod without a ServiceAccount of its own gets role "{role}". Bind a ServiceAccount that one workload uses.',
    },
  },
  pod(pod, { report, world }) {
    if (isControlPlanePod(pod)) return;
    const account = serviceAccountOf(pod);
    if (account?.text !== undefined && account.text !== '' && account.text !== 'default') return;
    const { kind, name } = pod.workload;
    const place = account === undefined ? { at: pod.spec, missing: ['serviceAccountName'] } : { at: account };
    report({ ...place, messageId: 'workload', data: { kind, name }, fixes: ownAccount(pod, world) });
  },
  resource: {
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    check(binding, { report }) {
      for (const { kind, name, value } of subjectsOf(binding)) {
        if (kind !== 'ServiceAccount' || name !== 'default') continue;
        const role = binding.root.at(['roleRef', 'name'])?.text ?? '';
        report({ at: value.get('name') ?? value, messageId: 'binding', data: { role } });
      }
    },
  },
});

/** Names an account after the workload; the account is written beside it unless it exists. */
export function ownAccount({ workload, spec }: Pod, world: World): Fix[] {
  const { name, namespace, metadata } = workload;
  if (metadata?.get('name')?.text === undefined || name === 'default') return [];
  const operations: Operation[] = [set([...spec.path, 'serviceAccountName'], name)];
  const exists = world.matching('service-account', 'name', name).some((fact) => fact.namespace === namespace);
  if (!exists) {
    operations.push({
      op: 'add-document',
      value: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
        automountServiceAccountToken: false,
      },
    });
  }
  return [{ title: `Use a ServiceAccount "${name}"`, applicability: 'review', operations }];
}
