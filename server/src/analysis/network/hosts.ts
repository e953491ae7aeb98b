import { isPrivateAddress } from './cidr.ts';

/** Top-level names that are not delegated on the internet, by RFC 6761, RFC 6762, RFC 8375, ICANN's reservation, or by habit of private networks. */
export const INTERNAL_SUFFIXES =
  /(?:^|\.)(?:local|localhost|localdomain|internal|intranet|intra|private|corp|home|lan|test|invalid|example|svc|home\.arpa|consul|mesh|ts\.net)$/i;

/** Names of managed services that have addresses of one's own private network unless somebody opens them. */
export const PRIVATE_SERVICES =
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

/** Longer texts are programs or documents, not addresses. */
const MAX_LENGTH = 2000;

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i;

/** Words in the name of a variable whose value is a host, even one without a dot. */
const NAMES_A_HOST =
  /host|addr|server|service|endpoint|broker|upstream|backend|target|origin|url|uri|dsn|peer|seed|proxy|gateway/i;

/**
 * The hosts that a text names, lower case, with the port where there is one: of URLs, and of a text that is a host or a list of them. A word without dot or port
 * counts only where the variable's name says that it is a host.
 */
export function hostsIn(text: string, name: string): string[] {
  if (text === '' || text.length > MAX_LENGTH) return [];
  const isUrl = text.includes('://');
  const candidates = isUrl ? text.split('://').slice(1).flatMap(authorityOf) : text.split(',');
  return candidates.flatMap((candidate) => {
    const host = candidate.trim().toLowerCase();
    const match = HOST.exec(host);
    if (match === null || !/[a-z]/.test(host)) return [];
    return isUrl || match[1] !== undefined || host.includes('.') || NAMES_A_HOST.test(name) ? [host] : [];
  });
}

/** The hosts at the start of what follows `scheme://`, without the part before `@`. */
function authorityOf(rest: string): string[] {
  const end = rest.search(/[\s/"'?#;|]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  return authority.slice(authority.lastIndexOf('@') + 1).split(',');
}

/** `postgres.data:5432` as its host and its port. */
export function splitHost(host: string): { host: string; port: number | undefined } {
  const match = /^(.*):(\d{1,5})$/.exec(host);
  return match === null ? { host, port: undefined } : { host: match[1] ?? '', port: Number(match[2]) };
}

/** The word of a host, with or without a port, that is the Service's name if the host is one: behind the name of a pod in `db-0.db.data.svc`. */
export function serviceNameIn(host: string): string {
  const parts = splitHost(host).host.split('.');
  return (parts[3] === 'svc' ? parts[1] : parts[0]) ?? '';
}
