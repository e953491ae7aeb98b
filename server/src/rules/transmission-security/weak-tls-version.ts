import { type TlsSetting, tlsSettingsOf } from '../../analysis/tls/settings.ts';
import { WEAK_POLICIES } from '../../analysis/tls/settings-table.ts';
import { isWeakVersion, tls12LikeIt, tlsVersionOf, versionsIn } from '../../analysis/tls/versions.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { defineRule, type Fix, type Place } from '../rule.ts';
import { rewriteFix } from './rewrite.ts';

/**
 * A setting that allows TLS below 1.2, in every place that `analysis/tls/settings-table.ts` knows. Nothing set is the product's default, which
 * current releases have at 1.2 or better.
 *
 * Source: RFC 8996 (TLS 1.0 and 1.1 must not be used); NIST SP 800-52 r2; HHS guidance on unsecured PHI, which refers to the latter.
 */
export const weakTlsVersion = defineRule({
  id: 'weak-tls-version',
  meta: {
    title: 'TLS below version 1.2',
    safeguard: 'transmission-security',
    rationale:
      'TLS 1.0 and 1.1 and every SSL are broken and withdrawn: whoever is on the way can bring both sides down to them and read ePHI. Only encryption that meets NIST SP 800-52 keeps a breach of the transmission from being a breach of PHI.',
    remediation: 'Set TLS 1.2 as the minimum, or 1.3 where every client can speak it.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-13'],
      benchmark: 'NIST SP 800-52 r2, 3.1',
      urls: ['https://www.rfc-editor.org/rfc/rfc8996', 'https://csrc.nist.gov/pubs/sp/800/52/r2/final'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      version:
        'TLS of {product} may go down to {version} ({setting}), which is broken: ePHI can be read on the way. Set TLS 1.2.',
      maximum:
        'TLS of {product} goes up to {version} at most ({setting}), which is broken: ePHI can be read on the way. Remove the limit.',
      policy:
        'The policy {version} of {product} allows TLS below 1.2, which is broken: ePHI can be read on the way. Take {instead}.',
      elsewhere:
        'Which TLS versions {product} speaks is decided by the policy that {setting} names, outside of these files. Look there that ePHI never travels below TLS 1.2.',
    },
  },
  resource: {
    check(resource, { report }) {
      for (const setting of tlsSettingsOf(resource)) {
        const found = problemOf(setting);
        if (found === undefined) continue;
        const { product, setting: name } = setting;
        report({
          ...found,
          at: placeOf(setting, resource.document.text),
          data: { product, setting: name, ...found.data },
        });
      }
    },
  },
});

function placeOf({ at, part }: TlsSetting, text: string): Place {
  if (part === undefined || at.via !== undefined) return at;
  return { range: sourceRangeOf(at, text, part), within: at };
}

interface Problem {
  readonly messageId: 'version' | 'maximum' | 'policy' | 'elsewhere';
  readonly data?: Readonly<Record<string, string>>;
  readonly fixes?: readonly Fix[];
  readonly severity?: 'information';
}

function problemOf(setting: TlsSetting): Problem | undefined {
  const { text, decides } = setting;
  switch (decides) {
    case 'minimum':
      return isWeakVersion(tlsVersionOf(text)) ? versionProblem(setting, text, tls12LikeIt(text)) : undefined;
    case 'maximum':
      return isWeakVersion(tlsVersionOf(text)) ? maximumProblem(setting) : undefined;
    case 'versions': {
      const { weak, without } = versionsIn(text);
      return weak.length === 0 ? undefined : versionProblem(setting, weak.join(', '), without);
    }
    case 'policy': {
      const weak = WEAK_POLICIES.find(({ names }) => names.test(text));
      if (weak === undefined) return undefined;
      const fixes = [rewriteFix(setting, weak.instead, `Take ${weak.instead}`)];
      return { messageId: 'policy', data: { version: text, instead: weak.instead }, fixes };
    }
    case 'elsewhere':
      return { messageId: 'elsewhere', severity: 'information' };
    case 'ciphers':
      return undefined;
  }
}

function versionProblem(setting: TlsSetting, version: string, instead: string): Problem {
  return { messageId: 'version', data: { version }, fixes: [rewriteFix(setting, instead, 'Set TLS 1.2')] };
}

function maximumProblem({ at, part, text }: TlsSetting): Problem {
  const fix: Fix = { title: 'Remove the limit', applicability: 'review', operations: [remove(at.path)] };
  return { messageId: 'maximum', data: { version: text }, fixes: part === undefined ? [fix] : [] };
}
