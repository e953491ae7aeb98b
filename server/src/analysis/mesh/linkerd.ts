import type { Resource } from '../../kubernetes/resource.ts';
import { parseDocument } from '../../syntax/parse.ts';
import { ScalarValue } from '../../syntax/values.ts';
import { coverEverything } from '../network/cidr.ts';
import type { Origin } from '../origin.ts';

/*
 * Source: https://linkerd.io/2/reference/proxy-configuration/ (annotations), https://linkerd.io/2/features/server-policy/ (policies for what
 * no authorization covers) and https://linkerd.io/2/features/access-logging/
 */

export const LINKERD_POLICY = 'config.linkerd.io/default-inbound-policy';
export const LINKERD_ACCESS_LOG = 'config.linkerd.io/access-log';

/** What Linkerd's control plane does where neither the pod nor its Namespace says otherwise. */
export interface LinkerdConfigFact extends Origin {
  readonly type: 'linkerd-config';
  readonly inboundPolicy: string | undefined;
  readonly accessLog: string | undefined;
}

/** A NetworkAuthentication that takes clients at every address. */
export interface OpenNetworkFact extends Origin {
  readonly type: 'open-network';
}

export function openNetworkFactOf({ group, kind, spec }: Resource, origin: Origin): OpenNetworkFact[] {
  if (group !== 'policy.linkerd.io' || kind !== 'NetworkAuthentication') return [];
  const networks = spec?.get('networks')?.items ?? [];
  const cidrs = networks.flatMap((network) => network.get('cidr')?.text ?? []);
  return coverEverything(cidrs) ? [{ type: 'open-network', ...origin }] : [];
}

/** Inbound policies that let clients without identity in, and what takes their place. `audit` only notes such clients. */
export const UNAUTHENTICATED_POLICIES: ReadonlyMap<string, string> = new Map([
  ['all-unauthenticated', 'all-authenticated'],
  ['audit', 'all-authenticated'],
  ['cluster-unauthenticated', 'cluster-authenticated'],
]);

/** What takes the place of an inbound policy that lets clients without identity in; undefined for policies that do not. */
export function authenticatedPolicy(policy: string): string | undefined {
  return UNAUTHENTICATED_POLICIES.get(policy);
}

/** The values of the chart as the ConfigMap `linkerd-config` keeps them. */
export function linkerdConfigFactOf({ name, root }: Resource, origin: Origin): LinkerdConfigFact | undefined {
  const text = name === 'linkerd-config' ? root.at(['data', 'values']) : undefined;
  if (!(text instanceof ScalarValue) || text.text === undefined) return undefined;
  const proxy = parseDocument(text.text).root?.get('proxy');
  return {
    type: 'linkerd-config',
    ...origin,
    inboundPolicy: proxy?.get('defaultInboundPolicy')?.text,
    accessLog: proxy?.get('accessLog')?.text,
  };
}
