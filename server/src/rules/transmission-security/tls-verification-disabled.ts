import { type Unverified, unverifiedConnectionsOf } from '../../analysis/endpoints/verification.ts';
import { remove, replaceText, set } from '../../syntax/edit/operations.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { defineRule, type Fix, type Place } from '../rule.ts';

/**
 * A program that talks TLS without verifying whom it talks to: by a variable, a flag, a field, a parameter of a connection string or a
 * command. Talk of a pod with itself is none of it.
 *
 * Source: RFC 9110, 4.3.4 (a client verifies the server's identity); https://www.postgresql.org/docs/current/libpq-ssl.html, table 34.1. The
 * settings are those of `analysis/endpoints/verification.ts`.
 */
export const tlsVerificationDisabled = defineRule({
  id: 'tls-verification-disabled',
  meta: {
    title: 'Certificates are not verified',
    safeguard: 'transmission-security',
    rationale:
      'Encryption helps only when the right party is at the other end: whoever is on the way shows any certificate, reads ePHI and passes it on. Nobody notices, since the connection looks encrypted to both sides.',
    remediation:
      "Verify certificates. When the other side has one of its own authority, mount that authority's certificate and name it (`NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`, `caBundle`, `sslrootcert`, `--cacert`).",
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(i)', '164.312(d)'],
      nist: ['SC-8', 'SC-23', 'IA-3'],
      urls: [
        'https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4',
        'https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue',
        'https://www.postgresql.org/docs/current/libpq-ssl.html',
        'https://kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      setting:
        '{words} takes any certificate ({setting}): whoever is on the way can pass for the other side and read ePHI. Verify certificates, with the authority that signed them.',
      parameter:
        '{words} does not verify the server of its database ({setting}): whoever is on the way can pass for it and read ePHI. Set {instead}, with the authority that signed its certificate.',
      build:
        '{words} takes images from a registry without verified TLS ({setting}): what runs beside ePHI may not be what was pushed. Give the registry a certificate.',
    },
  },
  resource: {
    check(resource, { report }) {
      for (const unverified of unverifiedConnectionsOf(resource)) {
        const { kind, words, setting, repair } = unverified;
        report({
          at: placeOf(unverified, resource.document.text),
          messageId: kind,
          data: { words, setting, instead: repair?.to === 'set' ? repair.newText : 'verification' },
          ...(kind === 'build' ? { severity: 'information' as const } : {}),
          fixes: fixesFor(unverified),
        });
      }
    },
  },
});

function placeOf({ scalar, part }: Unverified, text: string): Place {
  if (scalar.via !== undefined || part === undefined) return scalar;
  return { range: sourceRangeOf(scalar, text, part), within: scalar };
}

/** The other side may have a certificate that nobody trusts yet, so a person decides. */
function fixesFor({ scalar, repair }: Unverified): Fix[] {
  if (repair === undefined || scalar.via !== undefined) return [];
  const title = 'Verify certificates';
  const { path } = scalar;
  if (repair.to === 'remove') {
    // A variable goes with its name.
    const isVariable = path.at(-1) === 'value' && path.at(-3) === 'env';
    return [{ title, applicability: 'review', operations: [remove(isVariable ? path.slice(0, -1) : path)] }];
  }
  const newText = repair.to === 'set' ? repair.newText : '';
  const isWhole = repair.part.start === 0 && repair.part.end === scalar.decoded.length;
  const operation = isWhole ? set(path, newText) : replaceText(path, repair.part, newText);
  return [{ title, applicability: 'review', operations: [operation] }];
}
