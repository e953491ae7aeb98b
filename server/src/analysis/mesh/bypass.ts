import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { holderOf } from './enrolment.ts';

/** An annotation that leads some traffic of a pod past its proxy. */
export interface Bypass {
  readonly key: string;
  readonly at: Value;
  /** What goes past, as written. */
  readonly what: string;
  /** An annotation with the same syntax that keeps the traffic in the mesh. */
  readonly instead: string | undefined;
}

export interface BypassRow {
  readonly key: string;
  readonly of: 'ports' | 'addresses' | 'interfaces';
  /** The annotation lists what goes through the proxy, so that an empty list lets everything past. */
  readonly lists?: 'what goes through';
  readonly instead?: string;
}

const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

export const BYPASS_ROWS: readonly BypassRow[] = [
  { key: 'traffic.sidecar.istio.io/excludeInboundPorts', of: 'ports' },
  { key: 'traffic.sidecar.istio.io/excludeOutboundPorts', of: 'ports' },
  { key: 'traffic.sidecar.istio.io/excludeOutboundIPRanges', of: 'addresses' },
  { key: 'traffic.sidecar.istio.io/excludeInterfaces', of: 'interfaces' },
  { key: 'traffic.sidecar.istio.io/includeInboundPorts', of: 'ports', lists: 'what goes through' },
  { key: 'traffic.sidecar.istio.io/includeOutboundIPRanges', of: 'addresses', lists: 'what goes through' },
  { key: 'config.linkerd.io/skip-inbound-ports', of: 'ports', instead: OPAQUE_PORTS },
  { key: 'config.linkerd.io/skip-outbound-ports', of: 'ports', instead: OPAQUE_PORTS },
  { key: 'consul.hashicorp.com/transparent-proxy-exclude-inbound-ports', of: 'ports' },
  { key: 'consul.hashicorp.com/transparent-proxy-exclude-outbound-ports', of: 'ports' },
  { key: 'consul.hashicorp.com/transparent-proxy-exclude-outbound-cidrs', of: 'addresses' },
];

/**
 * What of a pod's traffic annotations lead past the mesh. Ports of Istio's own proxy and link-local addresses, where clouds serve metadata, carry
 * nothing of the programs'.
 *
 * Source: https://istio.io/latest/docs/reference/config/annotations/, https://linkerd.io/2/features/protocol-detection/#marking-ports-as-skip-ports,
 * https://developer.hashicorp.com/consul/docs/k8s/annotations-and-labels
 */
export function bypassesOf(resource: Resource): Bypass[] {
  const annotations = holderOf(resource)?.metadata?.get('annotations');
  if (annotations === undefined) return [];
  return BYPASS_ROWS.flatMap(({ key, of, lists, instead }) => {
    const at = annotations.get(key);
    const text = at?.text;
    if (at === undefined || text === undefined) return [];
    const items = text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (lists !== undefined)
      return items.length === 0 ? [{ key, at, what: 'everything', instead: undefined }] : [];
    const what = items.filter((item) => HARMLESS[of]?.test(item) !== true);
    return what.length === 0 ? [] : [{ key, at, what: `${of} ${what.join(', ')}`, instead }];
  });
}

/** What carries nothing of the programs': Istio's proxy listens on 15000 to 15090. */
export const HARMLESS: Readonly<Record<BypassRow['of'], RegExp | undefined>> = {
  ports: /^150[0-9]{2}$/,
  addresses: /^169\.254\.\d+\.\d+(?:\/|$)/,
  interfaces: undefined,
};
