import {
  isCertificate,
  issuerOf,
  LEAST_BITS,
  privateKeyOf,
} from '../../analysis/certificates/certificate.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type RuleContext } from '../rule.ts';

/**
 * A key too short to protect anything, or a certificate that vouches for itself. What webhooks present may be self-signed where cert-manager hands
 * it to the API server as the one to trust.
 *
 * Source: NIST SP 800-57 part 1 revision 5, table 2; https://cert-manager.io/docs/configuration/selfsigned/
 */
export const certificateWeakKey = defineRule({
  id: 'certificate-weak-key',
  meta: {
    title: 'Weak or self-signed certificate',
    safeguard: 'transmission-security',
    rationale:
      'Short keys can be broken, and with the key everything that TLS was to protect. A self-signed certificate cannot be told from that of somebody in between, so clients learn to trust anything.',
    remediation: 'Use RSA with 2048 bits or more, or ECDSA with 256 or more, from a CA that clients know.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-12', 'SC-13', 'SC-17'],
      urls: [
        'https://doi.org/10.6028/NIST.SP.800-57pt1r5',
        'https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificatePrivateKey',
        'https://cert-manager.io/docs/configuration/selfsigned/',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      short:
        'A key of {size} bits ({algorithm}) can be broken, and with it the encryption of ePHI in transit. Use {wanted} bits.',
      selfSigned:
        'Certificate "{name}" vouches for itself ({kind} "{issuer}" is self-signed), so clients cannot tell it from that of somebody in between. Sign it with a CA.',
    },
  },
  resource: {
    check(resource, { report, world }) {
      if (isCertificate(resource)) {
        const { algorithm, size, sizeAt } = privateKeyOf(resource);
        checkSize(algorithm, size, sizeAt, report);
        checkIssuer(resource, report, world);
        return;
      }
      const { annotations } = resource;
      const algorithm = annotations.get('cert-manager.io/private-key-algorithm') ?? 'RSA';
      const sizeAt = resource.metadata?.at(['annotations', SIZE_ANNOTATION]);
      checkSize(algorithm.toUpperCase(), Number(sizeAt?.text ?? Number.NaN), sizeAt, report);
    },
  },
});

type Report = RuleContext<'short' | 'selfSigned'>['report'];

/** Source: https://cert-manager.io/docs/usage/ingress/#supported-annotations */
const SIZE_ANNOTATION = 'cert-manager.io/private-key-size';

/** RSA with 2048 bits is good until 2030 only, so that new keys get more. */
const WANTED_BITS: ReadonlyMap<string, number> = new Map([
  ['RSA', 3072],
  ['ECDSA', 256],
]);

function checkSize(algorithm: string, size: number | undefined, at: Value | undefined, report: Report): void {
  const least = LEAST_BITS.get(algorithm);
  const wanted = WANTED_BITS.get(algorithm);
  if (least === undefined || wanted === undefined || at === undefined) return;
  if (size === undefined || Number.isNaN(size) || size >= least || size <= 0) return;
  report({
    at,
    messageId: 'short',
    data: { size, algorithm, wanted },
    fixes: [
      {
        title: `Use ${wanted} bits`,
        applicability: 'review',
        operations: [set(at.path, at.number === undefined ? String(wanted) : wanted)],
      },
    ],
  });
}

function checkIssuer(certificate: Resource, report: Report, world: World): void {
  const { name, namespace, spec } = certificate;
  const reference = spec?.at(['issuerRef', 'name']);
  const issuer = issuerOf(certificate, world);
  if (reference === undefined || issuer?.selfSigned !== true || spec?.get('isCA')?.boolean === true) return;
  // Kustomize completes `$(CERTIFICATE_NAME)` in other files.
  const isHandedOut = world
    .facts('ca-injection')
    .some(({ certificate: path }) => path === `${namespace ?? ''}/${name}` || path.includes('$('));
  if (isHandedOut) return;
  report({
    at: reference,
    messageId: 'selfSigned',
    data: { name, kind: issuer.kind, issuer: issuer.name },
    relatedObjects: [objectOf(issuer, 'The issuer signs by no authority.')],
  });
}
