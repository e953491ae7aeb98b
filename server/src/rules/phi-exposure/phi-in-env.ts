import { namesOf } from '../../analysis/pod-security/wording.ts';
import { phiIn } from '../detection.ts';
import { envValuesOf, moveToSecretFix } from '../env-values.ts';
import { defineRule } from '../rule.ts';
import { placeOf, redactFixes } from '../sensitive-text.ts';

/**
 * An identifier of a person as a literal in a container's environment.
 *
 * Source: 45 CFR 164.514(b)(2)(i), the eighteen identifiers; https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export const phiInEnv = defineRule({
  id: 'phi-in-env',
  meta: {
    title: 'PHI in an environment variable',
    safeguard: 'phi-exposure',
    rationale:
      'The environment of a container is written into version control, shown by kubectl describe, copied to every child process and into crash reports. Whoever can look at a pod then looks at a person.',
    remediation:
      'Let the program read records from the system that is meant for them. A value that has to be configured and identifies a person belongs in a Secret, better mounted as a file.',
    references: {
      hipaa: ['164.312(a)(1)', '164.502(b)', '164.514(b)(2)'],
      nist: ['AC-3', 'SC-28', 'PT-7'],
      urls: ['https://kubernetes.io/docs/concepts/configuration/secret/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      phi: 'Environment variable {variable} of {container} holds PHI: {label} ({masked}). Everyone who may read the manifest or describe the pod sees it; remove it.',
    },
  },
  pod(pod, { report, settings }) {
    for (const env of envValuesOf(pod)) {
      const { scalar, name, siblings, container } = env;
      const context = { keys: ['env', name], place: 'env', siblings } as const;
      for (const { detection, weight } of phiIn(scalar.decoded, scalar.path, context, settings)) {
        report({
          at: placeOf(scalar, pod.workload.document.text, detection),
          messageId: 'phi',
          data: {
            variable: name,
            container: namesOf([container]),
            label: detection.label,
            masked: detection.masked,
          },
          ...weight,
          fixes: [moveToSecretFix(pod, env, 'phi'), ...redactFixes(scalar, detection, context, 'phi')],
        });
      }
    }
  },
});
