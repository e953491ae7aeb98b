import { CONTROL_PLANE_KINDS, lacks, settingsOf } from '../../analysis/control-plane/index.ts';
import { defineRule } from '../rule.ts';

const LOG_FOLDER = '/var/log/kubernetes/audit';

/**
 * An API server that evaluates an audit policy but has nowhere to write what it records.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-backends
 */
export const apiserverAuditLogMissing = defineRule({
  id: 'apiserver-audit-log-missing',
  meta: {
    title: 'API server without an audit log',
    safeguard: 'audit-controls',
    rationale:
      'Events go to a log file or a webhook; with neither they are thrown away, whatever the policy says. Access to ePHI then leaves no trace.',
    remediation: 'Set --audit-log-path to a mounted folder, or --audit-webhook-config-file.',
    references: {
      hipaa: ['164.312(b)'],
      nist: ['AU-9', 'AU-12'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.16',
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-backends'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      missing:
        'The API server keeps no audit log: access to ePHI leaves no trace. Set --audit-log-path or --audit-webhook-config-file.',
    },
  },
  resource: {
    kinds: CONTROL_PLANE_KINDS,
    check(resource, { report }) {
      const apiserver = settingsOf('kube-apiserver', resource);
      if (
        apiserver === undefined ||
        !lacks(apiserver, 'audit-log-path') ||
        !lacks(apiserver, 'audit-webhook-config-file')
      )
        return;
      report({
        ...apiserver.home,
        messageId: 'missing',
        fixes: [
          {
            title: `Set --audit-log-path=${LOG_FOLDER}/audit.log and mount the folder`,
            applicability: 'review',
            operations: [
              ...apiserver.set('audit-log-path', `${LOG_FOLDER}/audit.log`),
              ...apiserver.mount({
                name: 'audit-log',
                path: LOG_FOLDER,
                type: 'DirectoryOrCreate',
                readOnly: false,
              }),
            ],
          },
        ],
      });
    },
  },
});
