import { ciphersIn, weaknessOf } from '../../analysis/tls/ciphers.ts';
import { type TlsSetting, tlsSettingsOf } from '../../analysis/tls/settings.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { ListValue, type ScalarValue } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';
import { rewriteFix } from './rewrite.ts';

/**
 * A list of cipher suites with one that is weak: RC4, 3DES, NULL, export strength, anonymous, MD5, or CBC with SHA-1.
 *
 * Source: RFC 9325; NIST SP 800-52 r2, 3.3.1. The places are those of `analysis/tls/settings-table.ts`.
 */
export const weakTlsCipher = defineRule({
  id: 'weak-tls-cipher',
  meta: {
    title: 'Weak TLS cipher suite',
    safeguard: 'transmission-security',
    rationale:
      'A connection is as strong as the weakest suite that both sides accept, and whoever is on the way can choose it for them. With RC4, 3DES or no encryption at all ePHI can be recovered from what was recorded.',
    remediation:
      'Offer suites with AES-GCM or ChaCha20-Poly1305 and an ephemeral key exchange, or leave the list to the product.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-13'],
      benchmark: 'NIST SP 800-52 r2, 3.3.1; CIS Kubernetes Benchmark 1.2.29',
      urls: ['https://www.rfc-editor.org/rfc/rfc9325', 'https://csrc.nist.gov/pubs/sp/800/52/r2/final'],
    },
    severity: 'warning',
    scope: 'document',
    requiredAsProposed: true,
    messages: {
      weak: 'TLS of {product} offers {suites} ({setting}): {weakness} does not protect ePHI on the way. Remove it from the list.',
    },
  },
  resource: {
    check(resource, { report }) {
      for (const setting of tlsSettingsOf(resource)) {
        if (setting.decides !== 'ciphers') continue;
        const { weak, without } = ciphersIn(setting.text);
        const [first] = weak;
        if (first === undefined) continue;
        const { at, part } = setting;
        const isPart = part !== undefined && at.via === undefined;
        report({
          at: isPart ? { range: sourceRangeOf(at, resource.document.text, part), within: at } : at,
          messageId: 'weak',
          data: {
            product: setting.product,
            setting: setting.setting,
            suites: weak.join(', '),
            weakness: weaknessOf(first.replace(/^\+/, '')) ?? '',
          },
          fixes: fixesFor(setting, without),
        });
      }
    },
  },
});

/** Where no suite was good, the product's own list takes the place of this one; inside other texts that is for people to do. */
function fixesFor(setting: TlsSetting, without: string): Fix[] {
  const { at, part } = setting;
  if (without !== '') return [rewriteFix(setting, without, 'Remove the weak suites')];
  if (part !== undefined || at.via !== undefined) return [];
  if (at.parent instanceof ListValue) {
    const [title, { path }] = hasGoodNeighbour(at, at.parent)
      ? (['Remove the suite', at] as const)
      : ([LEAVE_IT, at.parent] as const);
    return [{ title, applicability: 'review', operations: [remove(path)] }];
  }
  // A variable without a value is still set.
  if (at.path.at(-1) === 'value') return [];
  return [{ title: LEAVE_IT, applicability: 'review', operations: [remove(at.path)] }];
}

const LEAVE_IT = 'Remove the list, so that the default of the product counts';

function hasGoodNeighbour(at: ScalarValue, list: ListValue): boolean {
  return list.items.some(
    (item) => item !== at && item.text !== undefined && ciphersIn(item.text).weak.length === 0,
  );
}
