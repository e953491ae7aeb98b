import { APP_ARMOR_TYPE } from '../../analysis/pod-security/fields.ts';
import { appArmorAnnotationsOf } from '../../analysis/pod-security/profiles.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';
import { unconfinedProfiles } from '../unconfined-profiles.ts';

/**
 * A container taken out of AppArmor, by the field or by the annotation that came before it.
 *
 * Source: Pod Security Standards, Baseline, "AppArmor".
 */
export const appArmorProfile = defineRule({
  id: 'apparmor-profile',
  meta: {
    title: 'AppArmor is switched off',
    safeguard: 'integrity',
    rationale:
      'On nodes with AppArmor, the profile of the runtime keeps containers from files and actions that are none of theirs. Without it one wall fewer stands between an intruder and the ePHI on the node.',
    remediation:
      'Remove the setting or set RuntimeDefault; a profile of your own (Localhost) is fine as well.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-3(3)', 'CM-7'],
      benchmark: 'Pod Security Standards: Baseline, AppArmor; CIS Kubernetes Benchmark 5.7.3',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/tutorials/security/apparmor/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      unconfined:
        '{subject} runs without AppArmor, which keeps intruders from files of the node and the ePHI there. Set the AppArmor profile RuntimeDefault.',
      annotation:
        'This annotation takes AppArmor away, which keeps intruders from files of the node and the ePHI there. Set it to runtime/default.',
    },
  },
  pod(pod, { report }) {
    for (const unconfined of unconfinedProfiles(pod, APP_ARMOR_TYPE, 'AppArmor profile')) report(unconfined);
    for (const { value } of appArmorAnnotationsOf(pod)) {
      report({
        at: value,
        messageId: 'annotation',
        fixes: [
          {
            title: 'Set the AppArmor profile runtime/default',
            applicability: 'review',
            operations: [set(value.path, 'runtime/default')],
          },
        ],
      });
    }
  },
});
