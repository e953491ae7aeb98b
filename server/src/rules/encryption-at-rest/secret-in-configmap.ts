import type { Detection } from '../../detect/index.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { type DataEntry, dataEntriesOf, moveKeyFix } from '../data-entries.ts';
import { credentialsIn } from '../detection.ts';
import { defineRule, type Fix } from '../rule.ts';
import { placeOf, redactFixes, shownKey } from '../sensitive-text.ts';

/**
 * A credential in a ConfigMap: as the value of a key, or inside JSON, YAML, properties, .env, XML, INI or a script that a key holds.
 *
 * Source: https://kubernetes.io/docs/concepts/configuration/configmap/ ("ConfigMap does not provide secrecy or encryption. If the data you want
 * to store are confidential, use a Secret rather than a ConfigMap").
 */
export const secretInConfigMap = defineRule({
  id: 'secret-in-configmap',
  meta: {
    title: 'Credential in a ConfigMap',
    safeguard: 'encryption-at-rest',
    rationale:
      'A ConfigMap is stored in clear text, and many more may read it than Secrets: viewers of the namespace, deployment tools, everyone with the repository. With the credential they open the database or the service, and the ePHI behind it, under an identity that is not theirs.',
    remediation:
      'Have the credential revoked where it was issued: it has been exposed. Put the new one into a Secret that comes from a secret manager, and let the configuration refer to a variable or a file for it.',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.308(a)(5)(ii)(D)', '164.312(d)'],
      nist: ['IA-5', 'SC-28'],
      benchmark: 'CIS Kubernetes Benchmark 5.4.1',
      urls: [
        'https://kubernetes.io/docs/concepts/configuration/configmap/',
        'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      credential:
        'ConfigMap "{name}" holds a credential in clear text under {key}: {label}. It opens ePHI to everyone who may read configuration; replace it at its issuer and keep it in a Secret.',
    },
  },
  resource: {
    kinds: ['ConfigMap'],
    check(configMap, { report, settings }) {
      if (configMap.group !== '') return;
      for (const data of dataEntriesOf(configMap, ['data', 'binaryData'], 'configmap', 'binaryData')) {
        const { entry, scalar, context } = data;
        for (const { detection, weight } of credentialsIn(scalar.decoded, scalar.path, context, settings)) {
          report({
            at: placeOf(scalar, configMap.document.text, detection),
            messageId: 'credential',
            data: { name: configMap.name, key: shownKey(entry.key), label: detection.label },
            ...weight,
            fixes: fixesFor(configMap, data, detection),
          });
        }
      }
    },
  },
});

/** A key that is the credential moves as a whole; in a file under a key only the credential goes, and the rest stays configuration. */
function fixesFor(configMap: Resource, { entry, scalar, context }: DataEntry, detection: Detection): Fix[] {
  const move = moveKeyFix(configMap, entry, 'credentials');
  const redact = redactFixes(scalar, detection, context, 'credentials');
  const isFile = scalar.decoded.trim().includes('\n') || /^\s*[[{<]/.test(scalar.decoded);
  return isFile || detection.encoded !== undefined ? [...redact, move] : [move, ...redact];
}
