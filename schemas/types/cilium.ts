/**
 * Network policies of Cilium.
 *
 * Source: https://docs.cilium.io/en/stable/security/policy/
 */
import type { V1ObjectMeta } from '@kubernetes/client-node';

/** What pods of a namespace may send and receive. */
export interface CiliumNetworkPolicy {
  apiVersion: 'cilium.io/v2';
  kind: 'CiliumNetworkPolicy';
  metadata?: V1ObjectMeta;
  spec?: Rule;
  /** Several rules in one object. */
  specs?: Rule[];
}

/** What pods of all namespaces, or nodes, may send and receive. */
export interface CiliumClusterwideNetworkPolicy {
  apiVersion: 'cilium.io/v2';
  kind: 'CiliumClusterwideNetworkPolicy';
  metadata?: V1ObjectMeta;
  spec?: Rule;
  /** Several rules in one object. */
  specs?: Rule[];
}

export interface Rule {
  /** The pods that the rule is about. */
  endpointSelector?: Selector;
  /** The nodes that the rule is about; in cluster-wide policies only. */
  nodeSelector?: Selector;
  ingress?: IngressRule[];
  ingressDeny?: IngressDenyRule[];
  egress?: EgressRule[];
  egressDeny?: EgressDenyRule[];
  /** Whether the rule denies what no rule allows; by default it does where it has rules. */
  enableDefaultDeny?: { ingress?: boolean; egress?: boolean };
  labels?: object[];
  description?: string;
  log?: { value?: string };
}

/** Labels may name their source: `k8s:app`, `reserved:host`. */
export interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: {
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values?: string[];
  }[];
}

export type Entity =
  | 'all'
  | 'world'
  | 'world-ipv4'
  | 'world-ipv6'
  | 'cluster'
  | 'host'
  | 'init'
  | 'ingress'
  | 'unmanaged'
  | 'remote-node'
  | 'health'
  | 'none'
  | 'kube-apiserver';

export interface IngressSources {
  fromEndpoints?: Selector[];
  fromRequires?: Selector[];
  fromNodes?: Selector[];
  fromEntities?: Entity[];
  fromCIDR?: string[];
  fromCIDRSet?: CidrRule[];
  fromGroups?: object[];
  icmps?: Icmp[];
}

export interface IngressRule extends IngressSources {
  toPorts?: PortRule[];
  authentication?: Authentication;
}

export interface IngressDenyRule extends IngressSources {
  toPorts?: PortDenyRule[];
}

export interface EgressTargets {
  toEndpoints?: Selector[];
  toRequires?: Selector[];
  toNodes?: Selector[];
  toServices?: object[];
  toEntities?: Entity[];
  toCIDR?: string[];
  toCIDRSet?: CidrRule[];
  toGroups?: object[];
  icmps?: Icmp[];
}

export interface EgressRule extends EgressTargets {
  toPorts?: PortRule[];
  toFQDNs?: FqdnSelector[];
  authentication?: Authentication;
}

export interface EgressDenyRule extends EgressTargets {
  toPorts?: PortDenyRule[];
}

export interface Authentication {
  /** `required` demands mutual authentication. */
  mode: 'disabled' | 'required' | 'test-always-fail';
}

export interface CidrRule {
  cidr?: string;
  cidrGroupRef?: string;
  cidrGroupSelector?: Selector;
  except?: string[];
}

export interface FqdnSelector {
  matchName?: string;
  matchPattern?: string;
}

export interface Icmp {
  fields?: { family?: 'IPv4' | 'IPv6'; type: string | number }[];
}

export interface PortRule {
  ports?: PortProtocol[];
  rules?: Layer7Rules;
  terminatingTLS?: TlsContext;
  originatingTLS?: TlsContext;
  serverNames?: string[];
  listener?: object;
}

export interface PortDenyRule {
  ports?: PortProtocol[];
}

export interface PortProtocol {
  /** A number or a name, as a string. */
  port?: string;
  endPort?: number;
  protocol?: 'TCP' | 'UDP' | 'SCTP' | 'ICMP' | 'ICMPv6' | 'ANY' | 'VRRP' | 'IGMP';
}

export interface Layer7Rules {
  http?: HttpRule[];
  kafka?: object[];
  dns?: FqdnSelector[];
  l7proto?: string;
  l7?: Record<string, string>[];
}

export interface HttpRule {
  path?: string;
  method?: string;
  host?: string;
  headers?: string[];
  headerMatches?: object[];
}

export interface TlsContext {
  secret: { namespace?: string; name: string };
  trustedCA?: string;
  certificate?: string;
  privateKey?: string;
}
