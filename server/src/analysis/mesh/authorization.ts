import type { Resource } from '../../kubernetes/resource.ts';
import { type LabelSelector, labelSelectorOf, selects } from '../../kubernetes/selectors.ts';
import type { WorkloadFact } from '../facts.ts';
import { ciliumSelections } from '../network/cilium.ts';
import type { Origin } from '../origin.ts';
import type { World } from '../world.ts';
import type { Mesh } from './enrolment.ts';
import { authenticatedPolicy } from './linkerd.ts';
import { rootNamespaceOf } from './mesh-config.ts';

/** What a policy is attached to, when it is not chosen by labels of pods. */
export interface PolicyTarget {
  readonly kind: string;
  readonly name: string;
}

/** An object that decides who may reach which workloads. */
export interface MeshAuthorizationFact extends Origin {
  readonly type: 'mesh-authorization';
  readonly mesh: Mesh;
  readonly selector: LabelSelector;
  /** For policies that reach across namespaces: which ones. */
  readonly namespaces: LabelSelector | undefined;
  /** Not empty: the targets decide instead of the selector. */
  readonly targets: readonly PolicyTarget[];
  /** Cilium: whether clients must prove who they are. */
  readonly authenticates: boolean;
}

const EVERYTHING: LabelSelector = { matchLabels: new Map(), matchExpressions: [] };

/**
 * The authorization that a resource brings into force. `AUDIT` of Istio only notes what it matches, so it is none.
 *
 * Source: https://istio.io/latest/docs/reference/config/security/authorization-policy/, https://linkerd.io/2/reference/authorization-policy/,
 * https://developer.hashicorp.com/consul/docs/connect/config-entries/service-intentions, https://docs.cilium.io/en/stable/security/policy/
 */
export function authorizationFactsOf(resource: Resource, origin: Origin): MeshAuthorizationFact[] {
  const { group, kind, spec } = resource;
  const fact = { type: 'mesh-authorization' as const, ...origin, authenticates: false };
  const all = { selector: EVERYTHING, namespaces: undefined, targets: [] };
  switch (`${group}/${kind}`) {
    case 'security.istio.io/AuthorizationPolicy': {
      if (spec?.get('action')?.text === 'AUDIT') return [];
      const selector = labelSelectorOf(spec?.get('selector'));
      return [{ ...fact, ...all, mesh: 'istio', selector, targets: targetsOf(resource) }];
    }
    case 'policy.linkerd.io/Server': {
      // Such a policy lets in what no authorization covers.
      if (authenticatedPolicy(spec?.get('accessPolicy')?.text ?? '') !== undefined) return [];
      const selector = labelSelectorOf(spec?.get('podSelector'));
      return [{ ...fact, ...all, mesh: 'linkerd', selector }];
    }
    case 'policy.linkerd.io/AuthorizationPolicy': {
      const target = spec?.at(['targetRef', 'kind'])?.text;
      return target === 'Namespace' ? [{ ...fact, ...all, mesh: 'linkerd' }] : [];
    }
    case 'consul.hashicorp.com/ServiceIntentions': {
      const name = spec?.at(['destination', 'name'])?.text;
      if (name === undefined) return [];
      return [{ ...fact, ...all, mesh: 'consul', targets: [{ kind: 'ConsulService', name }] }];
    }
    default:
      return ciliumSelections(resource).map(({ pods, namespaces, authenticates }) => ({
        ...fact,
        ...all,
        mesh: 'cilium',
        selector: pods,
        namespaces,
        authenticates,
      }));
  }
}

function targetsOf({ spec }: Resource): PolicyTarget[] {
  const refs = [
    ...(spec?.get('targetRefs')?.items ?? []),
    ...(spec?.get('targetRef') ? [spec.get('targetRef')] : []),
  ];
  return refs.map((ref) => ({ kind: ref?.get('kind')?.text ?? '', name: ref?.get('name')?.text ?? '' }));
}

/** The policies that decide who reaches a workload. */
export function authorizationsFor(workload: WorkloadFact, world: World): MeshAuthorizationFact[] {
  return world.facts('mesh-authorization').filter((policy) => decidesFor(policy, workload, world));
}

function decidesFor(policy: MeshAuthorizationFact, workload: WorkloadFact, world: World): boolean {
  if (policy.targets.length > 0)
    return policy.targets.some((target) => isTarget(target, policy, workload, world));
  return isInReach(policy, workload, world) && selects(policy.selector, workload.podLabels);
}

/** Istio's policies in the root namespace hold everywhere, those of Cilium for the cluster where they say; all others in their own namespace. */
function isInReach(policy: MeshAuthorizationFact, { namespace }: WorkloadFact, world: World): boolean {
  if (policy.namespaces !== undefined) {
    const labels =
      world.matching('namespace', 'name', namespace ?? '')[0]?.labels ?? new Map<string, string>();
    return selects(policy.namespaces, new Map([...labels, ['kubernetes.io/metadata.name', namespace ?? '']]));
  }
  if (policy.mesh === 'istio' && policy.namespace === rootNamespaceOf(world)) return true;
  return (policy.namespace ?? namespace) === namespace;
}

function isTarget(
  { kind, name }: PolicyTarget,
  policy: MeshAuthorizationFact,
  workload: WorkloadFact,
  world: World,
): boolean {
  if (kind === 'ConsulService') return name === '*' || consulNames(workload, world).includes(name);
  // A waypoint of all of the mesh, whose policies stand in the root namespace.
  if (kind === 'GatewayClass') return policy.namespace === rootNamespaceOf(world);
  if ((policy.namespace ?? workload.namespace) !== workload.namespace) return false;
  if (kind === 'Service') return servicesOf(workload, world).includes(name);
  return kind === 'Gateway' && usesWaypoint(workload, name, world);
}

const WAYPOINT = 'istio.io/use-waypoint';

/** Source: https://istio.io/latest/docs/ambient/usage/waypoint/: the label stands on the Namespace, the Service or the pod. */
function usesWaypoint(workload: WorkloadFact, name: string, world: World): boolean {
  if (workload.podLabels.get('gateway.networking.k8s.io/gateway-name') === name) return true;
  const labels = [
    workload.podLabels,
    ...world.matching('namespace', 'name', workload.namespace ?? '').map((namespace) => namespace.labels),
    ...selectingServices(workload, world).map((service) => service.labels),
  ];
  return labels.some((map) => map.get(WAYPOINT) === name);
}

function consulNames(workload: WorkloadFact, world: World): string[] {
  return [workload.name, workload.serviceAccount ?? '', ...servicesOf(workload, world)];
}

function servicesOf(workload: WorkloadFact, world: World): string[] {
  return selectingServices(workload, world).map(({ name }) => name);
}

function selectingServices({ namespace, podLabels }: WorkloadFact, world: World) {
  return world
    .matching('service', 'namespace', namespace)
    .filter(
      ({ selector }) =>
        selector.size > 0 && [...selector].every(([key, value]) => podLabels.get(key) === value),
    );
}
