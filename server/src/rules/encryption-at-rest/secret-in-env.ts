import { namesOf } from '../../analysis/pod-security/wording.ts';
import { credentialsIn } from '../detection.ts';
import { envValuesOf, moveToSecretFix } from '../env-values.ts';
import { defineRule } from '../rule.ts';
import { placeOf, redactFixes } from '../sensitive-text.ts';

/**
 * A credential as a literal in a container's environment: a token by its structure, a private key, a password under a name that says so, a
 * connection string with a password.
 *
 * Source: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
 */
export const secretInEnv = defineRule({
  id: 'secret-in-env',
  meta: {
    title: 'Credential in an environment variable',
    safeguard: 'encryption-at-rest',
    rationale:
      'A credential in a manifest is in version control for ever, readable for everyone who can clone it or describe the pod. With it they open the database or the service, and the ePHI behind it, under an identity that is not theirs.',
    remediation:
      'Have the credential revoked where it was issued: it has been exposed. Put the new one into a Secret that comes from a secret manager, and refer to it by secretKeyRef or mount it as a file.',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.308(a)(5)(ii)(D)', '164.312(d)'],
      nist: ['IA-5', 'SC-28'],
      benchmark: 'CIS Kubernetes Benchmark 5.4.1',
      urls: [
        'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
        'https://kubernetes.io/docs/concepts/configuration/secret/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      credential:
        'Environment variable {variable} of {container} holds a credential in clear text: {label}. It opens ePHI to everyone who can read the manifest; replace it at its issuer and refer to a Secret.',
    },
  },
  pod(pod, { report, settings }) {
    for (const env of envValuesOf(pod)) {
      const { scalar, name, container } = env;
      const context = { keys: ['env', name], place: 'env' } as const;
      for (const { detection, weight } of credentialsIn(scalar.decoded, scalar.path, context, settings)) {
        report({
          at: placeOf(scalar, pod.workload.document.text, detection),
          messageId: 'credential',
          data: { variable: name, container: namesOf([container]), label: detection.label },
          ...weight,
          fixes: [
            moveToSecretFix(pod, env, 'credentials'),
            ...redactFixes(scalar, detection, context, 'credentials'),
          ],
        });
      }
    }
  },
});
