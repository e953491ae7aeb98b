import type { Pod } from '../../kubernetes/pods.ts';
import type { Value } from '../../syntax/values.ts';

/**
 * Kernel parameters that belong to the pod alone and cannot harm others on the node.
 *
 * Source: Pod Security Standards, Baseline, "Sysctls", as of Kubernetes 1.37.
 */
export const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_notsent_lowat',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

/** A kernel parameter that a pod sets against the Baseline standard. */
export interface UnsafeSysctl {
  /** The item of the list. */
  readonly item: Value;
  readonly name: Value;
}

export function unsafeSysctlsOf({ spec }: Pod): UnsafeSysctl[] {
  return (spec.at(['securityContext', 'sysctls'])?.items ?? []).flatMap((item) => {
    const name = item.get('name');
    const isUnsafe = name?.string !== undefined && !SAFE_SYSCTLS.has(name.string);
    return name !== undefined && isUnsafe ? [{ item, name }] : [];
  });
}
