import { isWorkload, podOf } from '../../kubernetes/pods.ts';
import { type Resource, textsOf } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';

export type Mesh = 'istio' | 'linkerd' | 'consul' | 'cilium';

/** A label or annotation that puts a Namespace or a pod into a mesh or keeps it out. */
export interface Enrolment {
  readonly mesh: Mesh;
  /** Istio's ambient mode has no sidecars: the node encrypts. */
  readonly dataplane: 'sidecar' | 'ambient';
  readonly isIn: boolean;
  readonly field: 'labels' | 'annotations';
  readonly key: string;
  readonly value: string;
}

/** An enrolment and where it is written. */
export interface WrittenEnrolment extends Enrolment {
  readonly at: Value;
}

export interface EnrolmentRow {
  readonly mesh: Mesh;
  readonly dataplane: 'sidecar' | 'ambient';
  readonly on: 'Namespace' | 'pod' | 'both';
  readonly field: 'labels' | 'annotations';
  readonly key: string;
  /** Undefined: any value puts in. */
  readonly ins: readonly string[] | undefined;
  readonly outs: readonly string[];
}

export const ENROLMENT_ROWS: readonly EnrolmentRow[] = [
  {
    mesh: 'istio',
    dataplane: 'ambient',
    on: 'both',
    field: 'labels',
    key: 'istio.io/dataplane-mode',
    ins: ['ambient'],
    outs: ['none'],
  },
  {
    mesh: 'istio',
    dataplane: 'sidecar',
    on: 'Namespace',
    field: 'labels',
    key: 'istio-injection',
    ins: ['enabled'],
    outs: ['disabled'],
  },
  {
    mesh: 'istio',
    dataplane: 'sidecar',
    on: 'both',
    field: 'labels',
    key: 'istio.io/rev',
    ins: undefined,
    outs: [],
  },
  {
    mesh: 'istio',
    dataplane: 'sidecar',
    on: 'pod',
    field: 'labels',
    key: 'sidecar.istio.io/inject',
    ins: ['true'],
    outs: ['false'],
  },
  // The form of old releases, which the label overrules.
  {
    mesh: 'istio',
    dataplane: 'sidecar',
    on: 'pod',
    field: 'annotations',
    key: 'sidecar.istio.io/inject',
    ins: ['true'],
    outs: ['false'],
  },
  {
    mesh: 'linkerd',
    dataplane: 'sidecar',
    on: 'both',
    field: 'annotations',
    key: 'linkerd.io/inject',
    ins: ['enabled', 'ingress'],
    outs: ['disabled'],
  },
  {
    mesh: 'consul',
    dataplane: 'sidecar',
    on: 'pod',
    field: 'annotations',
    key: 'consul.hashicorp.com/connect-inject',
    ins: ['true'],
    outs: ['false'],
  },
];

/**
 * What a Namespace or the pod of a workload says about meshes, the strongest statement of each mesh's dataplane first.
 *
 * Source: https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy,
 * https://istio.io/latest/docs/ambient/usage/add-workloads/, https://linkerd.io/2/features/proxy-injection/,
 * https://developer.hashicorp.com/consul/docs/k8s/annotations-and-labels
 */
export function enrolmentsOf(resource: Resource): WrittenEnrolment[] {
  const holder = holderOf(resource);
  if (holder === undefined) return [];
  const seen = new Set<string>();
  return ENROLMENT_ROWS.flatMap(({ mesh, dataplane, on, field, key, ins, outs }) => {
    const at = holder.metadata?.get(field)?.get(key);
    const value = at?.text;
    if (at === undefined || value === undefined || (on !== 'both' && on !== holder.kind)) return [];
    const isIn = ins === undefined ? value !== '' : ins.includes(value);
    // A later row says the same in an older way.
    if ((!isIn && !outs.includes(value)) || seen.has(key)) return [];
    seen.add(key);
    return [{ mesh, dataplane, isIn, field, key, value, at }];
  });
}

interface Holder {
  readonly kind: 'Namespace' | 'pod';
  readonly metadata: Value | undefined;
  /** The path of the metadata. */
  readonly path: Path;
}

/** The metadata that meshes look at: of the Namespace, or of the pod rather than its workload. */
export function holderOf(resource: Resource): Holder | undefined {
  if (resource.kind === 'Namespace' && resource.group === '') {
    return {
      kind: 'Namespace',
      metadata: resource.metadata,
      path: [...resource.root.path, 'metadata'],
    };
  }
  if (!isWorkload(resource)) return undefined;
  const pod = podOf(resource);
  if (pod === undefined) return undefined;
  return { kind: 'pod', metadata: pod.metadata, path: [...pod.spec.path.slice(0, -1), 'metadata'] };
}

/** Images of proxies and control planes, which no mesh injects into. */
export const MESH_IMAGE =
  /(?:^|[/-])(?:proxyv2|pilot|istiod|ztunnel|install-cni|consul-dataplane|controller-linkerd)(?:[:@]|$)/;

/** Labels and annotations that only pods of a mesh itself carry. */
export const MESH_LABELS = [
  'gateway.networking.k8s.io/gateway-name',
  'linkerd.io/control-plane-component',
] as const;
export const MESH_ANNOTATION = 'consul.hashicorp.com/gateway-kind';

/** Whether a workload is a part of a mesh: a gateway, a waypoint or its control plane. */
export function isMeshItself(resource: Resource): boolean {
  const pod = podOf(resource);
  if (pod === undefined) return false;
  const labels = textsOf(pod.metadata?.get('labels'));
  return (
    MESH_LABELS.some((label) => labels.has(label)) ||
    meshAnnotationsOf(resource).has(MESH_ANNOTATION) ||
    pod.containers.some(({ image }) => MESH_IMAGE.test(image?.text ?? ''))
  );
}

/** The annotations that a mesh reads on a Namespace or a pod. */
export function meshAnnotationsOf(resource: Resource): ReadonlyMap<string, string> {
  return textsOf(holderOf(resource)?.metadata?.get('annotations'));
}
