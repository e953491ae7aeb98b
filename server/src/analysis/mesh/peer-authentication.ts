import { type Resource, textsOf } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import type { Origin } from '../origin.ts';
import type { World } from '../world.ts';
import { rootNamespaceOf } from './mesh-config.ts';

export type MtlsMode = 'DISABLE' | 'PERMISSIVE' | 'STRICT';

export interface PeerAuthenticationFact extends Origin {
  readonly type: 'peer-authentication';
  /** Empty: the policy is for the whole namespace, or in the root namespace for the mesh. */
  readonly selector: ReadonlyMap<string, string>;
  /** Undefined: UNSET, what stands above decides. */
  readonly mode: MtlsMode | undefined;
  readonly ports: ReadonlyMap<string, MtlsMode | undefined>;
}

/** What a workload and its ports accept. Undefined: no policy says it, which means PERMISSIVE. */
export interface EffectiveMtls {
  readonly mode: MtlsMode | undefined;
  readonly ports: ReadonlyMap<string, MtlsMode | undefined>;
}

/** What decides which policies hold for a workload. */
export interface MeshWorkload {
  readonly namespace: string | undefined;
  readonly podLabels: ReadonlyMap<string, string>;
}

export function isPeerAuthentication({ group, kind }: Pick<Resource, 'group' | 'kind'>): boolean {
  return kind === 'PeerAuthentication' && group === 'security.istio.io';
}

/** The mode that an `mtls` section says; undefined for UNSET and everything that is no mode. */
export function modeOf(mtls: Value | undefined): MtlsMode | undefined {
  const mode = mtls?.get('mode')?.text;
  return mode === 'DISABLE' || mode === 'PERMISSIVE' || mode === 'STRICT' ? mode : undefined;
}

export function peerAuthenticationFactOf({ spec }: Resource, origin: Origin): PeerAuthenticationFact {
  return {
    type: 'peer-authentication',
    ...origin,
    selector: textsOf(spec?.at(['selector', 'matchLabels'])),
    mode: modeOf(spec?.get('mtls')),
    ports: new Map((spec?.get('portLevelMtls')?.entries ?? []).map(({ key, value }) => [key, modeOf(value)])),
  };
}

/**
 * The mutual TLS that Istio demands of those who talk to a workload: the mesh's policy, then the namespace's, then the workload's, then the
 * port's; each that is UNSET leaves the decision to the one before. A selector in the root namespace reaches nothing, and ports count only in
 * policies with a selector. Of several policies at one level the oldest holds; manifests do not say which that is, so the weakest counts.
 *
 * Source: https://istio.io/latest/docs/reference/config/security/peer_authentication/ and
 * https://istio.io/latest/docs/concepts/security/#peer-authentication
 */
export function effectiveMtls(workload: MeshWorkload, world: World): EffectiveMtls {
  const root = rootNamespaceOf(world);
  const local = world
    .facts('peer-authentication')
    .filter(
      ({ namespace }) => namespace !== root && (namespace ?? workload.namespace) === workload.namespace,
    );
  const ofNamespace = local.filter(({ selector }) => selector.size === 0);
  const own = local.filter(({ selector }) => selector.size > 0 && isSubset(selector, workload.podLabels));
  const inherited = decide(ofNamespace, meshMtls(world));
  const mode = decide(own, inherited);
  const ports = new Map<string, MtlsMode | undefined>();
  for (const policy of own) {
    for (const [port, said] of policy.ports) {
      const effective = said ?? policy.mode ?? inherited;
      ports.set(port, ports.has(port) ? weaker(ports.get(port), effective) : effective);
    }
  }
  return { mode, ports };
}

/** What holds for the whole mesh. */
export function meshMtls(world: World): MtlsMode | undefined {
  const root = rootNamespaceOf(world);
  return decide(
    world.matching('peer-authentication', 'namespace', root).filter(({ selector }) => selector.size === 0),
    undefined,
  );
}

/** What holds in a namespace for workloads that have no policy of their own. */
export function namespaceMtls(namespace: string | undefined, world: World): MtlsMode | undefined {
  return effectiveMtls({ namespace, podLabels: new Map() }, world).mode;
}

/** Whether everything in a namespace takes nothing but mutual TLS, by the policies in view. */
export function isStrictNamespace(namespace: string, world: World): boolean {
  if (namespaceMtls(namespace, world) !== 'STRICT') return false;
  return world
    .facts('peer-authentication')
    .filter((policy) => (policy.namespace ?? namespace) === namespace && policy.selector.size > 0)
    .every(({ mode, ports }) => [mode, ...ports.values()].every((said) => (said ?? 'STRICT') === 'STRICT'));
}

function decide(
  policies: readonly PeerAuthenticationFact[],
  inherited: MtlsMode | undefined,
): MtlsMode | undefined {
  const modes = policies.map(({ mode }) => mode ?? inherited);
  return modes.length === 0 ? inherited : modes.reduce(weaker);
}

const STRENGTH = { DISABLE: 0, PERMISSIVE: 1, STRICT: 3 } as const;

function weaker(one: MtlsMode | undefined, other: MtlsMode | undefined): MtlsMode | undefined {
  return strengthOf(one) <= strengthOf(other) ? one : other;
}

function strengthOf(mode: MtlsMode | undefined): number {
  return mode === undefined ? 2 : STRENGTH[mode];
}

function isSubset(wanted: ReadonlyMap<string, string>, labels: ReadonlyMap<string, string>): boolean {
  return [...wanted].every(([key, value]) => labels.get(key) === value);
}
