import { decodedBase64, detectCredentials, mayBeSecret } from '../../detect/index.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { type PlainValue, remove, set } from '../../syntax/edit/operations.ts';
import type { Entry } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';

const SECTIONS = ['data', 'stringData'] as const;

/**
 * A Secret with its values in a file: base64 is an encoding and keeps nothing secret.
 *
 * Source: https://kubernetes.io/docs/concepts/security/secrets-good-practices/#avoid-sharing-secret-manifests
 */
export const secretManifestPlaintext = defineRule({
  id: 'secret-manifest-plaintext',
  meta: {
    title: 'Secret in plain text in a file',
    safeguard: 'encryption-at-rest',
    rationale:
      'The manifest of a Secret holds its values for everybody who has the file, since base64 is no encryption; in version control they stay for ever, in every clone. With them they open the systems that hold ePHI, under an identity that is not theirs.',
    remediation:
      'Have the values revoked where they were issued: they have been exposed. Keep the new ones in a secret manager and let the External Secrets Operator or the Secrets Store CSI driver bring them into the cluster, or encrypt the file with SOPS or Sealed Secrets.',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.308(a)(5)(ii)(D)', '164.312(d)'],
      nist: ['IA-5', 'SC-28'],
      benchmark: 'CIS Kubernetes Benchmark 5.4.2',
      urls: [
        'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
        'https://external-secrets.io/latest/api/externalsecret/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      one: 'Secret "{name}" holds a value in plain text: whoever has this file has it. Replace it at its issuer, and bring it into the cluster from a secret manager.',
      several:
        'Secret "{name}" holds {count} values in plain text: whoever has this file has them. Replace them at their issuers, and bring them into the cluster from a secret manager.',
    },
  },
  resource: {
    kinds: ['Secret'],
    check(secret, { report }) {
      // Encrypted by SOPS, which leaves a section with its own data.
      if (secret.group !== '' || secret.root.get('sops') !== undefined) return;
      for (const section of SECTIONS) {
        const key = secret.root.entries.find((entry) => entry.key === section);
        const count = (key?.value.entries ?? []).filter((entry) => isLiteral(entry, section)).length;
        if (key === undefined || count === 0) continue;
        report({
          at: { key },
          messageId: count === 1 ? 'one' : 'several',
          data: { name: secret.name, count },
          fixes: secret.name === '' ? [] : [externalSecretFix(secret)],
        });
      }
    },
  },
});

/** Settings that stand beside a credential; alone they are no secret, and neither are files of configuration without one. */
const SETTINGS =
  /(?:^|[-_.])(?:type|url|uri|name|user|username|login|host|hostname|port|database|db|dbname|project|server|region|zone|bucket|endpoint|provider|email|namespace|insecure|enabled|proxy|issuer|realm|scopes?|(?:client|tenant|account|subscription)[-_]?id)$/i;

/** Certificates and keys that everybody may have. */
const PUBLIC = /(?:\.(?:crt|cert|pub|ca)|^ca|^cert|known_hosts|ca-bundle[.\w]*)$/i;

/** The lines around a key or certificate, with nothing to speak of between them. */
const EMPTY_PEM = /-----BEGIN [A-Z0-9 ]+-----\s*(?:[^-\s]{0,40}\s*)?(?:-----END [A-Z0-9 ]+-----\s*)?$/;

function isLiteral({ key, value }: Entry, section: (typeof SECTIONS)[number]): boolean {
  const written = value.text?.trim() ?? '';
  const text = section === 'data' ? (decodedBase64(written) ?? written).trim() : written;
  if (!mayBeSecret(written) || !mayBeSecret(text) || EMPTY_PEM.test(text)) return false;
  return !isSetting(key, text) || holdsCredential(key, text);
}

function isSetting(key: string, text: string): boolean {
  if (SETTINGS.test(key.replace(/([a-z])([A-Z])/g, '$1_$2')) || PUBLIC.test(key)) return true;
  const isFile = text.includes('\n') && !text.includes('-----BEGIN');
  return (
    isFile ||
    /^(?:true|false|\d{1,5})$/.test(text) ||
    /-----BEGIN (?:TRUSTED )?(?:CERTIFICATE|PUBLIC KEY|X509 CRL)-----/.test(text)
  );
}

function holdsCredential(key: string, text: string): boolean {
  return detectCredentials(text, { keys: ['stringData', key], place: 'secret' }).length > 0;
}

/** An ExternalSecret that brings the same keys into a Secret of the same name; where they are kept is for a person to say. */
function externalSecretFix(secret: Resource): Fix {
  const { root, name } = secret;
  const at = (...path: string[]) => [...root.path, ...path];
  const keys = SECTIONS.flatMap((section) => root.get(section)?.entries ?? []).map(({ key }) => key);
  const type = root.get('type')?.text ?? 'Opaque';
  const spec: PlainValue = {
    refreshInterval: '1h',
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'your-secret-store' },
    target: type === 'Opaque' ? { name } : { name, template: { type } },
    data: [...new Set(keys)].map((key) => ({ secretKey: key, remoteRef: { key: name, property: key } })),
  };
  const gone = ['type', 'immutable', ...SECTIONS].filter((key) => root.get(key) !== undefined);
  return {
    title: 'Turn it into an ExternalSecret, without the values',
    applicability: 'review',
    operations: [
      set(at('apiVersion'), 'external-secrets.io/v1'),
      set(at('kind'), 'ExternalSecret'),
      ...gone.map((key) => remove(at(key))),
      set(at('spec'), spec),
    ],
  };
}
