import { ENROLMENT_ROWS, type EnrolmentRow } from '../analysis/mesh/enrolment.ts';
import { type Lookup, OWN_LABELS, selects } from './kyverno-policy.ts';

/** Namespaces that stay outside of a mesh, as `isSystemNamespace` has them. */
export const SYSTEM_NAMESPACES = [
  ...['kube-*', 'istio-*', 'linkerd', 'linkerd-*', 'consul', 'cilium', 'gatekeeper-system'],
  'local-path-storage',
];

const POD = 'request.object.metadata';
/** The Namespace of the object, which is there before it. */
export const HOME: Lookup = {
  name: 'home',
  path: '/api/v1/namespaces/{{ request.namespace }}',
  take: 'metadata.{ labels: labels, annotations: annotations }',
};

/** What a row says of metadata: 'in', 'out' or nothing. */
function wordOf({ field, key, ins, outs }: EnrolmentRow, metadata: string): string {
  const value = `${metadata}.${field}."${key}"`;
  const among = (values: readonly string[]) =>
    `contains([${values.map((one) => `'${one}'`).join(', ')}], ${value})`;
  const isIn = ins === undefined ? `(${value} || '') != ''` : among(ins);
  return [`${isIn} && 'in'`, ...(outs.length > 0 ? [`${among(outs)} && 'out'`] : [])].join(' || ');
}

const rowsFor = (holder: 'Namespace' | 'pod') =>
  ENROLMENT_ROWS.filter(({ on }) => on === 'both' || on === holder);

/** What Namespaces say, of whatever mesh. */
export const NAMESPACE_WORD = (metadata: string): string =>
  rowsFor('Namespace')
    .map((row) => wordOf(row, metadata))
    .join(' || ');

/** What is said to each mesh's dataplane, the pod's word first: 'in', 'out' or nothing. */
export function words(mesh?: string): string {
  const planes = new Set(ENROLMENT_ROWS.map((row) => `${row.mesh} ${row.dataplane}`));
  const each = [...planes]
    .filter((plane) => mesh === undefined || plane.startsWith(mesh))
    .map((plane) => {
      const said = [
        ...rowsFor('pod').map((row) => [row, POD] as const),
        ...rowsFor('Namespace').map((row) => [row, 'home'] as const),
      ]
        .filter(([row]) => `${row.mesh} ${row.dataplane}` === plane)
        .map(([row, metadata]) => wordOf(row, metadata));
      return said.join(' || ');
    });
  return `[${each.join(', ')}]`;
}

/** Proxies that are there although nobody said so, as where a mesh takes in every namespace. */
export const IS_INJECTED = [
  'sidecar.istio.io/status',
  'linkerd.io/proxy-version',
  'consul.hashicorp.com/connect-inject-status',
]
  .map((key) => `${POD}.annotations."${key}" != \`null\``)
  .join(' || ');

/** Istio's root namespace, whose policies hold for the mesh. */
export const ROOT: Lookup = {
  name: 'roots',
  path: '/api/v1/namespaces/istio-system/configmaps',
  take: "items[?starts_with(metadata.name, 'istio') && data.mesh].[parse_yaml(data.mesh).rootNamespace][] | [?@]",
};
export const IN_ROOT = "metadata.namespace == '{{ roots[0] || 'istio-system' }}'";
export const IN_HOME = "metadata.namespace == '{{ request.namespace }}'";

const SPECS = 'items[].[[spec], specs || `[]`][][]';
/** Labels with a prefix, and of namespaces, are not read: such a selector counts as selecting. */
const MAY_SELECT = `(${selects('endpointSelector')} || regex_match(':|^io[.]', join(' ', keys(endpointSelector.matchLabels || \`{}\`))))`;

const CLUSTERWIDE = '/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies';
/** Policies of Cilium that say who reaches pods, on a further condition for them. */
const ciliums = (paths: Readonly<Record<string, string>>, condition: string): Lookup[] =>
  Object.entries(paths).map(([name, path]) => ({
    name,
    path,
    take: `${SPECS} | [?endpointSelector != \`null\` && length(ingress || \`[]\`) > \`0\` && ${condition}].ingress`,
    isOptional: true,
  }));
const PROVES_ITSELF = "length(ingress[?authentication.mode != 'required']) == `0`";

/** Those that decide who reaches a pod. */
export const ciliumPolicies = (condition = MAY_SELECT): Lookup[] =>
  ciliums(
    {
      ciliums: '/apis/cilium.io/v2/namespaces/{{ request.namespace }}/ciliumnetworkpolicies',
      clusterwides: CLUSTERWIDE,
    },
    condition,
  );
/** Those by which its clients have to prove who they are. */
export const CILIUM_AUTHENTICATIONS = ciliumPolicies(`${PROVES_ITSELF} && ${MAY_SELECT}`);
/** The same for whatever pods: a cluster with one has the mesh of Cilium. */
export const CILIUM_MESH = ciliums(
  { proving: '/apis/cilium.io/v2/ciliumnetworkpolicies', provingWide: CLUSTERWIDE },
  PROVES_ITSELF,
);

const LINKERD = 'policy.linkerd.io';
/** What of Linkerd decides who reaches a pod. */
export const LINKERD_POLICIES: readonly Lookup[] = [
  {
    name: 'servers',
    path: `/apis/${LINKERD}/v1beta1/namespaces/{{ request.namespace }}/servers`,
    take: `items[?!contains(['all-unauthenticated', 'audit', 'cluster-unauthenticated'], spec.accessPolicy) && ${selects('spec.podSelector')}].metadata.name`,
    isOptional: true,
  },
  {
    name: 'linkerds',
    path: `/apis/${LINKERD}/v1alpha1/namespaces/{{ request.namespace }}/authorizationpolicies`,
    take: "items[?spec.targetRef.kind == 'Namespace'].metadata.name",
    isOptional: true,
  },
];

/** The Services that lead to a pod. */
export const SERVICES: Lookup = {
  name: 'services',
  path: '/api/v1/namespaces/{{ request.namespace }}/services',
  take: `items[?length(keys(spec.selector || \`{}\`)) > \`0\` && label_match(spec.selector, ${OWN_LABELS})].{ name: metadata.name, waypoint: metadata.labels."istio.io/use-waypoint" }`,
};

/** Whether none of some lookups found anything. */
export const nothingIn = (lookups: readonly Lookup[]): string =>
  `length([${lookups.map(({ name }) => name).join(', ')}][]) == \`0\``;
