import { type Detection, detectPhi } from '../../detect/index.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { remove } from '../../syntax/edit/operations.ts';
import type { Entry, ScalarValue } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';
import { placeOf, redactFix, secretSkeleton, shownKey, textScalar } from '../sensitive-text.ts';

/** Above this many values a ConfigMap is no record of one person. */
const MAX_RECORD = 40;

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
      'Move records of persons into the system that is meant for them, and test data to values that were made up. What has to be configured and identifies a person belongs into a Secret, which is encrypted and whose readers are few.',
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
    check(configMap, { report }) {
      if (configMap.group !== '') return;
      for (const { entry, scalar, detection } of detectionsIn(configMap)) {
        report({
          at: placeOf(scalar, configMap, detection),
          messageId: 'phi',
          data: {
            name: configMap.name,
            key: shownKey(entry.key),
            label: detection.label,
            masked: detection.masked,
          },
          confidence: detection.confidence,
          fixes: fixesFor(configMap, entry, scalar, detection),
        });
      }
    },
  },
});

interface Found {
  readonly entry: Entry;
  readonly scalar: ScalarValue;
  readonly detection: Detection;
}

function detectionsIn(configMap: Resource): Found[] {
  return ['data', 'binaryData'].flatMap((section) => {
    const entries = configMap.root.get(section)?.entries ?? [];
    const short = entries.flatMap(({ key, value }) =>
      value.text === undefined || value.text.includes('\n') ? [] : { key, value: value.text },
    );
    return entries.flatMap((entry) => {
      const scalar = textScalar(entry.value);
      if (scalar === undefined) return [];
      const siblings = short.length > MAX_RECORD ? [] : short.filter(({ key }) => key !== entry.key);
      const context = { keys: [section, entry.key], place: 'configmap', siblings } as const;
      return detectPhi(scalar.decoded, context).map((detection) => ({ entry, scalar, detection }));
    });
  });
}

function fixesFor(configMap: Resource, entry: Entry, scalar: ScalarValue, detection: Detection): Fix[] {
  const redact = redactFix(scalar, detection);
  const secret = `${configMap.name}-phi`;
  return [
    ...(redact === undefined ? [] : [redact]),
    {
      title: `Move the key to the Secret "${secret}", without its value`,
      applicability: 'review',
      operations: [remove(entry.value.path), secretSkeleton(secret, configMap.namespace)],
    },
  ];
}
