import { CONTROL_PLANE_KINDS, lacks, settingsOf } from '../../analysis/control-plane/index.ts';
import { defineRule } from '../rule.ts';

const POLICY_FILE = '/etc/kubernetes/audit-policy.yaml';

/**
 * An API server without an audit policy records nothing.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy
 */
export const apiserverAuditPolicyMissing = defineRule({
  id: 'apiserver-audit-policy-missing',
  meta: {
    title: 'API server without an audit policy',
    safeguard: 'audit-controls',
    rationale:
      'Without --audit-policy-file the API server records no event at all. Nobody can say afterwards who read a Secret, entered a pod or changed a role.',
    remediation: 'Write an audit policy, mount it into the API server and name it in --audit-policy-file.',
    references: {
      hipaa: ['164.312(b)'],
      nist: ['AU-2', 'AU-12'],
      benchmark: 'CIS Kubernetes Benchmark 3.2.1',
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      missing:
        'The API server records no events: who reaches ePHI cannot be examined. Set --audit-policy-file and mount the policy.',
    },
  },
  resource: {
    kinds: CONTROL_PLANE_KINDS,
    check(resource, { report }) {
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver === undefined || !lacks(apiserver, 'audit-policy-file')) return;
      report({
        ...apiserver.home,
        messageId: 'missing',
        fixes: [
          {
            title: `Set --audit-policy-file=${POLICY_FILE} and mount it`,
            applicability: 'review',
            operations: [
              ...apiserver.set('audit-policy-file', POLICY_FILE),
              ...apiserver.mount({ name: 'audit-policy', path: POLICY_FILE, type: 'File', readOnly: true }),
            ],
          },
        ],
      });
    },
  },
});
