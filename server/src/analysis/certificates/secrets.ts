import { type Resource, textsOf } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import type { Origin } from '../origin.ts';
import type { World } from '../world.ts';

/** A Secret that something keeps up to date: a certificate that is renewed, or what a vault holds. */
export interface ManagedSecretFact extends Origin {
  readonly type: 'managed-secret';
  /** The Secret's name, while `name` is that of the object which makes it. */
  readonly secret: string;
  /** Whether copies of it may stand in other namespaces. */
  readonly isCopied: boolean;
}

/** A webhook or another object of the API that is given the certificate of a CA. */
export interface CaInjectionFact extends Origin {
  readonly type: 'ca-injection';
  /** `namespace/name` of the Certificate. */
  readonly certificate: string;
}

/**
 * The Secrets that a resource provides without anybody's hands.
 *
 * Source: https://cert-manager.io/docs/usage/certificate/, https://external-secrets.io/latest/api/externalsecret/,
 * https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret, https://developer.hashicorp.com/vault/docs/platform/k8s/vso/api-reference
 */
export function managedSecretFactsOf(resource: Resource, origin: Origin): ManagedSecretFact[] {
  const isCopied = copies(
    textsOf(resource.spec?.at(['secretTemplate', 'annotations'])),
    resource.annotations,
  );
  return secretNamesOf(resource).flatMap((value) => {
    const text = value === undefined ? resource.name : value.text;
    return text === undefined || text === ''
      ? []
      : [
          {
            type: 'managed-secret' as const,
            ...origin,
            secret: text,
            isCopied: isCopied || resource.kind === 'ClusterExternalSecret',
          },
        ];
  });
}

/** Where a resource writes the names of the Secrets that it provides; undefined for one that has the resource's own name. */
export function secretNamesOf(resource: Resource): readonly (Value | undefined)[] {
  const { group, kind, spec } = resource;
  switch (kind) {
    case 'Certificate':
      return group === 'networking.internal.knative.dev' || !/^cert-?manager\./.test(group)
        ? []
        : [spec?.get('secretName')];
    case 'ExternalSecret':
      return [spec?.at(['target', 'name'])];
    case 'ClusterExternalSecret':
      return [spec?.at(['externalSecretSpec', 'target', 'name']) ?? spec?.get('externalSecretName')];
    case 'VaultPKISecret':
    case 'VaultStaticSecret':
    case 'VaultDynamicSecret':
      return [spec?.at(['destination', 'name'])];
    case 'SecretProviderClass':
      return (spec?.get('secretObjects')?.items ?? []).flatMap((item) => item.get('secretName') ?? []);
    case 'Secret':
      return copies(new Map(), resource.annotations) ? [undefined] : [];
    default:
      return [];
  }
}

/** Annotations of tools that copy Secrets between namespaces. */
export const COPIES =
  /^(?:reflector\.v1\.k8s\.emberstack\.com|replicator\.v1\.mittwald\.de|kubed\.appscode\.com)\//;

function copies(...annotations: readonly ReadonlyMap<string, string>[]): boolean {
  return annotations.some((map) => [...map.keys()].some((key) => COPIES.test(key)));
}

/** Whether something in view keeps a Secret up to date. */
export function isManagedSecret(secret: string, namespace: string | undefined, world: World): boolean {
  return world
    .matching('managed-secret', 'secret', secret)
    .some(
      (managed) =>
        managed.isCopied || namespace === undefined || (managed.namespace ?? namespace) === namespace,
    );
}

/** Source: https://cert-manager.io/docs/concepts/ca-injector/ */
export const INJECTED_CA = 'cert-manager.io/inject-ca-from';
export function caInjectionFactsOf({ annotations }: Resource, origin: Origin): CaInjectionFact[] {
  const certificate = annotations.get(INJECTED_CA);
  return certificate === undefined ? [] : [{ type: 'ca-injection', ...origin, certificate }];
}

/** Annotations by which cert-manager, or a controller itself, fetches certificates. */
export const AUTOMATION =
  /^(?:cert-manager\.io\/(?:cluster-)?issuer(?:-kind|-group)?|kubernetes\.io\/tls-acme|traefik\.ingress\.kubernetes\.io\/router\.tls\.certresolver|haproxy-ingress\.github\.io\/cert-signer|networking\.gke\.io\/(?:managed-certificates|certmap))$/;
