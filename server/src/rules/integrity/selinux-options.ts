import {
  SE_LINUX_ROLE,
  SE_LINUX_TYPE,
  SE_LINUX_USER,
  type SecurityField,
} from '../../analysis/pod-security/fields.ts';
import { removeSetting } from '../../analysis/pod-security/operations.ts';
import { settingsOf } from '../../analysis/pod-security/settings.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { defineRule } from '../rule.ts';

/** Types for containers; an empty one is the runtime's choice. */
export const CONTAINER_TYPES: ReadonlySet<string> = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

const FIELDS: readonly { field: SecurityField<string>; isAllowed: (value: string) => boolean }[] = [
  { field: SE_LINUX_TYPE, isAllowed: (type) => CONTAINER_TYPES.has(type) },
  { field: SE_LINUX_USER, isAllowed: (user) => user === '' },
  { field: SE_LINUX_ROLE, isAllowed: (role) => role === '' },
];

/**
 * SELinux options that lift confinement: a type that is not for containers, or a user or role of one's own.
 *
 * Source: Pod Security Standards, Baseline, "SELinux".
 */
export const seLinuxOptions = defineRule({
  id: 'selinux-options',
  meta: {
    title: 'SELinux confinement is changed',
    safeguard: 'integrity',
    rationale:
      'SELinux keeps containers from the files of their node and of each other by their type. Another type, such as spc_t, lets a container read and change what it holds there, ePHI included.',
    remediation: 'Remove type, user and role from seLinuxOptions; level may stay.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-3(3)', 'CM-7'],
      benchmark: 'Pod Security Standards: Baseline, SELinux; CIS Kubernetes Benchmark 5.7.3',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      changed:
        '{subject} runs under an SELinux {option} that is not for containers, so it may reach files of its node and ePHI of other pods. Remove the {option}.',
    },
  },
  pod(pod, { report }) {
    for (const { field, isAllowed } of FIELDS) {
      const option = String(field.path.at(-1));
      for (const setting of settingsOf(pod, field)) {
        if (isAllowed(setting.value)) continue;
        report({
          at: setting.at,
          messageId: 'changed',
          data: { subject: titleOf(setting.container), option },
          fixes: [
            {
              title: `Remove the SELinux ${option}`,
              applicability: 'review',
              operations: [removeSetting(pod, setting)],
            },
          ],
        });
      }
    }
  },
});
