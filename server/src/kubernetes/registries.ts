import { type ImageReference, imageName, imageVersion } from './images.ts';
import { matchesWildcard } from './wildcards.ts';

/** Registries that serve images to anybody; `*` stands for any characters. */
export const PUBLIC_REGISTRIES: readonly string[] = [
  'docker.io',
  'quay.io',
  'ghcr.io',
  'gcr.io',
  '*.gcr.io',
  'registry.k8s.io',
  '*.registry.k8s.io',
  'public.ecr.aws',
  'mcr.microsoft.com',
  'registry.gitlab.com',
  'nvcr.io',
  'cgr.dev',
  'lscr.io',
  'xpkg.upbound.io',
  'xpkg.crossplane.io',
  'cr.l5d.io',
  'cr.fluentbit.io',
  'cr.weaviate.io',
  'docker.elastic.co',
  'docker.n8n.io',
  'docker.redpanda.com',
  'docker.dragonflydb.io',
  'docker.getoutline.com',
  'oci.external-secrets.io',
  'registry.istio.io',
  'dhi.io',
  'reg.kyverno.io',
  'releases-docker.jfrog.io',
  'docker.bintray.io',
  'docker.pkg.github.com',
  'registry.access.redhat.com',
  'registry.redhat.io',
  'registry.connect.redhat.com',
  'registry.fedoraproject.org',
  'registry.centos.org',
  'registry.opensource.zalan.do',
  'registry.opensuse.org',
  'registry.suse.com',
  'registry.developers.crunchydata.com',
  'registry.crunchydata.com',
  'container-registry.oracle.com',
  'icr.io',
  'rocks.canonical.com',
  'codeberg.org',
  'community.wave.seqera.io',
];

export function isPublicRegistry(registry: string): boolean {
  return PUBLIC_REGISTRIES.some((pattern) => matchesWildcard(pattern, registry));
}

/** Registries that let the nodes of their own cloud in by the identity of the node. */
export const NODE_IDENTITY_REGISTRIES: readonly string[] = [
  '*.dkr.ecr.*.amazonaws.com',
  '*.dkr.ecr.*.amazonaws.com.cn',
  '*.dkr.ecr-fips.*.amazonaws.com',
  '*-docker.pkg.dev',
  'docker.pkg.dev',
  '*.azurecr.io',
  '*.azurecr.cn',
  '*.azurecr.us',
];

/** Names that only resolve inside a cluster or a machine, where registries seldom ask for credentials. */
const INTERNAL_HOST = /^[^.]+$|\.(?:svc|local|localhost|internal)(?:\.|$)|^\[|^\d+\.\d+\.\d+\.\d+$/;

/** Whether a registry asks for credentials that a pod or its ServiceAccount must name. */
export function needsPullSecret(registry: string): boolean {
  if (isPublicRegistry(registry)) return false;
  if (NODE_IDENTITY_REGISTRIES.some((pattern) => matchesWildcard(pattern, registry))) return false;
  return !INTERNAL_HOST.test(registry.replace(/:\d+$/, ''));
}

/**
 * Whether a list of registries allows an image. An entry is a registry with or without a path below it, and stands for everything below
 * that; `*` stands for any characters.
 */
export function isAllowedImage(image: ImageReference, allowed: readonly string[]): boolean {
  const name = imageName(image);
  return allowed.some((entry) => {
    const pattern = normalisedPrefix(entry);
    return matchesWildcard(pattern, name) || matchesWildcard(`${pattern}/*`, name);
  });
}

/** References to the same image at the mirrors of its registry, the one for the longest prefix of its name first. */
export function mirroredReferences(
  image: ImageReference,
  mirrors: Readonly<Record<string, string>>,
): string[] {
  const name = imageName(image);
  return Object.entries(mirrors)
    .map(([source, mirror]) => ({ source: normalisedPrefix(source), mirror: normalisedPrefix(mirror) }))
    .filter(({ source }) => name === source || name.startsWith(`${source}/`))
    .sort((a, b) => b.source.length - a.source.length)
    .map(({ source, mirror }) => mirror + name.slice(source.length) + imageVersion(image));
}

/** `https://Registry.example/path/` as `registry.example/path`. */
export function normalisedPrefix(entry: string): string {
  const bare = entry.trim().replace(/^https?:\/\//, '');
  const prefix = bare.endsWith('/') ? bare.slice(0, -1) : bare;
  const slash = prefix.indexOf('/');
  return slash === -1 ? prefix.toLowerCase() : prefix.slice(0, slash).toLowerCase() + prefix.slice(slash);
}
