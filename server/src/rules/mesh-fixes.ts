import type { Mesh } from '../analysis/mesh/enrolment.ts';
import { LINKERD_POLICY } from '../analysis/mesh/linkerd.ts';
import type { OptIn } from '../analysis/mesh/meshes.ts';
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
  return {
    op: 'add-document',
    value: {
      apiVersion: 'security.istio.io/v1',
      kind,
      metadata: namespace === undefined ? { name } : { name, namespace },
      spec,
    },
  };
}

/** The identity of a caller of the same namespace, for a person to name. */
export function istioPrincipal(namespace: string | undefined): string {
  return `cluster.local/ns/${namespace ?? 'replace-with-namespace'}/sa/${CALLER_PLACEHOLDER}`;
}
