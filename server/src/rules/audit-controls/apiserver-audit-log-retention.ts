import {
  CONTROL_PLANE_KINDS,
  type ComponentSettings,
  settingsOf,
} from '../../analysis/control-plane/index.ts';
import { RETENTION_DAYS } from '../../analysis/retention.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * An audit log that the API server deletes before six years have passed. Without `--audit-log-maxage`, or with 0, age deletes nothing; `--audit-log-maxbackup`
 * above 0 deletes the oldest file whatever its age. A webhook counts as forwarding: what happens there is decided elsewhere.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#log-backend
 */
export const apiserverAuditLogRetention = defineRule({
  id: 'apiserver-audit-log-retention',
  meta: {
    title: 'Audit log deleted too early',
    safeguard: 'audit-controls',
    rationale:
      'Documentation of actions that the Security Rule requires is kept for six years. Audit records of access to ePHI that are deleted after weeks cannot show what happened.',
    remediation: `Keep the log for ${RETENTION_DAYS} days, or forward it to a store that does.`,
    references: {
      hipaa: ['164.316(b)(2)(i)', '164.312(b)'],
      nist: ['AU-11'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.17, 1.2.18',
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#log-backend'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      age: `Audit records are deleted after {days} days; records about ePHI are kept for six years. Set ${RETENTION_DAYS}, or forward the log.`,
      count:
        'At most {files} audit log files are kept, so older records about ePHI are deleted whatever their age. Set 0, or forward the log.',
    },
  },
  resource: {
    kinds: CONTROL_PLANE_KINDS,
    check(resource, { report }) {
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver === undefined || apiserver.flag('audit-webhook-config-file') !== undefined) return;
      const age = apiserver.flag('audit-log-maxage');
      const days = Number(age?.value);
      if (age !== undefined && days > 0 && days < RETENTION_DAYS) {
        report({
          at: age.at,
          messageId: 'age',
          data: { days },
          fixes: [setting(apiserver, 'audit-log-maxage', RETENTION_DAYS)],
        });
      }
      const backups = apiserver.flag('audit-log-maxbackup');
      const files = Number(backups?.value);
      if (backups !== undefined && files > 0) {
        report({
          at: backups.at,
          messageId: 'count',
          data: { files },
          fixes: [setting(apiserver, 'audit-log-maxbackup', 0)],
        });
      }
    },
  },
});

function setting(apiserver: ComponentSettings, name: string, value: number): Fix {
  return {
    title: `Set --${name}=${value}`,
    applicability: 'review',
    operations: apiserver.set(name, String(value)),
  };
}
