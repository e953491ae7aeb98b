import type { Resource } from '../../kubernetes/resource.ts';
import { type LabelSelector, selects, selectsEverything } from '../../kubernetes/selectors.ts';
import { ADMIN_GROUP, adminPolicySpec } from './admin-policy.ts';
import { calicoDefaultDeny } from './calico.ts';
import { coverEverything } from './cidr.ts';
import { ciliumDefaultDeny } from './cilium.ts';
import { type Direction, networkPolicySpecOf } from './network-policy.ts';
import type { LabelTest, Peer } from './policy.ts';

/** What a policy denies to all pods of some namespaces, apart from what is allowed. */
export interface DefaultDeny {
  readonly directions: readonly Direction[];
  /** The policy's own namespace; or those of the cluster whose labels a selector takes, which `unknown` leaves open. */
  readonly reach: 'namespace' | LabelSelector | 'unknown';
}

/** What a policy of any kind denies by default; undefined for other resources and for policies that select some pods only. */
export function defaultDenyOf(resource: Resource): DefaultDeny | undefined {
  const deny = denialOf(resource);
  return deny === undefined || deny.directions.length === 0 ? undefined : deny;
}

function denialOf(resource: Resource): DefaultDeny | undefined {
  switch (resource.group) {
    case 'networking.k8s.io':
      return resource.kind === 'NetworkPolicy' ? kubernetesDefaultDeny(resource) : undefined;
    case ADMIN_GROUP:
      return adminDefaultDeny(resource);
    case 'kyverno.io':
      return generatedDefaultDeny(resource);
    case 'cilium.io':
      return ciliumDefaultDeny(resource);
    case 'projectcalico.org':
    case 'crd.projectcalico.org':
      return calicoDefaultDeny(resource);
    default:
      return undefined;
  }
}

function kubernetesDefaultDeny(policy: Resource): DefaultDeny | undefined {
  const { podSelector, directions, open } = networkPolicySpecOf(policy);
  if (!selectsEverything(podSelector)) return undefined;
  return { directions: directions.filter((direction) => !open.includes(direction)), reach: 'namespace' };
}

/**
 * A policy of the cluster's administrators that denies a direction to everybody in the cluster.
 *
 * Source: https://network-policy-api.sigs.k8s.io/api-overview/ (BaselineAdminNetworkPolicy; ClusterNetworkPolicy of the Baseline tier).
 */
function adminDefaultDeny(policy: Resource): DefaultDeny | undefined {
  const spec = adminPolicySpec(policy);
  if (spec === undefined) return undefined;
  const directions = (['ingress', 'egress'] as const).filter((direction) =>
    spec.rules[direction].some(
      ({ action, peers, ports }) => action === 'deny' && ports === undefined && peers?.some(isEverybody),
    ),
  );
  const { namespaces, pods } = spec.subject;
  // A subject that is chosen by the labels of pods may well be all of a namespace.
  const isWhole = namespaces !== 'own' && 'matchLabels' in namespaces && isEveryLabel(pods);
  return { directions, reach: isWhole ? namespaces : 'unknown' };
}

function isEverybody(peer: Peer): boolean {
  if (peer.type === 'addresses') return coverEverything(peer.cidrs);
  return peer.type === 'pods' && isEveryLabel(peer.match.namespaces) && isEveryLabel(peer.match.pods);
}

function isEveryLabel(test: 'own' | LabelTest): boolean {
  return typeof test === 'object' && 'matchLabels' in test && selectsEverything(test);
}

/**
 * A Kyverno policy that makes NetworkPolicies for namespaces; which, its own rules decide.
 *
 * Source: https://kyverno.io/docs/policy-types/cluster-policy/generate/
 */
function generatedDefaultDeny({ spec }: Resource): DefaultDeny | undefined {
  const generated = (spec?.get('rules')?.items ?? [])
    .map((rule) => rule.get('generate'))
    .filter((generate) => generate?.get('kind')?.text === 'NetworkPolicy');
  if (generated.length === 0) return undefined;
  const types = generated.flatMap(
    (generate) =>
      generate?.at(['data', 'spec', 'policyTypes'])?.items.map(({ text }) => text) ?? ['Ingress', 'Egress'],
  );
  const directions = (['ingress', 'egress'] as const).filter((direction) =>
    types.includes(direction === 'ingress' ? 'Ingress' : 'Egress'),
  );
  return { directions, reach: 'unknown' };
}

/**
 * Whether a denial holds in a namespace. A policy that names no namespace may be meant for it, and so may one whose reach is unknown.
 *
 * @param labels of the namespace, its name not among them
 */
export function reaches(
  { reach }: DefaultDeny,
  policyNamespace: string | undefined,
  namespace: string,
  labels: ReadonlyMap<string, string>,
): boolean {
  if (reach === 'unknown') return true;
  if (reach === 'namespace') return (policyNamespace ?? namespace) === namespace;
  return selects(reach, new Map([...labels, ['kubernetes.io/metadata.name', namespace]]));
}
