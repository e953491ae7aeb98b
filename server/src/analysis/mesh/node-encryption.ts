import type { Resource } from '../../kubernetes/resource.ts';

const CILIUM_SWITCHES = ['enable-wireguard', 'enable-ipsec'];

/**
 * Whether a resource turns on encryption between nodes: WireGuard or IPsec of Cilium, WireGuard of Calico.
 *
 * Source: https://docs.cilium.io/en/stable/security/network/encryption/ and
 * https://docs.tigera.io/calico/latest/network-policy/encrypt-cluster-pod-traffic
 */
export function encryptsNodes({ group, kind, name, root, spec }: Resource): boolean {
  if (group === '' && kind === 'ConfigMap' && name === 'cilium-config') {
    return CILIUM_SWITCHES.some((key) => root.at(['data', key])?.text === 'true');
  }
  if (kind !== 'FelixConfiguration' || !group.endsWith('projectcalico.org')) return false;
  return spec?.get('wireguardEnabled')?.boolean === true;
}
