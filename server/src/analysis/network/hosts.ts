import { isPrivateAddress } from './cidr.ts';

/** Top-level names that are not delegated on the internet, by RFC 6761, RFC 6762, RFC 8375, ICANN's reservation, or by habit of private networks. */
const INTERNAL_SUFFIXES =
  /(?:^|\.)(?:local|localhost|localdomain|internal|intranet|intra|private|corp|home|lan|test|invalid|example|svc|home\.arpa|consul|mesh|ts\.net)$/i;

/** Names of managed services that have addresses of one's own private network unless somebody opens them. */
const PRIVATE_SERVICES =
  /(?:\.rds\.amazonaws\.com|\.cache\.amazonaws\.com|\.docdb\.amazonaws\.com|\.vpce\.amazonaws\.com|\.efs\.[a-z0-9-]+\.amazonaws\.com|\.kafka\.[a-z0-9-]+\.amazonaws\.com)$|\.privatelink\./i;

/**
 * Whether a host is not on the internet, as far as its name says: a single label, a Service of the cluster, a private address, or a name of a private network.
 * A name that a template or a variable completes is taken for internal, too: nothing is known of it.
 */
export function isInternalHost(host: string): boolean {
  const name = host.trim().replace(/\.$/, '');
  if (name === '' || /[{}()$<>%\s]/.test(name)) return true;
  if (/^[\d.]+$/.test(name) || name.includes(':')) return isPrivateAddress(name);
  return !name.includes('.') || INTERNAL_SUFFIXES.test(name) || PRIVATE_SERVICES.test(name);
}
