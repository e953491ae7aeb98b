import { dataEntriesOf, moveKeyFix } from '../data-entries.ts';
import { phiIn } from '../detection.ts';
import { defineRule } from '../rule.ts';
import { placeOf, redactFixes, shownKey } from '../sensitive-text.ts';

/**
 * An identifier of a person in a ConfigMap: plain, or inside JSON, CSV, properties, HL7 and the like.
 *
 * Source: 45 CFR 164.514(b)(2)(i), the eighteen identifiers; https://kubernetes.io/docs/concepts/configuration/configmap/ ("does not provide
 * secrecy or encryption").
 */
export const phiInConfigMap = defineRule({
  id: 'phi-in-configmap',
  meta: {
    title: 'PHI in a ConfigMap',
    safeguard: 'phi-exposure',
    rationale:
      'A ConfigMap has no secrecy: whoever may read configuration reads it, and it lies in version control, in etcd, in backups and in the output of deployment tools. None of them keeps track of who saw whose record.',
    remediation:
      'Move records of persons into the system that is meant for them, and test data to values that were made up. What has to be configured and identifies a person belongs in a Secret, which is encrypted and whose readers are few.',
    references: {
      hipaa: ['164.312(a)(1)', '164.502(b)', '164.514(b)(2)'],
      nist: ['AC-3', 'SC-28', 'PT-7'],
      urls: [
        'https://kubernetes.io/docs/concepts/configuration/configmap/',
        'https://www.hhs.gov/hipaa/for-professionals/special-topics/de-identification/index.html',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      phi: 'ConfigMap "{name}" holds PHI under {key}: {label} ({masked}). Everyone who may read configuration, version control or a backup sees it; remove it.',
    },
  },
  resource: {
    kinds: ['ConfigMap'],
    check(configMap, { report, settings }) {
      if (configMap.group !== '') return;
      for (const { entry, scalar, context } of dataEntriesOf(
        configMap,
        ['data', 'binaryData'],
        'configmap',
        'binaryData',
      )) {
        for (const { detection, weight } of phiIn(scalar.decoded, scalar.path, context, settings)) {
          report({
            at: placeOf(scalar, configMap.document.text, detection),
            messageId: 'phi',
            data: {
              name: configMap.name,
              key: shownKey(entry.key),
              label: detection.label,
              masked: detection.masked,
            },
            ...weight,
            fixes: [...redactFixes(scalar, detection, context, 'phi'), moveKeyFix(configMap, entry, 'phi')],
          });
        }
      }
    },
  },
});
