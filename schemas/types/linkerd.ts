/**
 * Who may talk to whom in a Linkerd mesh.
 *
 * Source: https://linkerd.io/2/reference/authorization-policy/
 */
import type { IntOrString, V1LabelSelector, V1ObjectMeta } from '@kubernetes/client-node';

/** A port of some pods. */
export interface Server {
  apiVersion: 'policy.linkerd.io/v1beta3';
  kind: 'Server';
  metadata?: V1ObjectMeta;
  spec: ServerSpec;
}

export interface ServerV1beta2 {
  apiVersion: 'policy.linkerd.io/v1beta2';
  kind: 'Server';
  metadata?: V1ObjectMeta;
  spec: ServerSpec;
}

export interface ServerV1beta1 {
  apiVersion: 'policy.linkerd.io/v1beta1';
  kind: 'Server';
  metadata?: V1ObjectMeta;
  spec: ServerSpec;
}

export interface ServerSpec {
  podSelector?: V1LabelSelector;
  externalWorkloadSelector?: V1LabelSelector;
  port: IntOrString;
  proxyProtocol?: string;
  /** What happens to traffic that no policy covers; `deny` unless set. */
  accessPolicy?: string;
}

/** The authentication that a Server, route or namespace demands. */
export interface AuthorizationPolicy {
  apiVersion: 'policy.linkerd.io/v1alpha1';
  kind: 'AuthorizationPolicy';
  metadata?: V1ObjectMeta;
  spec: { targetRef: TargetReference; requiredAuthenticationRefs: AuthenticationReference[] };
}

export interface TargetReference {
  group?: string;
  kind: string;
  name: string;
}

export interface AuthenticationReference extends TargetReference {
  namespace?: string;
}

/** Clients by the identity that mutual TLS proves. */
export interface MeshTLSAuthentication {
  apiVersion: 'policy.linkerd.io/v1alpha1';
  kind: 'MeshTLSAuthentication';
  metadata?: V1ObjectMeta;
  spec: {
    /** `*` stands for every identity of the mesh. */
    identities?: string[];
    identityRefs?: { group?: string; kind: string; name?: string; namespace?: string }[];
  };
}

/** Clients by their address. */
export interface NetworkAuthentication {
  apiVersion: 'policy.linkerd.io/v1alpha1';
  kind: 'NetworkAuthentication';
  metadata?: V1ObjectMeta;
  spec: { networks: Network[] };
}

export interface Network {
  cidr: string;
  except?: string[];
}

/** The clients of Servers; AuthorizationPolicy is its successor. */
export interface ServerAuthorization {
  apiVersion: 'policy.linkerd.io/v1beta1';
  kind: 'ServerAuthorization';
  metadata?: V1ObjectMeta;
  spec: { server: { name?: string; selector?: V1LabelSelector }; client: Client };
}

export interface Client {
  networks?: Network[];
  /** Lets in clients outside the mesh. */
  unauthenticated?: boolean;
  meshTLS?: {
    unauthenticatedTLS?: boolean;
    identities?: string[];
    serviceAccounts?: { name: string; namespace?: string }[];
  };
}
