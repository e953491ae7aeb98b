import type { WorkloadFact } from '../facts.ts';
import type { World } from '../world.ts';
import { authorizationsFor } from './authorization.ts';
import type { Enrolment, Mesh } from './enrolment.ts';
import type { MeshEnrolmentFact } from './facts.ts';
import { authenticatedPolicy } from './linkerd.ts';
import { effectiveMtls } from './peer-authentication.ts';

/** A way into a mesh. */
export type OptIn = Pick<Enrolment, 'mesh' | 'dataplane' | 'field' | 'key' | 'value'>;

/** Namespaces of the control planes of Kubernetes and of meshes, which stay outside of the mesh. */
export const SYSTEM_NAMESPACE =
  /^(?:kube-.*|istio-.*|linkerd(?:-.*)?|consul|cilium|gatekeeper-system|local-path-storage)$/;

export function isSystemNamespace(name: string): boolean {
  return SYSTEM_NAMESPACE.test(name);
}

const DEFAULT_OPT_INS: Readonly<Record<'istio-sidecar' | 'istio-ambient' | 'linkerd', OptIn>> = {
  'istio-sidecar': {
    mesh: 'istio',
    dataplane: 'sidecar',
    field: 'labels',
    key: 'istio-injection',
    value: 'enabled',
  },
  'istio-ambient': {
    mesh: 'istio',
    dataplane: 'ambient',
    field: 'labels',
    key: 'istio.io/dataplane-mode',
    value: 'ambient',
  },
  linkerd: {
    mesh: 'linkerd',
    dataplane: 'sidecar',
    field: 'annotations',
    key: 'linkerd.io/inject',
    value: 'enabled',
  },
};

/** The meshes that a workspace uses. */
export function meshesOf(world: World): ReadonlySet<Mesh> {
  return new Set([
    ...world.facts('mesh-use').map(({ mesh }) => mesh),
    ...world
      .facts('mesh-enrolment')
      .flatMap(({ enrolments }) => enrolments.filter(({ isIn }) => isIn).map(({ mesh }) => mesh)),
    ...world.facts('mesh-authorization').flatMap((fact) => (fact.authenticates ? [fact.mesh] : [])),
  ]);
}

/** How namespaces are put into the mesh of the workspace: as most of its Namespaces are, or as the mesh's objects suggest. */
export function namespaceOptIn(world: World): OptIn | undefined {
  const said = world
    .matching('mesh-enrolment', 'kind', 'Namespace')
    .flatMap(({ enrolments }) => enrolments.filter(({ isIn }) => isIn));
  const counts = new Map<string, number>();
  for (const { key, value } of said) counts.set(`${key}=${value}`, (counts.get(`${key}=${value}`) ?? 0) + 1);
  const usual = said.toSorted(
    (one, other) =>
      (counts.get(`${other.key}=${other.value}`) ?? 0) - (counts.get(`${one.key}=${one.value}`) ?? 0),
  )[0];
  return usual ?? suggestedOptIn(world);
}

function suggestedOptIn(world: World): OptIn | undefined {
  const uses = world.facts('mesh-use');
  if (uses.some(({ dataplane }) => dataplane === 'ambient')) return DEFAULT_OPT_INS['istio-ambient'];
  const meshes = meshesOf(world);
  if (meshes.has('istio')) return DEFAULT_OPT_INS['istio-sidecar'];
  return meshes.has('linkerd') ? DEFAULT_OPT_INS.linkerd : undefined;
}

/** The label of a first mesh, where a workspace has none yet. */
export const ISTIO_OPT_IN: OptIn = DEFAULT_OPT_INS['istio-sidecar'];

/** What the Namespace and the pod of a workload say to meshes; the pod's word comes first. */
export function enrolmentFactsFor(
  { kind, name, namespace }: Pick<WorkloadFact, 'kind' | 'name' | 'namespace'>,
  world: World,
): MeshEnrolmentFact[] {
  const own = world
    .matching('mesh-enrolment', 'name', name)
    .filter((fact) => fact.kind === kind && fact.namespace === namespace);
  return [...own, ...namespaceEnrolment(namespace, world)];
}

export function namespaceEnrolment(namespace: string | undefined, world: World): MeshEnrolmentFact[] {
  return world.matching('mesh-enrolment', 'name', namespace ?? '').filter(({ kind }) => kind === 'Namespace');
}

/** Whether a pod stays out of every mesh by its own word or its Namespace's. */
export function isKeptOut(
  workload: Pick<WorkloadFact, 'kind' | 'name' | 'namespace'>,
  world: World,
): boolean {
  return isOut(enrolmentFactsFor(workload, world).flatMap(({ enrolments }) => enrolments));
}

/** Of statements about one dataplane the first counts, which is the pod's. */
function isOut(enrolments: readonly Enrolment[]): boolean {
  const first = new Map<string, boolean>();
  for (const { mesh, dataplane, isIn } of enrolments) {
    const key = `${mesh} ${dataplane}`;
    if (!first.has(key)) first.set(key, isIn);
  }
  const verdicts = [...first.values()];
  return verdicts.length > 0 && !verdicts.includes(true);
}

/** The mesh that a workload or namespace is in, or would be in. */
export function meshOf(enrolments: readonly MeshEnrolmentFact[], world: World): Mesh | undefined {
  const own = enrolments.flatMap((fact) => fact.enrolments).find(({ isIn }) => isIn)?.mesh;
  return own ?? [...meshesOf(world)][0];
}

/**
 * Whether something in view says what mutual TLS a workload demands, be it too weak; or encrypts its traffic in another way. Consul demands mutual
 * TLS unless it is told otherwise.
 */
export function hasDecidedEncryption(workload: WorkloadFact, world: World): boolean {
  if (world.facts('node-encryption').length > 0) return true;
  if (effectiveMtls(workload, world).mode !== undefined) return true;
  const policies = authorizationsFor(workload, world);
  if (policies.some(({ mesh, authenticates }) => mesh === 'linkerd' || authenticates)) return true;
  const enrolments = enrolmentFactsFor(workload, world);
  if (enrolments.some(({ linkerdPolicy }) => linkerdPolicy !== undefined)) return true;
  const mesh = meshOf(enrolments, world);
  // The control plane's own default lets everybody in, and stands in its ConfigMap whether anybody chose it or not.
  if (mesh === 'linkerd')
    return world
      .facts('linkerd-config')
      .some(
        ({ inboundPolicy }) =>
          inboundPolicy !== undefined && authenticatedPolicy(inboundPolicy) === undefined,
      );
  return mesh === 'consul';
}
