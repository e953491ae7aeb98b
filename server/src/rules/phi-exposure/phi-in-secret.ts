import { dataEntriesOf } from '../data-entries.ts';
import { phiIn } from '../detection.ts';
import { defineRule } from '../rule.ts';
import { placeOf, redactFixes, shownKey } from '../sensitive-text.ts';

/**
 * An identifier of a person in a Secret's manifest: base64 is an encoding and hides nothing.
 *
 * Source: 45 CFR 164.514(b)(2)(i), the eighteen identifiers; https://kubernetes.io/docs/concepts/configuration/secret/ ("base64 encoding is
 * not an encryption method, it provides no additional confidentiality over plain text").
 */
export const phiInSecret = defineRule({
  id: 'phi-in-secret',
  meta: {
    title: 'PHI in the manifest of a Secret',
    safeguard: 'phi-exposure',
    rationale:
      'A Secret is only as secret as its file: in version control everybody who can clone it reads a person’s data, since base64 is no encryption. Secrets are made for credentials; nothing about them records whose record was read by whom.',
    remediation:
      'Keep records of persons in the system that is meant for them. Where a program really needs such a value at start, let a secret manager provide it, and leave the value out of the file.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(a)(2)(iv)', '164.502(b)', '164.514(b)(2)'],
      nist: ['AC-3', 'SC-28', 'PT-7'],
      urls: ['https://kubernetes.io/docs/concepts/configuration/secret/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      phi: 'Secret "{name}" holds PHI under {key}: {label} ({masked}). Whoever has the file has it; remove it.',
      encoded:
        'Secret "{name}" holds PHI under {key}, encoded in base64: {label}. Encoding is no encryption, and whoever has the file has it; remove it.',
    },
  },
  resource: {
    kinds: ['Secret'],
    check(secret, { report, settings }) {
      if (secret.group !== '') return;
      for (const { entry, scalar, context } of dataEntriesOf(
        secret,
        ['data', 'stringData'],
        'secret',
        'data',
      )) {
        for (const { detection, weight } of phiIn(scalar.decoded, scalar.path, context, settings)) {
          const { label, masked } = detection;
          report({
            at: placeOf(scalar, secret.document.text, detection),
            messageId: detection.encoded === undefined ? 'phi' : 'encoded',
            data: { name: secret.name, key: shownKey(entry.key), label, masked },
            ...weight,
            fixes: redactFixes(scalar, detection, context, 'phi'),
          });
        }
      }
    },
  },
});
