import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import type { Origin } from '../origin.ts';
import type { World } from '../world.ts';

export function isDestinationRule({ group, kind }: Resource): boolean {
  return kind === 'DestinationRule' && group === 'networking.istio.io';
}

/**
 * The `tls` sections of a DestinationRule: of its policy, of ports, and of subsets and their ports.
 *
 * Source: https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export function clientTlsOf({ spec }: Resource): Value[] {
  const subsets = spec?.get('subsets')?.items ?? [];
  return [spec, ...subsets].flatMap((holder) => {
    const policy = holder?.get('trafficPolicy');
    const ports = policy?.get('portLevelSettings')?.items ?? [];
    return [policy, ...ports].flatMap((settings) => settings?.get('tls') ?? []);
  });
}

/** Names that end so are those of Services, which nothing outside of the mesh has. */
export const SERVICE_SUFFIX = /\.svc(?:\.|$)|\.cluster\.local$/;

/** The API server has no proxy in front of it, so that it is reached by its own TLS. */
export const API_SERVER = /^kubernetes(?:\.default(?:\.svc(?:\.cluster\.local)?)?)?$/;

export interface ServiceEntryFact extends Origin {
  readonly type: 'service-entry';
  readonly hosts: readonly string[];
  /** Whether the hosts are outside of the mesh, which is the default. */
  readonly isExternal: boolean;
}

/** Source: https://istio.io/latest/docs/reference/config/networking/service-entry/ */
export function serviceEntryFactOf({ group, kind, spec }: Resource, origin: Origin): ServiceEntryFact[] {
  if (kind !== 'ServiceEntry' || group !== 'networking.istio.io') return [];
  const hosts = (spec?.get('hosts')?.items ?? []).flatMap(({ text }) => text ?? []);
  const isExternal = spec?.get('location')?.text !== 'MESH_INTERNAL';
  return [{ type: 'service-entry', ...origin, hosts, isExternal }];
}

/**
 * Whether a host is a Service of the mesh: a short name, which Istio completes in the rule's namespace, `name.namespace` for a namespace in view, or a
 * name below `svc` or `local`. Hosts that a ServiceEntry takes in from outside are not.
 */
export function isMeshHost(host: string, namespace: string | undefined, world: World): boolean {
  if (API_SERVER.test(host)) return false;
  const entry = world.facts('service-entry').find(({ hosts }) => hosts.includes(host));
  if (entry !== undefined) return !entry.isExternal;
  if (host === '*' || !host.includes('.') || /\.svc(?:\.|$)|\.local$/.test(host)) return true;
  const [, last = '', ...more] = host.split('.');
  return more.length === 0 && (last === namespace || isNamespaceInView(last, world));
}

function isNamespaceInView(name: string, world: World): boolean {
  return (
    world.matching('namespace', 'name', name).length > 0 ||
    world.matching('service', 'namespace', name).length > 0 ||
    world.matching('workload', 'namespace', name).length > 0
  );
}
