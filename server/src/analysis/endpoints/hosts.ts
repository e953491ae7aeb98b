/**
 * Where a host is, as far as its name tells.
 *
 * - `local`: never leaves the machine or the pod: loopback, a listener on all addresses, the node's own address, metadata services, the folder of
 *   a socket, which drivers of PostgreSQL take for a host.
 * - `cluster`: a Service or Pod of the cluster.
 * - `private`: an address or name of a private network.
 * - `public`: anything else.
 * - `unknown`: a variable decides, or a placeholder stands there.
 */
export type HostPlace = 'local' | 'cluster' | 'private' | 'public' | 'unknown';

export const LOCAL_NAMES: ReadonlySet<string> = new Set([
  '',
  '*',
  'localhost',
  'ip6-localhost',
  'localhost.localdomain',
  '(local)',
  '(localdb)',
  'host.docker.internal',
  'host.containers.internal',
  'metadata',
  'metadata.google.internal',
]);

/** Link-local addresses are those of metadata services and of caches on the node, which have no certificates (RFC 3927). */
const LOCAL_ADDRESS = /^(?:127\.|0\.0\.0\.0$|169\.254\.)/;
const PRIVATE_ADDRESS =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
/** RFC 6762, RFC 8375 and what cloud providers call machines inside. */
const PRIVATE_NAME = /\.(?:local|internal|intranet|lan|corp|home|private|consul|localdomain|home\.arpa)$/;

/**
 * @param host a name or address as it stands in a URL, without port; IPv6 with or without brackets
 * @param localNames names that stand for the pod itself, such as those of `hostAliases`
 */
export function placeOfHost(host: string, localNames: ReadonlySet<string> = new Set()): HostPlace {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (/[$%{}<>]/.test(name) || /^[A-Z0-9]+(?:_[A-Z0-9]+)+$/.test(host)) return 'unknown';
  if (LOCAL_NAMES.has(name) || localNames.has(name) || LOCAL_ADDRESS.test(name)) return 'local';
  if (name.endsWith('.localhost') || name.startsWith('/') || name.startsWith('@')) return 'local';
  if (name.includes(':')) return placeOfIpv6(name);
  if (PRIVATE_ADDRESS.test(name)) return 'private';
  if (/^[\d.]+$/.test(name)) return 'public';
  if (isClusterName(name)) return 'cluster';
  return PRIVATE_NAME.test(name) ? 'private' : 'public';
}

function placeOfIpv6(address: string): HostPlace {
  if (/^(?:::1|::|0:0:0:0:0:0:0:[01])$/.test(address) || /^fe[89ab]/.test(address)) return 'local';
  return /^f[cd]/.test(address) ? 'private' : 'public';
}

/**
 * `service`, `service.namespace.svc` and longer. A name without dots is resolved in the pod's own namespace.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
function isClusterName(name: string): boolean {
  if (/\.(?:svc|pod)(?:\.|$)|\.cluster\.local$/.test(name)) return true;
  const [, second, ...more] = name.split('.');
  return second === undefined || (more.length === 0 && !TOP_LEVEL.test(second));
}

/** Domains of countries, and others that stand in manifests; the second word of `redis.storage` is a namespace. */
export const TOP_LEVEL =
  /^(?:[a-z]{2}|com|org|net|edu|gov|mil|int|info|biz|cloud|app|dev|online|site|xyz|example|test|invalid|local|internal|intranet|lan|corp|home|private|localdomain|xn--[a-z0-9-]+)$/;

/** The service and namespace of a name in the cluster; the namespace is undefined where the pod's own counts. */
export function serviceOf(host: string): { service: string; namespace: string | undefined } | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (!isClusterName(name)) return undefined;
  const labels = name.split('.');
  const svc = labels.indexOf('svc');
  if (svc >= 2) return { service: labels[svc - 2] ?? '', namespace: labels[svc - 1] };
  return labels.length <= 2 ? { service: labels[0] ?? '', namespace: labels[1] } : undefined;
}
