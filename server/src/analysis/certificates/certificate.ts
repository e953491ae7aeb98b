import { secondsOf } from '../../kubernetes/durations.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import type { IssuerFact } from '../tls/facts.ts';
import type { World } from '../world.ts';

export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** How long certificates live that say nothing else. */
const DEFAULT_DURATION = 90 * DAY;

export function isCertificate({ group, kind }: Resource): boolean {
  return kind === 'Certificate' && /^cert-?manager\.(?:io|k8s\.io)$/.test(group);
}

export interface CertificateTimes {
  /** Seconds; the default when the manifest says none. */
  readonly duration: number;
  readonly durationAt: Value | undefined;
  /** Seconds before the end at which cert-manager renews. */
  readonly renewBefore: number;
  readonly renewBeforeAt: Value | undefined;
}

/**
 * When a Certificate ends and when it is renewed: a third of its life before the end, unless it says otherwise. Undefined where a duration is none.
 *
 * Source: https://cert-manager.io/docs/usage/certificate/#renewal
 */
export function certificateTimes({ spec }: Resource): CertificateTimes | undefined {
  const durationAt = spec?.get('duration');
  const duration = durationAt?.text === undefined ? DEFAULT_DURATION : secondsOf(durationAt.text);
  if (duration === undefined || duration <= 0) return undefined;
  const absolute = spec?.get('renewBefore');
  const percentage = spec?.get('renewBeforePercentage');
  const renewBefore =
    absolute?.text !== undefined
      ? secondsOf(absolute.text)
      : percentage?.number !== undefined
        ? (duration * percentage.number) / 100
        : duration / 3;
  if (renewBefore === undefined) return undefined;
  return { duration, durationAt, renewBefore, renewBeforeAt: absolute ?? percentage };
}

/** The issuer that a Certificate names, when it is in view. */
export function issuerOf({ spec, namespace }: Resource, world: World): IssuerFact | undefined {
  const reference = spec?.get('issuerRef');
  const kind = reference?.get('kind')?.text ?? 'Issuer';
  return world
    .matching('issuer', 'name', reference?.get('name')?.text ?? '')
    .find(
      (issuer) =>
        issuer.kind === kind &&
        (kind === 'ClusterIssuer' || (issuer.namespace ?? namespace) === (namespace ?? issuer.namespace)),
    );
}

/** A private key that a Certificate asks for, and where it says so. */
export interface PrivateKey {
  readonly algorithm: string;
  /** Bits; undefined for the algorithm's default and for algorithms of one size. */
  readonly size: number | undefined;
  readonly sizeAt: Value | undefined;
}

/** Source: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificatePrivateKey; old versions have the fields in `spec`. */
export function privateKeyOf({ spec }: Resource): PrivateKey {
  const key = spec?.get('privateKey');
  const sizeAt = key?.get('size') ?? spec?.get('keySize');
  const algorithm = key?.get('algorithm')?.text ?? spec?.get('keyAlgorithm')?.text ?? 'RSA';
  return { algorithm: algorithm.toUpperCase(), size: sizeAt?.number, sizeAt };
}

/** The least sizes in bits. Source: NIST SP 800-57 part 1, table 2 (112 bits of strength). */
export const LEAST_BITS: ReadonlyMap<string, number> = new Map([
  ['RSA', 2048],
  ['ECDSA', 256],
]);
