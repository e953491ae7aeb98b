import type { Resource } from '../../kubernetes/resource.ts';
import type { Origin } from '../origin.ts';
import { isTelemetry, logsAccess, type TelemetryFact, telemetryFactOf } from './access-logs.ts';
import { authorizationFactsOf, type MeshAuthorizationFact } from './authorization.ts';
import { type ServiceEntryFact, serviceEntryFactOf } from './destination-rules.ts';
import { type Enrolment, enrolmentsOf, holderOf, type Mesh, meshAnnotationsOf } from './enrolment.ts';
import {
  LINKERD_ACCESS_LOG,
  LINKERD_POLICY,
  type LinkerdConfigFact,
  linkerdConfigFactOf,
  type OpenNetworkFact,
  openNetworkFactOf,
} from './linkerd.ts';
import { type MeshConfigFact, meshConfigFactOf } from './mesh-config.ts';
import { encryptsNodes } from './node-encryption.ts';
import {
  isPeerAuthentication,
  type PeerAuthenticationFact,
  peerAuthenticationFactOf,
} from './peer-authentication.ts';

/** An object that means nothing without its mesh. */
export interface MeshUseFact extends Origin {
  readonly type: 'mesh-use';
  readonly mesh: Mesh;
  readonly dataplane: 'sidecar' | 'ambient';
}

/** What a Namespace or the pod of a workload says to meshes. */
export interface MeshEnrolmentFact extends Origin {
  readonly type: 'mesh-enrolment';
  readonly kind: string;
  readonly enrolments: readonly Enrolment[];
  readonly linkerdPolicy: string | undefined;
  readonly linkerdAccessLog: string | undefined;
}

/** The network encrypts what nodes send each other, whoever the pods are. */
export interface NodeEncryptionFact extends Origin {
  readonly type: 'node-encryption';
}

export type MeshFact =
  | MeshUseFact
  | MeshEnrolmentFact
  | NodeEncryptionFact
  | PeerAuthenticationFact
  | MeshAuthorizationFact
  | MeshConfigFact
  | TelemetryFact
  | LinkerdConfigFact
  | OpenNetworkFact
  | ServiceEntryFact;

export function meshFactsOf(resource: Resource, origin: Origin): MeshFact[] {
  const use = useOf(resource);
  const config = meshConfigFactOf(resource, origin, logsAccess);
  const linkerd = linkerdConfigFactOf(resource, origin);
  return [
    ...(use === undefined ? [] : [{ type: 'mesh-use' as const, ...origin, ...use }]),
    ...enrolmentFactsOf(resource, origin),
    ...(isPeerAuthentication(resource) ? [peerAuthenticationFactOf(resource, origin)] : []),
    ...authorizationFactsOf(resource, origin),
    ...(config === undefined ? [] : [config]),
    ...(isTelemetry(resource) ? [telemetryFactOf(resource, origin)] : []),
    ...openNetworkFactOf(resource, origin),
    ...serviceEntryFactOf(resource, origin),
    ...(linkerd === undefined ? [] : [linkerd]),
    ...(encryptsNodes(resource) ? [{ type: 'node-encryption' as const, ...origin }] : []),
  ];
}

function enrolmentFactsOf(resource: Resource, origin: Origin): MeshEnrolmentFact[] {
  if (holderOf(resource) === undefined) return [];
  const annotations = meshAnnotationsOf(resource);
  const enrolments = enrolmentsOf(resource).map(({ at: _, ...enrolment }) => enrolment);
  const linkerdPolicy = annotations.get(LINKERD_POLICY);
  const linkerdAccessLog = annotations.get(LINKERD_ACCESS_LOG);
  if (enrolments.length === 0 && linkerdPolicy === undefined && linkerdAccessLog === undefined) return [];
  const { kind } = resource;
  return [{ type: 'mesh-enrolment', ...origin, kind, enrolments, linkerdPolicy, linkerdAccessLog }];
}

const SIDECAR = { dataplane: 'sidecar' } as const;

/** The mesh without which an object means nothing. Gateways and routes also work alone, so they tell nothing. */
function useOf(resource: Resource): Pick<MeshUseFact, 'mesh' | 'dataplane'> | undefined {
  const { group, kind, spec } = resource;
  switch (group) {
    case 'security.istio.io':
    case 'telemetry.istio.io':
    case 'install.istio.io':
    case 'sailoperator.io': {
      const isAmbient = ['ambient', 'openshift-ambient'].includes(spec?.get('profile')?.text ?? '');
      return { mesh: 'istio', dataplane: isAmbient ? 'ambient' : 'sidecar' };
    }
    case 'networking.istio.io':
      return kind === 'Sidecar' || spec?.at(['trafficPolicy', 'tls', 'mode'])?.text === 'ISTIO_MUTUAL'
        ? { mesh: 'istio', ...SIDECAR }
        : undefined;
    case 'policy.linkerd.io':
    case 'linkerd.io':
      return { mesh: 'linkerd', ...SIDECAR };
    case 'consul.hashicorp.com':
      return { mesh: 'consul', ...SIDECAR };
    case 'gateway.networking.k8s.io':
      return kind === 'Gateway' && spec?.get('gatewayClassName')?.text === 'istio-waypoint'
        ? { mesh: 'istio', dataplane: 'ambient' }
        : undefined;
    default:
      return undefined;
  }
}
