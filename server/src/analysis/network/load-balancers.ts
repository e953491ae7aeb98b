import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { coverEverything, isPrivateAddress } from './cidr.ts';

/** How a cloud is told to give a Service an address of its own network alone. */
export interface Cloud {
  readonly id: string;
  readonly title: string;
  /** The annotation to write. */
  readonly annotation: string;
  readonly value: string;
  /** What annotations that only this cloud reads have in their key. */
  readonly marks: readonly string[];
}

/**
 * Sources: https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer, and for AWS
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export const CLOUDS: readonly Cloud[] = [
  {
    id: 'aws',
    title: 'AWS',
    annotation: 'service.beta.kubernetes.io/aws-load-balancer-scheme',
    value: 'internal',
    marks: ['/aws-load-balancer-'],
  },
  {
    id: 'azure',
    title: 'Azure',
    annotation: 'service.beta.kubernetes.io/azure-load-balancer-internal',
    value: 'true',
    marks: ['/azure-'],
  },
  {
    id: 'gke',
    title: 'Google Cloud',
    annotation: 'networking.gke.io/load-balancer-type',
    value: 'Internal',
    marks: ['networking.gke.io/', 'cloud.google.com/'],
  },
  {
    id: 'oci',
    title: 'Oracle Cloud',
    annotation: 'service.beta.kubernetes.io/oci-load-balancer-internal',
    value: 'true',
    marks: ['/oci-', 'oraclecloud.com/'],
  },
];

/** Other annotations that keep a load balancer off the internet, with the values that do; without values, being there is enough. */
export const INTERNAL_ANNOTATIONS: ReadonlyMap<string, readonly string[]> = new Map<
  string,
  readonly string[]
>([
  ...CLOUDS.map(({ annotation, value }): [string, string[]] => [annotation, [value.toLowerCase()]]),
  ['service.beta.kubernetes.io/aws-load-balancer-internal', ['true', '0.0.0.0/0']],
  ['cloud.google.com/load-balancer-type', ['internal']],
  ['oci-network-load-balancer.oraclecloud.com/internal', ['true']],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', ['private']],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', ['intranet']],
  ['service.beta.kubernetes.io/alicloud-loadbalancer-address-type', ['intranet']],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', ['true']],
  ['service.beta.kubernetes.io/cce-load-balancer-internal-vpc', ['true']],
  ['service.beta.kubernetes.io/do-loadbalancer-network', ['internal']],
  ['service.beta.kubernetes.io/scw-loadbalancer-private', ['true']],
  ['service.kubernetes.io/qcloud-loadbalancer-internal-subnetid', []],
  ['load-balancer.hetzner.cloud/disable-public-network', ['true']],
  ['yandex.cloud/load-balancer-type', ['internal']],
]);

/** Annotations that list who may connect, beside `spec.loadBalancerSourceRanges`. */
export const SOURCE_RANGES: readonly string[] = [
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'service.beta.kubernetes.io/azure-allowed-service-tags',
  'service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists',
];

/** Annotations that ask for addresses, of load balancers in one's own data centre. */
export const ADDRESSES: readonly string[] = [
  'metallb.universe.tf/loadBalancerIPs',
  'metallb.io/loadBalancerIPs',
  'io.cilium/lb-ipam-ips',
  'lbipam.cilium.io/ips',
  'kube-vip.io/loadbalancerIPs',
];

/** The AWS Load Balancer Controller makes internal load balancers unless told otherwise; the one built into Kubernetes does not. */
export const INTERNAL_CLASSES: ReadonlySet<string> = new Set([
  'service.k8s.aws/nlb',
  'eks.amazonaws.com/nlb',
  'networking.gke.io/l4-regional-internal',
  'tailscale',
]);

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';

/** Who may connect to the load balancer of a Service. */
export type Exposure =
  /** Those in the cloud's own network, some ranges of addresses, or nobody since there is no load balancer. */
  | { readonly to: 'some' }
  /** Everybody; `range` is what says so, absent when nothing says anything. */
  | { readonly to: 'everybody'; readonly range: Value | undefined };

export function exposureOf(service: Resource): Exposure {
  const { spec } = service;
  if (spec?.get('type')?.text !== 'LoadBalancer' || isInternal(service)) return { to: 'some' };
  const ranges = (spec.get('loadBalancerSourceRanges')?.items ?? []).filter(({ text }) => text !== undefined);
  const open = ranges.find(({ text }) => coverEverything([text ?? '']));
  if (open !== undefined) return { to: 'everybody', range: open };
  if (coverEverything(ranges.map(({ text }) => text ?? '')))
    return { to: 'everybody', range: spec.get('loadBalancerSourceRanges') };
  if (ranges.length > 0) return { to: 'some' };
  return openByAnnotation(service);
}

function openByAnnotation({ annotations, metadata }: Resource): Exposure {
  for (const key of SOURCE_RANGES) {
    const listed =
      annotations
        .get(key)
        ?.split(',')
        .filter((range) => range.trim() !== '') ?? [];
    if (listed.length === 0) continue;
    return coverEverything(listed)
      ? { to: 'everybody', range: metadata?.at(['annotations', key]) }
      : { to: 'some' };
  }
  return { to: 'everybody', range: undefined };
}

function isInternal({ annotations, spec }: Resource): boolean {
  for (const [key, values] of INTERNAL_ANNOTATIONS) {
    const value = annotations.get(key)?.trim().toLowerCase();
    if (value !== undefined && (values.length === 0 || values.includes(value))) return true;
  }
  const scheme = annotations.get(`${AWS}scheme`);
  const type = annotations.get(`${AWS}type`);
  const byController = type === 'external' || type === 'nlb-ip';
  const loadBalancerClass = spec?.get('loadBalancerClass')?.text ?? '';
  if (scheme === undefined && (byController || INTERNAL_CLASSES.has(loadBalancerClass))) {
    return annotations.get(`${AWS}internal`) !== 'false';
  }
  const addresses = [
    spec?.get('loadBalancerIP')?.text,
    ...ADDRESSES.flatMap((key) => annotations.get(key)?.split(',')),
  ].filter((address) => address !== undefined && address !== '');
  return addresses.length > 0 && addresses.every((address) => isPrivateAddress(address?.trim() ?? ''));
}
