import type { WorkloadFact } from '../analysis/facts.ts';
import type { Mesh } from '../analysis/mesh/enrolment.ts';
import { LINKERD_POLICY } from '../analysis/mesh/linkerd.ts';
import type { OptIn } from '../analysis/mesh/meshes.ts';
import type { Pod } from '../kubernetes/pods.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { type DocumentOperation, type PlainValue, set } from '../syntax/edit/operations.ts';
import type { Path } from '../syntax/paths.ts';
import type { AddDocumentOperation, Operation } from './rule.ts';

export const MESH_NAMES: Readonly<Record<Mesh, string>> = {
  istio: 'Istio',
  linkerd: 'Linkerd',
  consul: 'Consul',
  cilium: 'Cilium',
};

/** Stands in policies until a person names who may call. */
export const CALLER_PLACEHOLDER = 'replace-with-caller';

/** Sets a label or annotation in the metadata of a resource, beside those that are there. */
export function setMetadata(
  resource: Resource,
  { field, key, value }: Pick<OptIn, 'field' | 'key' | 'value'>,
): DocumentOperation {
  const path: Path = [...resource.root.path, 'metadata', field];
  const hasSome = (resource.metadata?.get(field)?.entries.length ?? 0) > 0;
  return hasSome ? set([...path, key], value) : set(path, { [key]: value });
}

/** Demands mutual TLS of everybody who talks to the pods of a namespace. */
export function demandMutualTls(namespace: Resource, mesh: Mesh): Operation {
  if (mesh === 'linkerd') {
    return setMetadata(namespace, { field: 'annotations', key: LINKERD_POLICY, value: 'all-authenticated' });
  }
  return istioPolicy('PeerAuthentication', 'default', namespace.name, { mtls: { mode: 'STRICT' } });
}

export function istioPolicy(
  kind: 'PeerAuthentication' | 'AuthorizationPolicy',
  name: string,
  namespace: string | undefined,
  spec: PlainValue,
): AddDocumentOperation {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return addDocument('security.istio.io/v1', kind, metadata, spec);
}

/** The identity of a caller of the same namespace, for a person to name. */
export function istioPrincipal(namespace: string | undefined): string {
  return `cluster.local/ns/${namespace ?? 'replace-with-namespace'}/sa/${CALLER_PLACEHOLDER}`;
}

/** Policies that let in one caller of a workload by the ports that it declares; none for pods without labels, which only policies for all choose. */
export function callerSkeleton(
  pod: Pod,
  { name, namespace, podLabels }: WorkloadFact,
  mesh: 'istio' | 'linkerd' | 'consul',
): AddDocumentOperation[] {
  const ports = portsOf(pod);
  const matchLabels = Object.fromEntries(stableLabels(podLabels));
  if (podLabels.size === 0 && mesh !== 'consul') return [];
  if (mesh === 'istio') {
    const from = [{ source: { principals: [istioPrincipal(namespace)] } }];
    const to = ports.length === 0 ? {} : { to: [{ operation: { ports: ports.map(String) } }] };
    const spec = { selector: { matchLabels }, action: 'ALLOW', rules: [{ from, ...to }] };
    return [istioPolicy('AuthorizationPolicy', `${name}-callers`, namespace, spec)];
  }
  const metadata = namespace === undefined ? { name } : { name, namespace };
  if (mesh === 'consul') {
    const sources = [{ name: CALLER_PLACEHOLDER, action: 'allow' }];
    return [
      addDocument('consul.hashicorp.com/v1alpha1', 'ServiceIntentions', metadata, {
        destination: { name },
        sources,
      }),
    ];
  }
  const home = namespace ?? 'replace-with-namespace';
  const identity = `${CALLER_PLACEHOLDER}.${home}.serviceaccount.identity.linkerd.cluster.local`;
  const group = 'policy.linkerd.io';
  return [
    addDocument(`${group}/v1beta3`, 'Server', metadata, {
      podSelector: { matchLabels },
      port: ports[0] ?? 8443,
    }),
    addDocument(`${group}/v1alpha1`, 'MeshTLSAuthentication', metadata, { identities: [identity] }),
    addDocument(`${group}/v1alpha1`, 'AuthorizationPolicy', metadata, {
      targetRef: { group, kind: 'Server', name },
      requiredAuthenticationRefs: [{ group, kind: 'MeshTLSAuthentication', name }],
    }),
  ];
}

function portsOf({ containers }: Pod): number[] {
  const declared = containers
    .filter(({ type }) => type === 'container')
    .flatMap(({ value }) => value.get('ports')?.items ?? []);
  return declared.flatMap((port) => port.get('containerPort')?.number ?? []);
}

/** Labels by which policies choose a workload: those that stay when it is released anew. */
function stableLabels(labels: ReadonlyMap<string, string>): [string, string][] {
  const names = [...labels].filter(([key]) =>
    /^(?:app|k8s-app|app\.kubernetes\.io\/(?:name|instance|component))$/.test(key),
  );
  return names.length > 0 ? names : [...labels];
}

function addDocument(
  apiVersion: string,
  kind: string,
  metadata: PlainValue,
  spec: PlainValue,
): AddDocumentOperation {
  return { op: 'add-document', value: { apiVersion, kind, metadata, spec } };
}
